"""Corrections and withdrawals: that a published case was taken down, or published again, and on which day.

From the ledger, and of it only the deed and its day: not who did it, nor the reason given inside the house.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from app.db import session
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.tables.figures import LIVE
from app.domain.workflow.vocabulary import CaseAction
from app.kernel import clock
from app.web.paging import Page, read_page

NOUN = "case"
DEEDS = (str(CaseAction.PUBLISH), str(CaseAction.UNPUBLISH))
FIRST = (str(CaseAction.PUBLISH), str(CaseAction.ENTER_HISTORY))
"""By which a case comes to stand in the public table."""


@dataclass(frozen=True)
class Change:
    """`withdrawn`: it was taken down; else it was published again. `stands`: it can be read now."""

    id: int
    number: str
    inspection: str
    on: date
    withdrawn: bool
    stands: bool


@dataclass(frozen=True)
class Withdrawn:
    """A number that was public and is not now."""

    number: str
    on: date
    inspection: Inspection


def changes(inspection: Inspection, cursor: str = "") -> Page[Change]:
    """The latest first. A first publication is no change."""
    query = _entries().where(LedgerEntry.chain == inspection.id)

    def row(found: Any) -> Change:
        return _change(found, inspection.code)

    return read_page(session(), query, by=LedgerEntry.id, key=LedgerEntry.id, cursor=cursor, make=row)


def changes_of(number: str, inspection: Inspection) -> list[Change]:
    """What was changed about one case, the earliest first."""
    query = _entries().where(Case.inspection_id == inspection.id, Case.number == number).order_by(LedgerEntry.id)
    return [_change(row, inspection.code) for row in session().execute(query)]


def _entries() -> Any:
    """Withdrawals, and publications of what had been published before."""
    before = aliased(LedgerEntry)
    published_before = exists().where(
        before.noun == NOUN, before.noun_id == LedgerEntry.noun_id, before.action.in_(FIRST), before.id < LedgerEntry.id
    )
    return (
        select(LedgerEntry.id, LedgerEntry.action, LedgerEntry.at, Case.number, Case.published_at)
        .join(Case, and_(LedgerEntry.noun == NOUN, Case.id == LedgerEntry.noun_id))
        .where(LIVE, LedgerEntry.action.in_(DEEDS), published_before)
    )


def withdrawn(number: str, inspection: str = "") -> Withdrawn | None:
    """When this number was taken down, if it was published once and is not now."""
    query = (
        select(Case.number, Case.inspection_id, LedgerEntry.at)
        .join(LedgerEntry, and_(LedgerEntry.noun == NOUN, LedgerEntry.noun_id == Case.id))
        .join(Inspection, Inspection.id == Case.inspection_id)
        .where(Case.number == number, Case.published_at.is_(None), LIVE, LedgerEntry.action == DEEDS[1])
        .order_by(LedgerEntry.id.desc())
    )
    if inspection:
        query = query.where(Inspection.code == inspection)
    found = session().execute(query.limit(1)).one_or_none()
    if found is None:
        return None
    return Withdrawn(found.number, clock.local_date(found.at), session().get_one(Inspection, found.inspection_id))


def _change(row: Any, inspection: str) -> Change:
    return Change(
        id=row.id,
        number=row.number,
        inspection=inspection,
        on=clock.local_date(row.at),
        withdrawn=row.action == DEEDS[1],
        stands=row.published_at is not None,
    )
