"""The cases: the table with its filters and search, and one page for each at an address that stays."""

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.tables.disclosure import Narrowed
from app.kernel import clock
from app.kernel.errors import NotFound
from app.publication import blueprint
from app.publication.excerpts import excerpt, marked
from app.publication.queries.cases import listing, number_of, published_cases
from app.publication.queries.changes import changes_of, withdrawn
from app.publication.routes.narrowing import A_MINUTE, carried, read_filters
from app.web.guards import public
from app.web.inspecting import NAMED
from app.web.named import named_types
from app.web.printed import FOR_EVERYBODY
from app.web.security import may_be_kept

GONE = 410


@blueprint.get("/cases")
@public
@may_be_kept(A_MINUTE)
def cases() -> str:
    form, inspection = read_filters()
    wanted, kept = form.narrowed(), carried(form)
    return render_template(
        "publication/list.html",
        inspection=inspection,
        form=form,
        narrowed=replace(wanted, words="") != Narrowed(),
        words=wanted.words,
        several=len(form.inspection.choices) > 1,
        found=listing(inspection, wanted, request.args.get("page", "")),
        named_types=named_types,
        excerpt=excerpt,
        printed=[(kind, url_for("publication.disclosed_file", ending=kind, **kept)) for kind in FOR_EVERYBODY],
        files=[
            *((kind, url_for("publication.cases_table", ending=kind, **kept)) for kind in FOR_EVERYBODY),
            ("json", url_for("publication.cases_json", **kept)),
            ("geojson", url_for("publication.cases_geojson", **kept)),
        ],
        feed=url_for("publication.feed", **kept),
        on_map=url_for("publication.on_map", **kept),
        now=clock.now(),
    )


@blueprint.get("/cases/<path:number>")
@public
@may_be_kept(A_MINUTE)
def case(number: str) -> Any:
    """By the printed number. One that was taken down says so; one that never stood here is not found."""
    named_inspection = request.args.get(NAMED, "")
    found = published_cases(number, named_inspection)
    if not found:
        return _gone(number, named_inspection)
    if len(found) > 1:
        return render_template("publication/which.html", number=number, found=found)
    row, inspection = found[0]
    return render_template(
        "publication/case.html",
        row=row,
        inspection=inspection,
        words=request.args.get("q", "")[:60],
        marked=marked,
        changes=changes_of(number, inspection),
        named_types=named_types,
    )


@blueprint.get("/<int:case_id>")
@public
@may_be_kept(A_MINUTE)
def case_by_id(case_id: int) -> Response:
    """Where cases stood before they were addressed by their number."""
    number, inspection = number_of(case_id)
    return redirect(url_for("publication.case", number=number, inspection=inspection), 301)


def _gone(number: str, inspection: str) -> tuple[str, int]:
    found = withdrawn(number, inspection)
    if found is None:
        raise NotFound
    return render_template("publication/withdrawn.html", found=found), GONE
