"""The filters of the address, read once for pages, files, feeds and the map, so that all of them show the same."""

from typing import Any

from flask import request

from app.domain import catalogue
from app.domain.inspection import Inspection
from app.publication.forms import NarrowForm
from app.publication.queries.cases import offered_areas, offered_batches, offered_towns
from app.web.described import Query
from app.web.inspecting import public_inspection, public_inspections

A_MINUTE = 60
NARROWING = (
    Query("inspection", "Its code; else the one open now."),
    Query("q", "Words to be found in what was published, all of them."),
    Query("area", "Code of a county or district."),
    Query("town", "Code of a town or street of the chosen area."),
    Query("kind", "Code of a pollution type or sub-tag."),
    Query("verdict", "Code of a verdict."),
    Query("state", "Code of a completion, or signed_off."),
    Query("batch", "Label of a batch."),
    Query("since", "Received on this day (2024-03-15) or later."),
    Query("until", "Received on this day or earlier."),
    Query("number", "Part of a case's number."),
)
"""Said of every file and feed. A value that is none of the choices narrows nothing."""


def read_filters(inspection: Inspection | None = None) -> tuple[NarrowForm, Inspection]:
    """The form as the address fills it."""
    here = inspection or public_inspection()
    kinds = [catalogue.types()[code] for code in here.settings.types if code in catalogue.types()]
    form = NarrowForm(request.args)
    form.offer(offered_areas(here), kinds, offered_batches(here), here, public_inspections())
    if form.known("area"):
        form.offer_towns(offered_towns(here, form.known("area")))
    return form, here


def carried(form: NarrowForm) -> dict[str, Any]:
    """The filters as an address carries them on."""
    return {name: value for name, value in request.args.items() if name in form and value}
