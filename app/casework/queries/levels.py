"""Who was given a case, level by level; what was disputed and who decides; which later days were allowed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.casework.queries.history import HistoryEntry
from app.domain.assignment import Assignment
from app.domain.case import Case
from app.domain.people import Unit
from app.domain.workflow.vocabulary import CaseAction, Need
from app.kernel import clock


@dataclass(frozen=True)
class Held:
    """A unit that was given the case; `by` is empty for the city, `until` for what is in force."""

    unit: str
    by: str
    since: date
    reason: str
    dispute_by: date | None
    announced: bool
    until: date | None
    leads: bool


@dataclass(frozen=True)
class Disputed:
    """`other`: who was named instead; `superior` is empty where the city decides; `upheld` None while nobody has."""

    unit: str
    other: str
    superior: str
    raised_on: date
    decide_by: date | None
    announced: bool
    overdue: bool
    decided_on: date | None
    upheld: bool | None


@dataclass(frozen=True)
class Extended:
    """A later day: from which, to which, why, by whom it was allowed, and how late the case was then."""

    before: date | None
    after: date
    reason: str
    entry: HistoryEntry


def levels_of(case: Case, history: Iterable[HistoryEntry]) -> list[Held]:
    """Every assignment, the first one first."""
    said = {entry.id: dict(entry.words).get(Need.REASON, "") for entry in history}
    return [
        _held(one, said, leads=one.ended_at is None and one.unit_id == case.lead_unit_id) for one in case.assignments
    ]


def _held(one: Assignment, said: Mapping[int, str], *, leads: bool) -> Held:
    return Held(
        unit=one.unit.name,
        by=_named(one.by_unit),
        since=clock.local_date(one.given_at),
        reason=said.get(one.entry_id or 0, ""),
        dispute_by=one.dispute_by,
        announced=one.announced,
        until=clock.local_date(one.ended_at) if one.ended_at else None,
        leads=leads,
    )


def disputes_of(case: Case) -> list[Disputed]:
    """Every dispute, the first one first."""
    today = clock.today()
    return [
        Disputed(
            unit=one.unit.name,
            other=_named(one.other_unit),
            superior=_named(one.superior),
            raised_on=clock.local_date(one.raised_at),
            decide_by=one.decide_by,
            announced=one.announced,
            overdue=one.decided_at is None and one.is_overdue(today),
            decided_on=clock.local_date(one.decided_at) if one.decided_at else None,
            upheld=one.upheld,
        )
        for one in case.disputes
    ]


def extensions_of(history: Iterable[HistoryEntry]) -> list[Extended]:
    """Every later day that was allowed, the first one first."""
    found = [entry for entry in history if entry.action == CaseAction.EXTEND and entry.extended_to]
    return [
        Extended(entry.extended_from, entry.extended_to, dict(entry.words).get(Need.REASON, ""), entry)
        for entry in reversed(found)
        if entry.extended_to
    ]


def _named(unit: Unit | None) -> str:
    return unit.name if unit else ""
