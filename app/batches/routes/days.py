"""The days: the list of batches, closing the day, and one batch with what is sent in it."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.batches import blueprint, services
from app.batches.forms import SeenForm, TakeOutForm
from app.batches.queries.closing import proposal
from app.batches.queries.listing import BatchView, batch_view, batches, case_to_take_out, on_team
from app.domain.batch import BatchStage
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, Refused
from app.web.acting import Button
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.language import term

TEAM = (R.INSPECTOR, R.LEADER, R.SUPERVISOR)
Answer = str | tuple[str, int] | Response


def waiting_work(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: texts to approve, batches to hand over, batches to sign for."""
    here = url_for("batches.listing")
    if R.COORDINATOR in actor.roles:
        unsigned = [row for row in batches(actor, inspection.id) if row.stage == BatchStage.HANDED_OVER]
        return [Work(N_("Batches to sign for"), here, len(unsigned))]
    found: list[Work] = []
    if actor.roles & {R.INSPECTOR, R.LEADER} and on_team(actor, inspection.id):
        texts = len(proposal(actor, inspection.id).left_out)
        found.append(Work(N_("Cases that the next batch would leave out"), url_for("batches.close"), texts))
    if R.LEADER in actor.roles:
        closed = [row for row in batches(actor, inspection.id) if row.stage == BatchStage.CLOSED]
        found.append(Work(N_("Batches to hand over"), here, len(closed)))
    return found


@blueprint.get("/")
@door(*TEAM, R.COORDINATOR)
def listing() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    return render_template(
        "batches/list.html",
        rows=batches(actor, inspection.id),
        team=on_team(actor, inspection.id),
        may_close=bool(actor.roles & {R.INSPECTOR, R.LEADER}),
    )


@blueprint.route("/close", methods=["GET", "POST"])
@door(R.INSPECTOR, R.LEADER)
def close() -> Answer:
    """What the next batch would hold; sending the page closes it, if it still is what was shown."""
    actor = current_actor()
    inspection = current_inspection(actor)
    supplementary = request.args.get("supplementary") == "yes"
    form, house = SeenForm(), current_app.extensions["installation"]
    if form.submitted():
        try:
            batch_id = services.close_day(
                actor, inspection.id, supplementary=supplementary, seen=form.seen.data, house=house
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The batch is closed. It can be looked through before it is handed over."), "done")
            return redirect(url_for("batches.batch", batch_id=batch_id))
    found = proposal(actor, inspection.id, supplementary=supplementary)
    form.seen.data = found.seen
    page = render_template("batches/close.html", found=found, form=form, supplementary=supplementary)
    return page, 422 if form.errors else 200


@blueprint.get("/<int:batch_id>")
@door(*TEAM, R.COORDINATOR)
def batch(batch_id: int) -> str:
    found = batch_view(current_actor(), batch_id)
    return render_template("batches/batch.html", found=found, buttons=bar(found))


def bar(found: BatchView) -> list[Button]:
    """What can be done with the whole batch, in one press each."""
    ways = {CaseAction.HAND_OVER: "batches.hand_over", CaseAction.SIGN_FOR: "batches.sign_for"}
    seen = {"seen": found.team.seen} if found.team else {}
    return [
        Button(term(action), url_for(way, batch_id=found.id), "primary", values=seen)
        for action, way in ways.items()
        if action in found.may
    ]


@blueprint.post("/<int:batch_id>/hand-over")
@door(R.LEADER)
def hand_over(batch_id: int) -> Response:
    form, house = SeenForm(), current_app.extensions["installation"]
    if form.submitted():
        services.hand_over(current_actor(), batch_id, seen=form.seen.data or "", house=house)
        flash(_("The batch has been handed over."), "done")
    return redirect(url_for("batches.batch", batch_id=batch_id))


@blueprint.post("/<int:batch_id>/sign-for")
@door(R.COORDINATOR)
def sign_for(batch_id: int) -> Response:
    if SeenForm().submitted():
        services.sign_for(current_actor(), batch_id)
        flash(_("The batch has been signed for."), "done")
    return redirect(url_for("batches.batch", batch_id=batch_id))


@blueprint.route("/<int:batch_id>/take-out/<int:case_id>", methods=["GET", "POST"])
@door(R.INSPECTOR, R.LEADER)
def take_out(batch_id: int, case_id: int) -> Answer:
    actor = current_actor()
    case = case_to_take_out(actor, batch_id, case_id)
    form = TakeOutForm(data={"version": case.version})
    if form.submitted():
        try:
            services.take_out(actor, form.to_command(batch_id, case_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The case has left the batch."), "done")
            return redirect(url_for("batches.batch", batch_id=batch_id))
    page = render_template("batches/take_out.html", form=form, case=case, batch_id=batch_id)
    return page, 422 if form.errors else 200
