"""Requests for identities as lists show them: about which report, who asked, allowed or refused, opened, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from app.db import session
from app.domain.people import Actor, Person
from app.domain.report import Report
from app.domain.reporter import Identity, Opening
from app.domain.scope import scoped
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page

WAITING = Opening.allowed_at.is_(None) & Opening.refused_at.is_(None)
ALLOWED = Opening.allowed_at.is_not(None) & Opening.opened_at.is_(None)


class OpeningStage(Term):
    """Read from an opening's moments, never written."""

    ASKED = "asked", "待组领导决定", "Waits for a leader"
    ALLOWED = "allowed", "待保密员打开", "Waits for the custodian"
    REFUSED = "refused", "未同意", "Refused"
    OPENED = "opened", "已打开", "Opened"


@dataclass(frozen=True)
class OpeningRow:
    """Nothing of the reporter. `number` is the report's; empty for an objection. `rings`: to ring them up alone."""

    id: int
    number: str
    rings: bool
    reason: str
    stage: OpeningStage
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    opened_by: str
    opened_at: datetime | None


def visible(actor: Actor) -> Select[Opening]:
    """A leader and a custodian see every request of their inspections, an inspector those they made themselves."""
    whole = actor.inspections(R.LEADER, R.CUSTODIAN) or frozenset()
    own = Opening.asked_by_id == actor.person_id
    identities = scoped(actor, Identity).with_only_columns(Identity.id)
    of_inspections = select(Identity.id).where(Identity.inspection_id.in_(whole))
    return select(Opening).where(Opening.identity_id.in_(identities), or_(own, Opening.identity_id.in_(of_inspections)))


def openings(actor: Actor, inspection_id: int, cursor: str = "") -> tuple[Page[OpeningRow], int]:
    """The requests of one inspection, the newest first, and how many they are."""
    query = _rows(actor).where(Identity.inspection_id == inspection_id)
    total = session().scalar(query.with_only_columns(func.count())) or 0
    page = read_page(
        session(), query, by=Opening.id, key=Opening.id, cursor=cursor, make=_row, key_of=lambda row: row.Opening.id
    )
    return page, total


def opening(actor: Actor, opening_id: int) -> OpeningRow:
    """One request this actor may see. Raises NotFound alike for a missing one and somebody else's."""
    found = session().execute(_rows(actor).where(Opening.id == opening_id)).first()
    if found is None:
        raise NotFound
    return _row(found)


def count(actor: Actor, inspection_id: int, role: R) -> int:
    """How many requests wait for this role: a leader's decision (never on one's own), or the custodian's opening."""
    held = actor.inspections(role)
    if held is not None and inspection_id not in held:
        return 0
    mine = WAITING & (Opening.asked_by_id != actor.person_id) if role == R.LEADER else ALLOWED
    query = select(func.count()).select_from(Opening).join(Identity, Identity.id == Opening.identity_id)
    return session().scalar(query.where(Identity.inspection_id == inspection_id, mine)) or 0


ASKED, ALLOWER, REFUSER, OPENER = aliased(Person), aliased(Person), aliased(Person), aliased(Person)


def _rows(actor: Actor) -> Select[Any, Any, Any, Any, Any]:
    return (
        visible(actor)
        .join(Identity, Identity.id == Opening.identity_id)
        .outerjoin(Report, (Report.id == Identity.noun_id) & (Identity.noun == "report"))
        .join(ASKED, ASKED.id == Opening.asked_by_id)
        .outerjoin(ALLOWER, ALLOWER.id == Opening.allowed_by_id)
        .outerjoin(REFUSER, REFUSER.id == Opening.refused_by_id)
        .outerjoin(OPENER, OPENER.id == Opening.opened_by_id)
        .with_only_columns(
            Opening,
            Report.number.label("number"),
            ASKED.name.label("asker"),
            func.coalesce(ALLOWER.name, REFUSER.name, "").label("decider"),
            func.coalesce(OPENER.name, "").label("opener"),
        )
    )


def stage_of(one: Opening) -> OpeningStage:
    if one.opened_at:
        return OpeningStage.OPENED
    if one.refused_at:
        return OpeningStage.REFUSED
    return OpeningStage.ALLOWED if one.allowed_at else OpeningStage.ASKED


def _row(row: Any) -> OpeningRow:
    one: Opening = row.Opening
    return OpeningRow(
        id=one.id,
        number=row.number or "",
        rings=one.ring_up_id is not None,
        reason=one.reason,
        stage=stage_of(one),
        asked_by_id=one.asked_by_id,
        asked_by=row.asker,
        asked_at=one.asked_at,
        decided_by=row.decider,
        decided_at=one.allowed_at or one.refused_at,
        opened_by=row.opener,
        opened_at=one.opened_at,
    )
