"""The door to the text of a case: the reporter's words at the left, what the locality will read at the right."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, Refused
from app.triage import blueprint, services
from app.triage.forms import TextForm
from app.triage.queries.wording import marks, wording
from app.triage.routes import TEAM
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
    return render_template("triage/text.html", form=form, found=found, case=found.case), 422 if form.errors else 200
