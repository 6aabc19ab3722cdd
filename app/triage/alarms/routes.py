"""Doors to the alarms: what rings, what was seen, the reports of one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_
from app.triage import blueprint
from app.triage.alarms import queries, services
from app.triage.alarms.forms import SeenForm
from app.triage.routes import TEAM
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection

LOOKS = (R.INSPECTOR, R.LEADER)


def alarms_waiting(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: alarms that nobody has looked at since they grew."""
    if not set(LOOKS) & actor.roles:
        return []
    return [
        Work(
            N_("Alarms: many reports of one place or polluter"),
            url_for("triage.alarms"),
            queries.ringing(actor, inspection.id),
        )
    ]


@blueprint.get("/watch")
@door(*TEAM)
def alarms() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    seen = request.args.get("seen") == "yes"
    return render_template(
        "triage/alarms.html",
        page=queries.alarms(actor, inspection.id, request.args.get("page", ""), seen=seen),
        seen=seen,
        ringing=queries.ringing(actor, inspection.id),
        settings=inspection.settings,
    )


@blueprint.get("/watch/<int:alarm_id>")
@door(*TEAM)
def alarm(alarm_id: int) -> str:
    return _draw(SeenForm(), alarm_id)


@blueprint.post("/watch/<int:alarm_id>")
@door(*LOOKS)
def see_alarm(alarm_id: int) -> tuple[str, int] | Response:
    form = SeenForm()
    if form.submitted():
        services.see(current_actor(), form.to_command(alarm_id))
        flash(_("Noted. The alarm rings again when another report joins it."), "done")
        return redirect(url_for("triage.alarm", alarm_id=alarm_id))
    return _draw(form, alarm_id), 422


def _draw(form: SeenForm, alarm_id: int) -> str:
    actor = current_actor()
    found = queries.alarm_page(actor, alarm_id, request.args.get("page", ""))
    form.reports.data = found.alarm.reports
    return render_template("triage/alarm.html", form=form, found=found, may=bool(set(LOOKS) & actor.roles))
