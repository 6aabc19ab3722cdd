"""The text of a case beside the words it was made from, with what may tell who reported marked in both."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.db import session
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.privacy import Found, Mark, find, names_in, recurring
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
    `standing`: the marks of the text as it stands, each once; `scrubbed`: the text in pieces. `found`: how many
    places of the original may tell who reported.
    """

    case: Case
    original: list[Piece]
    scrubbed: list[Piece]
    standing: list[Found]
    found: int
    may_write: bool
    knows: bool


def wording(actor: Actor, case_id: int) -> Wording:
    """Raises NotFound alike for a missing case and somebody else's.

    The report is loaded for itself: who reaches the case by a role of the locality must not reach the words.
    What its reporter also gave of themselves is marked as such only for those who may know it.
    """
    case = load(session(), actor, Case, case_id)
    report = load(session(), actor, Report, case.report_id)
    known = knows(actor, report)
    every = marks_of_report(report) if known else find(report.description)
    here = occurring(report, case.handover_text) if known else find(case.handover_text)
    return Wording(
        case=case,
        original=pieces(report.description, every),
        scrubbed=pieces(case.handover_text, here),
        standing=once(here),
        found=len(every),
        may_write=case.may(CaseAction.APPROVE_TEXT, actor),
        knows=known,
    )


def pieces(text: str, found: Iterable[Found]) -> list[Piece]:
    here, parts = 0, []
    for one in found:
        parts += [Piece(text[here : one.start]), Piece(one.words, one.mark)]
        here = one.end
    return [piece for piece in [*parts, Piece(text[here:])] if piece.words]


def occurring(report: Report, text: str) -> list[Found]:
    """Every place of a text that may tell who made this report, in order."""
    return find(text, recurring(report.description, report.given or ()), names_in(report.description))


def marks(report: Report, text: str) -> list[Found]:
    """Each word of a text that may tell who made this report, once."""
    return once(occurring(report, text))


def marks_of_report(report: Report) -> list[Found]:
    return occurring(report, report.description)


def once(found: Iterable[Found]) -> list[Found]:
    """Each word once; what weighs most first."""
    each = {one.words: one for one in reversed(list(found))}.values()
    return sorted(each, key=lambda one: (one.mark != Mark.GIVEN, one.start))
