"""The doors of the vault."""

from collections.abc import Sequence

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, Refused
from app.vault import blueprint, queries, services
from app.vault.forms import AskForm, OpenForm, RefuseForm
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection

Answer = Response | str | tuple[str, int]
UNREADABLE = 422


def waiting(actor: Actor, inspection: Inspection) -> Sequence[Work]:
    """A leader decides, the custodian opens."""
    here = url_for("vault.openings")
    found = []
    if R.LEADER in actor.roles:
        asked = queries.count(actor, inspection.id, R.LEADER)
        found.append(Work(N_("Requests to open an identity"), here, asked))
    if R.CUSTODIAN in actor.roles:
        found.append(Work(N_("Identities to be opened"), here, queries.count(actor, inspection.id, R.CUSTODIAN)))
    return found


@blueprint.get("")
@door(R.INSPECTOR, R.LEADER, R.CUSTODIAN)
def openings() -> Answer:
    actor = current_actor()
    page, total = queries.openings(actor, current_inspection(actor).id, request.args.get("page", ""))
    return render_template("vault/openings.html", page=page, total=total, actor=actor, roles=actor.roles, R=R)


@blueprint.route("/ask", methods=["GET", "POST"])
@door(R.INSPECTOR)
def ask() -> Answer:
    actor = current_actor()
    form = AskForm(number=request.args.get("report", "")[:40])
    if form.submitted():
        try:
            services.ask_opening(actor, form.to_command(current_inspection(actor).id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("You have asked. A leader decides."), "done")
            return redirect(url_for(".openings"))
    return render_template("vault/ask.html", form=form), UNREADABLE if form.errors else 200


@blueprint.post("/<int:opening_id>/allow")
@door(R.LEADER)
def allow(opening_id: int) -> Answer:
    services.allow_opening(current_actor(), opening_id)
    flash(_("Allowed. The custodian can open it once."), "done")
    return redirect(url_for(".openings"))


@blueprint.route("/<int:opening_id>/refuse", methods=["GET", "POST"])
@door(R.LEADER)
def refuse(opening_id: int) -> Answer:
    actor, form = current_actor(), RefuseForm()
    found = queries.opening(actor, opening_id)
    if form.submitted():
        services.refuse_opening(actor, form.to_command(opening_id))
        flash(_("Refused."), "done")
        return redirect(url_for(".openings"))
    return render_template("vault/refuse.html", found=found, form=form), UNREADABLE if form.errors else 200


@blueprint.route("/<int:opening_id>/open", methods=["GET", "POST"])
@door(R.CUSTODIAN)
def open_identity(opening_id: int) -> Answer:
    """The identity is the answer to the form itself: no address shows it, and no page can be fetched again."""
    actor = current_actor()
    found = queries.opening(actor, opening_id)
    form = OpenForm(reason=found.reason if found.rings else "")
    if form.submitted():
        try:
            opened = services.open_once(current_app.extensions["installation"], actor, form.to_command(opening_id))
        except Refused as error:
            form.refuse(error)
        else:
            return render_template("vault/opened.html", found=found, opened=opened)
    return render_template("vault/open.html", found=found, form=form), UNREADABLE if form.errors else 200
