"""The door to the text of a case: the reporter's words at the left, what the locality will read at the right."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.privacy import NEUTRAL, Found
from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, Refused
from app.triage import blueprint, services
from app.triage.forms import SecondForm
from app.triage.queries.wording import Wording, marks, occurring, wording
from app.triage.resolving import GONE, REASONS, TextForm
from app.triage.routes import TEAM
from app.web.acting import buttons
from app.web.guards import current_actor, door


@blueprint.route("/case/<int:case_id>/text", methods=["GET", "POST"])
@door(*TEAM)
def text(case_id: int) -> str | tuple[str, int] | Response:
    """Without a press: approve the text. With one: do what the button beside a mark says, and show what comes of it."""
    actor = current_actor()
    found = wording(actor, case_id)
    form = TextForm(data={"text": found.case.handover_text, "version": found.case.version})
    if form.is_submitted() and not actor.roles & {R.INSPECTOR, R.LEADER}:
        raise NotAllowed(N_("Your role may not do this."))
    report = found.case.report
    pressed = request.form.get("press")
    if pressed is not None:
        form.press(pressed, occurring(report, form.text.data or ""))
    elif form.submitted():
        try:
            services.approve_text(actor, form.to_command(case_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_approved(found), "done")
            return redirect(url_for("triage.report_page", report_id=found.case.report_id))
    form.show(_standing(found, form), {one["words"]: one["reason"] for one in found.case.text_kept or ()})
    return _draw(form, found), 422 if form.errors else 200


def _standing(found: Wording, form: TextForm) -> list[Found]:
    """The marks of the text as it was typed; whoever may not write sees those of the text as it is."""
    return marks(found.case.report, form.text.data or "") if found.may_write else found.standing


def _approved(found: Wording) -> str:
    if found.case.needs_second:
        return str(_("The text is approved. A second person has to approve it too."))
    return str(_("The text is approved."))


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
    kinds = {one.words: one.mark for one in _standing(found, form)}
    return render_template(
        "triage/text.html", form=form, found=found, case=case, buttons=bar, kinds=kinds, neutral=NEUTRAL, gone=GONE,
        reasons=REASONS,
    )  # fmt: skip
