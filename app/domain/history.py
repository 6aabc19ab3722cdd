"""What happened to a record, told for a page: the ledger's entries with who, when, and what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session, selectinload

from app.domain.batch import BatchAction
from app.domain.doings import Doing
from app.domain.ledger import LedgerEntry
from app.domain.people import Person
from app.domain.workflow.case import CASE
from app.domain.workflow.rectification import RECTIFICATION
from app.domain.workflow.report import REPORT
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, Role

ACTIONS: dict[str, type[Term]] = {table.noun: table.actions for table in (REPORT, CASE, RECTIFICATION)} | {
    "batch": BatchAction,
    "alarm": Doing,
    "spot_list": Doing,
    "field_record": Doing,
}


@dataclass(frozen=True)
class Past:
    """One thing that happened. `said`: what was said for it, by need; texts with a column of their own are absent."""

    at: datetime
    noun: str
    noun_id: int
    action: Term | str
    role: Role
    by: str
    said: tuple[tuple[Need, str], ...]


def history(session: Session, subjects: Mapping[str, Sequence[int]]) -> list[Past]:
    """The entries of these records (`{"report": [7], "case": [9, 10]}`), the newest first. Two statements."""
    about = [and_(LedgerEntry.noun == noun, LedgerEntry.noun_id.in_(ids)) for noun, ids in subjects.items() if ids]
    query = (
        select(LedgerEntry, Person.name)
        .outerjoin(Person, Person.id == LedgerEntry.person_id)
        .where(or_(false(), *about))
        .order_by(LedgerEntry.at.desc(), LedgerEntry.id.desc())
        .options(selectinload(LedgerEntry.words))
    )
    return [_past(entry, name or "") for entry, name in session.execute(query)]


def _past(entry: LedgerEntry, name: str) -> Past:
    known = ACTIONS.get(entry.noun)
    return Past(
        at=entry.at,
        noun=entry.noun,
        noun_id=entry.noun_id,
        action=known(entry.action) if known and entry.action in set(known) else entry.action,
        role=Role(entry.role),
        by=name,
        said=tuple((Need(word.need), word.text) for word in entry.words if word.text),
    )
