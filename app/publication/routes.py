"""The public doors: the table, a case at an address that stays, the table as a file."""

from typing import Any

from flask import Response, render_template, request, url_for

from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.tables.disclosure import Narrowed
from app.kernel import clock
from app.publication import blueprint
from app.publication.forms import NarrowForm
from app.publication.queries import disclosed, listing, offered_areas, offered_batches, published_case
from app.web.guards import public
from app.web.inspecting import public_inspection, public_inspections
from app.web.named import named_types
from app.web.printed import KINDS, send_table
from app.web.security import may_be_kept

A_MINUTE = 60


@blueprint.get("/")
@public
@may_be_kept(A_MINUTE)
def table() -> str:
    inspection = public_inspection()
    form = _form(inspection)
    wanted: dict[str, Any] = {name: value for name, value in request.args.items() if name in form and value}
    return render_template(
        "publication/list.html",
        inspection=inspection,
        form=form,
        narrowed=form.narrowed() != Narrowed(),
        several=len(form.inspection.choices) > 1,
        found=listing(inspection, form.narrowed(), request.args.get("page", "")),
        named_types=named_types,
        files=[(ending, url_for("publication.file", ending=ending, **wanted)) for ending in KINDS],
        now=clock.now(),
    )


@blueprint.get("/<int:case_id>")
@public
@may_be_kept(A_MINUTE)
def case(case_id: int) -> str:
    row, inspection = published_case(case_id)
    return render_template("publication/case.html", row=row, inspection=inspection, named_types=named_types)


@blueprint.get("/disclosure.<any(xlsx, csv):ending>")
@public
@may_be_kept(A_MINUTE)
def file(ending: str) -> Response:
    """What the table shows with these filters; the file says of how many."""
    inspection = public_inspection()
    return send_table(disclosed(inspection, _form(inspection).narrowed()), ending)


def _form(inspection: Inspection) -> NarrowForm:
    kinds = [catalogue.types()[code] for code in inspection.settings.types if code in catalogue.types()]
    form = NarrowForm(request.args)
    form.offer(offered_areas(inspection), kinds, offered_batches(inspection), inspection, public_inspections())
    return form
