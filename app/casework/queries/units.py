"""The units a case can be given to: those of its area first, then the city's departments, then other counties."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.case import Case
from app.domain.people import Unit, UnitKind

AREA, CITY, OTHERS = "area", "city", "others"
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
