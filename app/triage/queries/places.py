"""Where a part of a report can go: the areas, the city as a whole, and the units that can be named as responsible."""

from sqlalchemy import select

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Unit, UnitKind
from app.domain.region import Region, areas_of


def places(inspection: Inspection) -> list[Region]:
    """The areas in printed order, and last the locality itself: for what is a city department's alone."""
    areas = areas_of(session(), inspection.region_code)
    whole = session().get(Region, inspection.region_code)
    return [*areas, whole] if whole and whole not in areas else areas


def units(inspection: Inspection) -> list[Unit]:
    """The active departments and counties of the inspected city, in the order of the tree."""
    roots = select(Unit.path).where(Unit.region_code == inspection.region_code, Unit.kind == str(UnitKind.LIAISON))
    wanted = (Unit.active, Unit.kind.in_([str(UnitKind.DEPARTMENT), str(UnitKind.COUNTY)]))
    found = session().scalars(select(Unit).where(*wanted).order_by(Unit.path))
    branches = list(session().scalars(roots))
    return [unit for unit in found if not branches or any(unit.path.startswith(branch) for branch in branches)]
