"""Doors to spot checks: draw a list, read and print it, note what each check found."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.kernel.errors import N_, Refused
from app.triage import blueprint
from app.triage.routes import TEAM
from app.triage.spots import queries, services
from app.triage.spots.forms import CheckForm, DrawForm
from app.triage.spots.tables import spot_table
from app.web.described import described
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.printed import TABLE_ANSWERS, send_table

USUALLY = 10


def checks_waiting(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: drawn cases that nobody has checked."""
    if not set(services.DRAWERS) & actor.roles:
        return []
    count, here = queries.unchecked(actor, inspection.id), url_for("triage.spot_lists")
    return [Work(N_("Drawn cases to be checked"), here, count)]


@blueprint.get("/watch/spot-checks")
@door(*TEAM)
def spot_lists() -> str:
    return _draw_lists(DrawForm(data={"size": USUALLY}))


@blueprint.post("/watch/spot-checks")
@door(*services.DRAWERS)
def draw_spot_list() -> tuple[str, int] | Answer:
    actor = current_actor()
    inspection = current_inspection(actor)
    form = DrawForm()
    form.begin(queries.areas(inspection))
    if form.submitted():
        try:
            list_id = services.draw_list(actor, form.to_command(inspection.id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Drawn. The list, its seed and its weights are in the ledger."), "done")
            return redirect(url_for("triage.spot_list", list_id=list_id))
    return _draw_lists(form), 422


@blueprint.get("/watch/spot-checks/<int:list_id>")
@door(*TEAM)
def spot_list(list_id: int) -> str:
    actor = current_actor()
    found = queries.list_page(actor, list_id, again=request.args.get("again") == "yes")
    return render_template("triage/spot_list.html", found=found, may=_may(actor))


@blueprint.get("/watch/spot-checks/<int:list_id>.<any(xlsx, csv):kind>")
@door(*TEAM)
@described("A list of drawn cases as a table", answers=TABLE_ANSWERS, tags=("spot checks",))
def spot_file(list_id: int, kind: str) -> Response:
    return send_table(spot_table(queries.list_page(current_actor(), list_id)), kind)


@blueprint.route("/watch/spot-checks/<int:list_id>/line/<int:line_id>", methods=["GET", "POST"])
@door(*services.DRAWERS)
def spot_line(list_id: int, line_id: int) -> str | tuple[str, int] | Answer:
    actor = current_actor()
    found, line = queries.line_of(actor, list_id, line_id)
    form = CheckForm(data={"found": line.found, "note": line.note})
    if form.submitted():
        services.note_check(actor, form.to_command(list_id, line_id))
        flash(_("Noted."), "done")
        return redirect(url_for("triage.spot_list", list_id=list_id))
    return render_template("triage/spot_line.html", form=form, found=found, line=line), 422 if form.errors else 200


def _draw_lists(form: DrawForm) -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    form.begin(queries.areas(inspection))
    return render_template(
        "triage/spot_lists.html",
        form=form,
        page=queries.lists(actor, inspection.id, request.args.get("page", "")),
        weights=services.weights_of(inspection.settings),
        may=_may(actor),
    )


def _may(actor: Actor) -> bool:
    return bool(set(services.DRAWERS) & actor.roles)
