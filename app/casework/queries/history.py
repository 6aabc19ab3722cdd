"""What happened to a case, from the ledger. The locality reads its own entries, and what was said to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.casework.queries.people import names
from app.casework.queries.sides import LOCALITY
from app.domain.case import Case
from app.domain.ledger import LedgerEntry
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need, Role

SAID_TO_THE_LOCALITY = frozenset({A.EXTEND, A.TEAM_RETURN})
"""The team's words that are meant for the unit; notes and the words of a dissatisfied reporter are not."""
OF_THE_TEAM = frozenset({A.SPOT_CHECK, A.CALL_BACK, A.TRY_CALL_BACK, A.HEAR_CALL_BACK})
"""What the team does for itself: that a reporter was called back, and what a check saw, is no business of the locality.
A dissatisfied one is seen by what follows, without a word of what was said (visibility.toml, internal_notes)."""
BEFORE = frozenset({A.OPEN, A.APPROVE_TEXT, A.SECOND_APPROVE, A.BATCH, A.TAKE_OUT, A.CANCEL})


@dataclass(frozen=True)
class HistoryEntry:
    """One line of the timeline. `person` is empty for the reporter, and for the team where the locality reads."""

    id: int
    action: A
    at: datetime
    role: Role
    person: str
    words: tuple[tuple[Need, str], ...]
    extended_from: date | None
    extended_to: date | None
    late_when_extended: int


def history_of(session: Session, case: Case, *, as_team: bool) -> list[HistoryEntry]:
    """The newest first."""
    query = (
        select(LedgerEntry)
        .where(LedgerEntry.noun == CASE.noun, LedgerEntry.noun_id == case.id)
        .order_by(LedgerEntry.seq.desc())
        .options(selectinload(LedgerEntry.words))
    )
    entries = list(session.scalars(query))
    known = names(session, [entry.person_id for entry in entries])
    return list(_read(entries, known, as_team=as_team))


def _read(entries: list[LedgerEntry], known: dict[int, str], *, as_team: bool) -> Iterator[HistoryEntry]:
    for entry in entries:
        action, role = A(entry.action), Role(entry.role)
        if action in BEFORE | OF_THE_TEAM and not as_team:
            continue
        own = role in LOCALITY
        spoken = as_team or own or action in SAID_TO_THE_LOCALITY
        extended = entry.facts if action == A.EXTEND else {}
        yield HistoryEntry(
            id=entry.id,
            action=action,
            at=entry.at,
            role=role,
            person=known.get(entry.person_id or 0, "") if as_team or own else "",
            words=tuple((Need(word.need), word.text) for word in entry.words if word.text) if spoken else (),
            extended_from=date.fromisoformat(extended["from"]) if extended.get("from") else None,
            extended_to=date.fromisoformat(extended["to"]) if extended.get("to") else None,
            late_when_extended=extended.get("late_days", 0),
        )
