"""What happened to a cycle, read from the ledger, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import session
from app.domain.ledger import LedgerEntry
from app.domain.rectification import Progress, Rectification
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, RectificationAction, Role

Said = tuple[tuple[Need, str | Term], ...]


@dataclass(frozen=True)
class Happened:
    """`said` pairs each need with what was said for it; `measure` and `climb` are there where the action has one."""

    action: RectificationAction
    at: datetime
    role: Role
    name: str
    said: Said
    measure: int | None
    climb: int | None


def happened(record: Rectification, names: Mapping[int, str], *, reads_objections: bool) -> list[Happened]:
    """Every entry of this cycle. An objection's words stand in its own column, and only for those who read them."""
    query = (
        select(LedgerEntry)
        .where(LedgerEntry.noun == record.TABLE.noun, LedgerEntry.noun_id == record.id)
        .order_by(LedgerEntry.seq.desc())
        .options(selectinload(LedgerEntry.words))
    )
    made = [one for notice in record.notices for one in notice.objections] if reads_objections else []
    words = {one.id: one.words for one in made}
    return [_happened(entry, names, words) for entry in session().scalars(query)]


def _happened(entry: LedgerEntry, names: Mapping[int, str], objections: Mapping[int, str]) -> Happened:
    action = RectificationAction(entry.action)
    said: list[tuple[Need, str | Term]] = [
        (Need(word.need), _spoken(Need(word.need), word.text)) for word in entry.words if word.text
    ]
    if entry.facts.get("objection") in objections:
        said = [(Need.OBJECTION, objections[entry.facts["objection"]])]
    return Happened(
        action=action,
        at=entry.at,
        role=Role(entry.role),
        name=names.get(entry.person_id or 0, ""),
        said=tuple(said),
        measure=entry.facts.get("measure"),
        climb=entry.facts.get("climb"),
    )


def _spoken(need: Need, text: str) -> str | Term:
    return Progress(text) if need == Need.PROGRESS else text
