"""Doors to one decision about many reports: what it asks for, and what could not be done, with the reason of each."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
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
from app.triage.forms import MergeForm, ReferForm, TogetherForm
from app.triage.judging import offer_colleagues
from app.triage.queries.queue import Chosen, chosen
from app.triage.routes import last_list
from app.web.acting import action_form, said
from app.web.forms import OfficeForm
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.keys import IN_A_FORM, told
from app.web.language import sentence, term
from app.web.tones import is_grave

START, FILL = "start", "fill"
"""What the queue sends: reports were ticked, nothing is said yet. And a class of referral: its words are filled in."""


@blueprint.post("/together/<action>")
@door(R.INSPECTOR, R.LEADER)
def together(action: str) -> str | tuple[str, int] | Response:
    wanted = next((one for one in services.TOGETHER if one == action), None)
    if wanted is None:
        raise NotFound
    row = next(row for row in REPORT.rows if row.action == wanted)
    form, asks, starts = form_for(wanted), bool(row.needs), bool({START, FILL} & set(request.form))
    ticked = form.read_chosen()
    if not ticked:
        flash(_("No report was chosen."), "error")
        return back()
    failed: Mapping[int, str] = {}
    if (not starts or not asks) and form.submitted():
        outcome = services.decide_together(current_actor(), Together(wanted, ticked, said(form, row)))
        if outcome.done:
            told = ngettext("%(num)s report in all", "%(num)s reports in all", outcome.done)
            flash(_("Done: %(action)s, %(number)s.", action=term(wanted), number=told), "done")
        if not outcome.failed:
            return back()
        failed = {one: told_of(error) for one, error in outcome.failed.items()}
        ticked = tuple(pair for pair in ticked if pair[0] in failed)
    left = chosen(
        current_actor(), current_inspection(current_actor()).id, [report_id for report_id, _version in ticked]
    )
    return draw(form, wanted, left, failed, 422 if failed or form.errors else 200)


def form_for(action: A) -> OfficeForm:
    """The fields of the action, as for one report, and what was ticked."""
    row = next(row for row in REPORT.rows if row.action == action)
    own = {A.REFER: ReferForm, A.MERGE: MergeForm}.get(action)
    kind = type("ManyForm", (TogetherForm, own or action_form(row)), {})
    form: OfficeForm = kind()
    if "version" in form:  # each report brings its own
        del form["version"]
    if action == A.REFER:
        form.begin()
        known = catalogue.referral_classes().get(request.form.get(FILL, ""))
        if known is not None:  # its number and body are filled in for each report
            form.referral_class.data = known.code
            form.receiving_body.data, form.advice.data = known.receiving_body, known.words
    offer_colleagues(form, current_inspection(current_actor()))
    return form


def told_of(error: Any) -> str:
    told = [sentence(one) for one in getattr(error, "fields", {}).values()]
    return " ".join(dict.fromkeys(told)) or sentence(error.message, error.params)


def back() -> Response:
    return redirect(last_list() or url_for("triage.queue_page"))


def draw(form: OfficeForm, action: A, left: list[Chosen], failed: Mapping[int, str], status: int) -> tuple[str, int]:
    body = render_template(
        "triage/together.html", form=form, action=action, left=left, failed=failed, back=last_list(),
        kind="grave" if is_grave(action) else "primary", keys=told(IN_A_FORM),
        classes=list(catalogue.referral_classes().values()) if action == A.REFER else [],
    )  # fmt: skip
    return body, status
