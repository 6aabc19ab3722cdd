"""Doors to a clerk's own entry: its page, its pictures, and what its reporter rings up about later."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from app.desk import blueprint, queries, services
from app.desk.commands import Act
from app.desk.routes import house
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import ReportAction
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, Refused
from app.web.acting import action_form, buttons, said
from app.web.described import SAFE_KINDS, described
from app.web.guards import current_actor, door
from app.web.language import term
from app.web.pictures import for_the_team
from app.web.tones import is_grave


@blueprint.get("/report/<int:report_id>")
@door(R.CLERK)
def entry(report_id: int) -> str:
    found = queries.entry(current_actor(), report_id)
    offers = [offer for offer in found.offers if offer.action in services.CLERKS_ACTIONS]
    bar = buttons(offers, lambda action: url_for("desk.act", report_id=report_id, action=str(action)))
    return render_template("desk/entry.html", found=found, report=found.report, buttons=bar)


@blueprint.get("/report/<int:report_id>/file/<token>")
@door(R.CLERK)
@described(
    "A file of an own entry: its safe copy, or a document as it was received",
    answers={200: ((*SAFE_KINDS, "application/octet-stream"), "The file.")},
    tags=("files",),
)
def file(report_id: int, token: str) -> Response:
    return for_the_team(house(), queries.own_file(current_actor(), report_id, token))


@blueprint.route("/report/<int:report_id>/<any(add, answer, withdraw, acknowledge):action>", methods=["GET", "POST"])
@door(R.CLERK)
def act(report_id: int, action: str) -> str | tuple[str, int] | Response:
    actor, wanted = current_actor(), ReportAction(action)
    found = queries.entry(actor, report_id)
    row = next((offer.row for offer in found.offers if offer.action == wanted), None)
    if row is None and request.method == "GET":
        raise NotAllowed(N_("This cannot be done in the present state."))
    row = row or next(row for row in REPORT.rows if row.action == wanted)  # the service says why not, words are kept
    form = action_form(row, version=IntegerField(widget=HiddenInput()))(version=found.report.version)
    if form.submitted():
        try:
            services.act(actor, Act(report_id, wanted, said(form, row), form["version"].data))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Done: %(action)s.", action=term(wanted)), "done")
            return redirect(url_for("desk.entry", report_id=report_id))
    kind = "grave" if is_grave(wanted) else "primary"
    return render_template(
        "desk/act.html", form=form, found=found, action=wanted, kind=kind
    ), 422 if form.errors else 200
