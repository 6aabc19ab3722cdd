"""The door to the text of a case: the reporter's words at the left, what the locality will read at the right."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, Refused
from app.triage import blueprint, services
from app.triage.forms import SecondForm, TextForm
from app.triage.queries.wording import Wording, marks, wording
from app.triage.routes import TEAM
from app.web.acting import buttons
from app.web.guards import current_actor, door


@blueprint.route("/case/<int:case_id>/text", methods=["GET", "POST"])
@door(*TEAM)
def text(case_id: int) -> str | tuple[str, int] | Response:
    actor = current_actor()
    found = wording(actor, case_id)
    form = TextForm(data={"text": found.case.handover_text, "version": found.case.version})
    form.show(marks(form.text.data or ""))
    if form.is_submitted() and not actor.roles & {R.INSPECTOR, R.LEADER}:
        raise NotAllowed(N_("Your role may not do this."))
    if form.submitted():
        try:
            services.approve_text(actor, form.to_command(case_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The text is approved."), "done")
            return redirect(url_for("triage.report_page", report_id=found.case.report_id))
    return _draw(form, found), 422 if form.errors else 200


@blueprint.post("/case/<int:case_id>/second")
@door(R.INSPECTOR, R.LEADER)
def second(case_id: int) -> Response:
    """The second person's press: the text stays as it is."""
    actor = current_actor()
    found = wording(actor, case_id)
    form = SecondForm()
    if not form.submitted():
        raise Refused(N_("Please open the page again and read the text."))
    services.second_approve(actor, form.to_command(case_id))
    flash(_("The text is approved by a second person."), "done")
    return redirect(url_for("triage.report_page", report_id=found.case.report_id))


def _draw(form: TextForm, found: Wording) -> str:
    case, actor = found.case, current_actor()
    offers = [one for one in case.offers(actor) if one.action == CaseAction.SECOND_APPROVE and case.text_approved_at]
    offers = [] if case.second_approved_at else offers
    seen = {"version": str(case.version)}
    bar = buttons(offers, lambda _action: url_for("triage.second", case_id=case.id), seen)
    return render_template("triage/text.html", form=form, found=found, case=case, buttons=bar)
