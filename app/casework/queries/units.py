"""The units a case can be given to: by the city those of its area first, then its departments, then other counties;

by a unit those below it.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assignment import Dispute
from app.domain.case import Case
from app.domain.people import Unit, UnitKind

AREA, CITY, OTHERS, BELOW = "area", "city", "others", "below"
GROUPS = (AREA, CITY, OTHERS)


@dataclass(frozen=True)
class UnitChoice:
    unit: Unit
    group: str


def assignable_units(session: Session, case: Case) -> list[UnitChoice]:
    """Active units of the inspected city, the city itself left out. Other counties only as a whole: a dispute that
    was upheld may lead there.
    """
    roots = _paths(session, case.inspection.region_code, UnitKind.LIAISON)
    own = _paths(session, case.area_code)
    own = [path for path in own if path not in roots]
    units = session.scalars(select(Unit).where(Unit.active, Unit.kind != str(UnitKind.LIAISON)).order_by(Unit.path))
    choices = [
        UnitChoice(unit, group)
        for unit in units
        if _within(unit.path, roots) and (group := _group(unit, own, case.inspection.region_code))
    ]
    return sorted(choices, key=lambda choice: GROUPS.index(choice.group))


def _paths(session: Session, region_code: str | None, kind: UnitKind | None = None) -> list[str]:
    query = select(Unit.path).where(Unit.region_code == region_code, Unit.active)
    return list(session.scalars(query.where(Unit.kind == str(kind)) if kind else query))


def _within(path: str, branches: list[str]) -> bool:
    return not branches or any(path.startswith(branch) for branch in branches)


def _group(unit: Unit, own: list[str], city: str) -> str:
    if own and _within(unit.path, own):
        return AREA
    if unit.kind == UnitKind.DEPARTMENT and unit.region_code == city:
        return CITY
    return OTHERS if unit.kind == UnitKind.COUNTY else ""


def units_below(session: Session, unit: Unit, *, itself: bool = False, without: int | None = None) -> list[UnitChoice]:
    """The active units below one, at whatever level, and `itself` first; not `without`."""
    query = select(Unit).where(Unit.active, Unit.path.startswith(unit.path, autoescape=True)).order_by(Unit.path)
    found = [one for one in session.scalars(query) if one.id != without and (itself or one.id != unit.id)]
    return [UnitChoice(one, BELOW) for one in found]


def others(session: Session, case: Case) -> list[UnitChoice]:
    """Who may be named as responsible in a dispute: whom the city could choose, but for the unit and those below it."""
    own = case.lead_unit.path if case.lead_unit else ""
    return [one for one in assignable_units(session, case) if not own or not one.unit.path.startswith(own)]


def units_to_settle(session: Session, dispute: Dispute) -> list[UnitChoice]:
    """To whom the superior of both may give the case: to itself or those below it, but not to who disputed."""
    return units_below(session, dispute.superior, itself=True, without=dispute.unit_id) if dispute.superior else []
