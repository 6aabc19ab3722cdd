"""Where the published cases are, as far as everybody may know: the county, and the middle of a cell of the grid.

Of a report's point only the rounded one leaves this module (app/domain/tables/places.py, ADR 0008).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import session
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.geography import Place
from app.domain.inspection import Inspection
from app.domain.report import Report
from app.domain.tables.disclosure import Narrowed, narrow
from app.domain.tables.places import NEEDED, public_point


@dataclass(frozen=True)
class Spot:
    """A cell of the grid with the cases in it."""

    latitude: float
    longitude: float
    area_code: str
    numbers: tuple[str, ...]


def spots(inspection: Inspection, wanted: Narrowed) -> list[Spot]:
    """The cells with published cases that fit, north to south."""
    query: Any = (
        select(Case.number, *NEEDED)
        .select_from(Case)
        .join(Report, Report.id == Case.report_id)
        .outerjoin(Batch, Batch.id == Case.batch_id)
        .where(Report.latitude.is_not(None))
    )
    found: dict[tuple[Place, str], list[str]] = {}
    for row in session().execute(narrow(session(), query, inspection, wanted).order_by(Case.number)):
        point = public_point(row)
        if point:
            found.setdefault((point, row.area_code), []).append(row.number)
    return _ordered(found.items())


def _ordered(found: Iterable[Any]) -> list[Spot]:
    made = [Spot(point[0], point[1], area, tuple(numbers)) for (point, area), numbers in found]
    return sorted(made, key=lambda spot: (-spot.latitude, spot.longitude))
