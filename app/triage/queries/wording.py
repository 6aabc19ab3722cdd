"""The text of a case beside the words it was made from, with what may tell who reported marked in both."""

from dataclasses import dataclass

from app.db import session
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.privacy import Found, Mark, find
from app.domain.report import Report
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction
from app.triage.queries.record import knows


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `mark` says why it stands out, if it does."""

    words: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Wording:
    """`original`: the reporter's words in pieces. `may_write`: this actor may still approve a text.

    `knows`: this actor may know whether the report is a real-name one, and so why a second person is needed.
    """

    case: Case
    original: list[Piece]
    may_write: bool
    knows: bool


def wording(actor: Actor, case_id: int) -> Wording:
    """Raises NotFound alike for a missing case and somebody else's.

    The report is loaded for itself: who reaches the case by a role of the locality must not reach the words.
    """
    case = load(session(), actor, Case, case_id)
    report = load(session(), actor, Report, case.report_id)
    return Wording(case, pieces(report.description), case.may(CaseAction.APPROVE_TEXT, actor), knows(actor, report))


def pieces(text: str) -> list[Piece]:
    found, here, parts = find(text), 0, []
    for one in found:
        parts += [Piece(text[here : one.start]), Piece(one.words, one.mark)]
        here = one.end
    return [piece for piece in [*parts, Piece(text[here:])] if piece.words]


def marks(text: str) -> list[Found]:
    """Each word of a text that may tell who reported, once."""
    return list({one.words: one for one in find(text)}.values())
