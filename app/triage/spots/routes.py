"""Doors to spot checks: draw a list, read and print it, note what each check found."""

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.domain.evidence.keeping import files_waiting
from app.domain.evidence.resting import SentFile
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction
from app.kernel.crypto import random_token
from app.kernel.errors import N_, Refused
from app.triage import blueprint
from app.triage.routes import TEAM
from app.triage.spots import queries, services
from app.triage.spots.commands import KeepPictures
from app.triage.spots.forms import DrawForm, VisitForm, visit_form
from app.triage.spots.tables import spot_table
from app.web.described import SAFE_KINDS, described
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.language import sentence
from app.web.pictures import for_the_team
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
    """The record of a visit: a new one each time; what was recorded before stands below."""
    actor = current_actor()
    found, line = queries.line_of(actor, list_id, line_id)
    said = queries.answered(line.case_id)
    form = visit_form([text for text, _verdict, _finding in said.points])()
    if not form.is_submitted():
        form.form_key.data = random_token()
    readable = form.submitted()
    if form.is_submitted() and not form.csrf_token.errors:
        _keep_pictures(actor, list_id, line_id, form)
    if readable:
        try:
            services.record_visit(actor, form.to_command(list_id, line_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Noted."), "done")
            return redirect(url_for("triage.spot_line", list_id=list_id, line_id=line_id))
    key = services.waiting_key(actor, line_id, form.form_key.data or "")
    body = render_template(
        "triage/spot_line.html", form=form, found=found, line=line, said=said,
        visits=queries.visits_of(line_id), waiting=files_waiting(key), reopen=CaseAction.REOPEN,
    )  # fmt: skip
    return body, 422 if form.errors else 200


@blueprint.get("/watch/spot-checks/pictures/<token>")
@door(*TEAM)
@described(
    "A file of a visit to a site: its safe copy, or a document as it was received",
    answers={200: ((*SAFE_KINDS, "application/octet-stream"), "The file.")},
    tags=("files",),
)
def spot_picture(token: str) -> Response:
    house: Installation = current_app.extensions["installation"]
    return for_the_team(house, queries.visit_picture(current_actor(), token))


def _keep_pictures(actor: Actor, list_id: int, line_id: int, form: VisitForm) -> None:
    files = tuple(SentFile(one.filename or "", one.read()) for one in form.pictures.data)
    if not files or not form.form_key.data:
        return
    house: Installation = current_app.extensions["installation"]
    words = KeepPictures(list_id, line_id, form.form_key.data, files)
    for one in services.keep_pictures(actor, house, words):
        flash(f"{one.name}{_(': ')}{sentence(one.message, one.params)}", "warning")


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
