"""Where the published cases are, as far as everybody may know: the county, and the middle of a cell of the grid.

Of a report's point only the rounded one leaves this module, and only where it lies in the area that answers for the
case (ADR 0008): one that does not was set wrongly, or belongs to another part of a split report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import session
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.geography import inside, rounded
from app.domain.inspection import Inspection
from app.domain.report import Report
from app.domain.tables.disclosure import Narrowed, narrow

Place = tuple[float, float]


def public_point(latitude: float | None, longitude: float | None, area_code: str | None) -> Place | None:
    """The point everybody may see."""
    if latitude is None or longitude is None or area_code is None or not inside(latitude, longitude, area_code):
        return None
    return rounded(latitude, longitude)


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
        select(Case.number, Case.area_code, Report.latitude, Report.longitude)
        .select_from(Case)
        .join(Report, Report.id == Case.report_id)
        .outerjoin(Batch, Batch.id == Case.batch_id)
        .where(Report.latitude.is_not(None))
    )
    found: dict[tuple[Place, str], list[str]] = {}
    for row in session().execute(narrow(session(), query, inspection, wanted).order_by(Case.number)):
        point = public_point(row.latitude, row.longitude, row.area_code)
        if point:
            found.setdefault((point, row.area_code), []).append(row.number)
    return _ordered(found.items())


def _ordered(found: Iterable[Any]) -> list[Spot]:
    made = [Spot(point[0], point[1], area, tuple(numbers)) for (point, area), numbers in found]
    return sorted(made, key=lambda spot: (-spot.latitude, spot.longitude))
