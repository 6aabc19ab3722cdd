"""Doors to one decision about many reports: what it asks for, and what could not be done, with the reason of each."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.domain import catalogue
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound
from app.triage import blueprint, services
from app.triage.commands import Together
from app.triage.forms import MergeForm, ReferForm
from app.triage.judging import offer_colleagues
from app.triage.queries.queue import chosen
from app.triage.routes import last_list
from app.web.acting import action_form, said
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.together import FILL, TogetherForm, Words, decided, page


@blueprint.post("/together/<action>")
@door(R.INSPECTOR, R.LEADER)
def together(action: str) -> str | tuple[str, int] | Response:
    wanted = next((one for one in services.TOGETHER if one == action), None)
    if wanted is None:
        raise NotFound
    actor, row = current_actor(), next(row for row in REPORT.rows if row.action == wanted)
    form, words = form_for(wanted), Words(_("No report was chosen."), counted)
    left = decided(
        form,
        wanted,
        lambda ticked: services.decide_together(actor, Together(wanted, ticked, said(form, row))),
        words,
        asks=bool(row.needs),
    )
    back = last_list() or url_for("triage.queue_page")
    if left is None:
        return redirect(back)
    rows = chosen(actor, current_inspection(actor).id, left.ids)
    return page(
        "triage/together.html", form, wanted, left, rows, counted=counted(len(rows)), back=back,
        way=url_for("triage.together", action=wanted),
        classes=list(catalogue.referral_classes().values()) if wanted == A.REFER else [],
    )  # fmt: skip


def counted(number: int) -> str:
    return str(ngettext("%(num)s report in all", "%(num)s reports in all", number))


def form_for(action: A) -> TogetherForm:
    """The fields of the action, as for one report, and what was ticked."""
    row = next(row for row in REPORT.rows if row.action == action)
    own = {A.REFER: ReferForm, A.MERGE: MergeForm}.get(action)
    kind = type("ManyForm", (TogetherForm, own or action_form(row)), {})
    form: TogetherForm = kind()
    if "version" in form:  # each report brings its own
        del form["version"]
    if isinstance(form, ReferForm):
        form.begin()
        known = catalogue.referral_classes().get(request.form.get(FILL, ""))
        if known is not None:  # its number and body are filled in for each report
            form.referral_class.data = known.code
            form.receiving_body.data, form.advice.data = known.receiving_body, known.words
    offer_colleagues(form, current_inspection(current_actor()))
    return form
