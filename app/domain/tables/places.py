"""Where a published case is, as far as everybody may know (ADR 0008): what map, files and GeoReport ask."""

from typing import Any

from app.domain.case import Case
from app.domain.geography import Place, inside, rounded
from app.domain.report import Report

NEEDED = (Report.latitude, Report.longitude, Case.area_code, Case.place_hidden)
"""What a query selects for `public_point` to look at."""


def public_point(row: Any) -> Place | None:
    """The middle of the grid's cell; none without a point in the area that answers for the case, or if it is hidden."""
    if row.place_hidden or row.latitude is None or row.longitude is None or row.area_code is None:
        return None
    return rounded(row.latitude, row.longitude) if inside(row.latitude, row.longitude, row.area_code) else None
