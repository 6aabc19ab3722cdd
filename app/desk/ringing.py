"""Doors to ringing reporters up: the list, one question with its script, the number that was lent, what came of it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.desk import blueprint, queries, services
from app.desk.forms.ringing import AnsweredForm, CalledBackForm, TriedForm
from app.desk.routes import house
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, Refused
from app.web.forms import OfficeForm
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.language import sentence
from app.web.telling import spoken

Answer = Response | str | tuple[str, int]


def waiting_rings(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: reporters who can be rung up now."""
    if R.CLERK not in actor.roles:
        return []
    now, late = queries.to_ring_now(actor, inspection.id)
    return [Work(N_("Reporters to be rung up"), url_for("desk.ring_ups"), now, late)]


@blueprint.get("/ring")
@door(R.CLERK)
def ring_ups() -> Answer:
    actor = current_actor()
    rows, total = queries.ring_ups(actor, current_inspection(actor).id)
    return render_template("desk/ring_ups.html", rows=rows, total=total)


@blueprint.get("/ring/<int:ring_up_id>")
@door(R.CLERK)
def ring_up(ring_up_id: int) -> Answer:
    return _draw(ring_up_id, AnsweredForm(), TriedForm())


@blueprint.post("/ring/<int:ring_up_id>/ask")
@door(R.CLERK)
def ask_for_number(ring_up_id: int) -> Answer:
    services.ask_for_number(current_actor(), ring_up_id)
    flash(_("You have asked for the number. A leader decides, and the custodian lends it to you here."), "done")
    return redirect(url_for("desk.ring_up", ring_up_id=ring_up_id))


@blueprint.post("/ring/<int:ring_up_id>/number")
@door(R.CLERK)
def see_number(ring_up_id: int) -> Answer:
    """The number is the answer to the press itself: no address shows it, and the page cannot be fetched again."""
    number = services.see_number(house(), current_actor(), ring_up_id)
    return _draw(ring_up_id, AnsweredForm(formdata=None), TriedForm(formdata=None), number)


@blueprint.post("/ring/<int:ring_up_id>/answered")
@door(R.CLERK)
def ring_answered(ring_up_id: int) -> Answer:
    actor, form = current_actor(), AnsweredForm()
    if form.submitted():
        try:
            services.answered(actor, form.to_command(ring_up_id))
        except Refused as error:
            form.refuse(error)
        except NotAllowed as error:
            form.form_errors.append(sentence(error.message, error.params))
        else:
            return _done(_("The answer is kept; the report goes back to be judged."))
    return _draw(ring_up_id, form, TriedForm(formdata=None)), 422


@blueprint.post("/ring/<int:ring_up_id>/tried")
@door(R.CLERK)
def ring_tried(ring_up_id: int) -> Answer:
    actor, form = current_actor(), TriedForm()
    if form.submitted():
        services.tried(actor, form.to_command(ring_up_id))
        return _done(_("The try is kept."))
    return _draw(ring_up_id, AnsweredForm(formdata=None), form), 422


@blueprint.post("/ring/<int:ring_up_id>/declined")
@door(R.CLERK)
def ring_declined(ring_up_id: int) -> Answer:
    services.declined(current_actor(), ring_up_id)
    return _done(_("Kept: the team decides on what is there."))


@blueprint.post("/ring/<int:ring_up_id>/called-back")
@door(R.CLERK)
def called_back(ring_up_id: int) -> Answer:
    actor, form = current_actor(), CalledBackForm()
    if form.submitted():
        try:
            services.called_back(actor, form.to_command(ring_up_id))
        except Refused as error:
            form.refuse(error)
        else:
            return _done(_("What the reporter said is kept for the team."))
    return _draw(ring_up_id, form, TriedForm(formdata=None)), 422


def _done(told: str) -> Response:
    flash(told, "done")
    return redirect(url_for("desk.ring_ups"))


def _draw(ring_up_id: int, answered: OfficeForm, tried: OfficeForm, number: str = "") -> str:
    actor = current_actor()
    found = queries.ring_up(actor, ring_up_id)
    call_back = found.row.occasion is queries.Occasion.CALL_BACK
    if call_back != isinstance(answered, CalledBackForm):
        answered = CalledBackForm(formdata=None) if call_back else AnsweredForm(formdata=None)
    return render_template(
        "desk/ring_up.html",
        found=found,
        row=found.row,
        number=number,
        call_back=call_back,
        answered=answered,
        tried=tried,
        wrong=answered if answered.errors else tried,
        Stage=queries.NumberStage,
        said=spoken(current_inspection(actor)),
    )
