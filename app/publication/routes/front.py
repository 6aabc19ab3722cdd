"""The front page of the results, corrections and withdrawals, and the sign-offs."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.tables.disclosure import Narrowed
from app.domain.tables.figures import CaseFigure as C
from app.domain.tables.figures import ReportFigure as R
from app.kernel import clock
from app.publication import blueprint
from app.publication.queries.bulletins import bulletins
from app.publication.queries.cases import newest
from app.publication.queries.changes import changes
from app.publication.queries.figures import in_figures
from app.publication.queries.signoffs import sign_offs
from app.publication.routes.narrowing import A_MINUTE, NARROWING
from app.web.guards import public
from app.web.inspecting import NAMED, public_inspection, public_inspections
from app.web.named import named_types
from app.web.security import may_be_kept

SHOWN = (R.RECEIVED, R.ACCEPTED, C.HANDED_OVER, C.PUBLISHED, C.DONE, C.STAGED, C.OPEN)
A_FEW = 5
FILTERS = {query.name for query in NARROWING} - {"inspection"} | {"page"}


@blueprint.get("/")
@public
@may_be_kept(A_MINUTE)
def front() -> str | Response:
    """The table stood at this address once: whoever kept one with filters is led on to it."""
    if FILTERS & set(request.args):
        kept: dict[str, Any] = {name: value for name, value in request.args.items() if name in FILTERS | {NAMED}}
        return redirect(url_for("publication.cases", **kept), 301)
    inspection = public_inspection()
    return render_template(
        "publication/front.html",
        inspection=inspection,
        inspections=public_inspections(),
        figures=in_figures(inspection),
        shown=SHOWN,
        latest=newest(inspection, Narrowed(), A_FEW),
        bulletins=bulletins(inspection)[:A_FEW],
        named_types=named_types,
        now=clock.now(),
    )


@blueprint.get("/changes")
@public
@may_be_kept(A_MINUTE)
def changed() -> str:
    inspection = public_inspection()
    page = changes(inspection, request.args.get("page", ""))
    return render_template("publication/changes.html", inspection=inspection, page=page)


@blueprint.get("/sign-offs")
@public
@may_be_kept(A_MINUTE)
def signed_off() -> str:
    inspection = public_inspection()
    page = sign_offs(inspection, request.args.get("page", ""))
    return render_template("publication/signoffs.html", inspection=inspection, page=page)
