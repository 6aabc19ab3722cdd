"""Units: the tree of those who answer for places. A unit is never deleted and never moved; it is deactivated."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.administration.commands import UnitWords
from app.administration.services import administering, changed_fields, refuse
from app.db import transaction
from app.domain.doings import Doing, write_down
from app.domain.people import Actor, Unit
from app.domain.region import Region
from app.kernel.errors import N_, NotFound


def create_unit(actor: Actor, words: UnitWords) -> int:
    """Add a unit below its parent; its path is the parent's and its own number. Raises Refused for a code in use."""
    with transaction() as session:
        role = administering(actor)
        if session.scalar(select(Unit.id).where(Unit.code == words.code)):
            refuse("code", N_("Another unit has this code."))
        parent = _unit(session, words.parent_id) if words.parent_id else None
        unit = Unit(code=words.code, parent_id=words.parent_id, **_said(session, words))
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        write_down(session, actor, role, Doing.ADD_UNIT, "unit", unit.id, facts={"parent_id": words.parent_id})
        return unit.id


def change_unit(actor: Actor, unit_id: int, words: UnitWords) -> None:
    """Rename a unit or (de)activate it. One with active units below it stays active. Raises NotFound, Refused."""
    with transaction() as session:
        role, unit = administering(actor), _unit(session, unit_id)
        below = select(Unit.id).where(Unit.parent_id == unit.id, Unit.active)
        if unit.active and not words.active and session.scalar(below.limit(1)):
            refuse("active", N_("Units below this one are still active."))
        fields = changed_fields(unit, _said(session, words) | {"active": words.active})
        if fields:
            write_down(session, actor, role, Doing.CHANGE_UNIT, "unit", unit.id, facts={"fields": fields})


def _said(session: Session, words: UnitWords) -> dict[str, object]:
    if words.region_code is not None and session.get(Region, words.region_code) is None:
        raise NotFound
    return {"name": words.name, "short": words.short, "kind": str(words.kind), "region_code": words.region_code}


def _unit(session: Session, unit_id: int) -> Unit:
    unit = session.scalar(select(Unit).where(Unit.id == unit_id).with_for_update())
    if unit is None:
        raise NotFound
    return unit
