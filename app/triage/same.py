"""Doors to a flood: the reports of the same words, and merging them in one go."""

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.domain.report import Report
from app.domain.workflow.vocabulary import ReportAction
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import Refused
from app.triage import blueprint, services
from app.triage.forms import CopiesForm
from app.triage.queries.same import Flood, flood
from app.triage.routes import TEAM
from app.web.guards import current_actor, door
from app.web.language import brief_time
from app.web.named import named

MERGES = frozenset({R.INSPECTOR, R.LEADER})


@blueprint.get("/report/<int:report_id>/same")
@door(*TEAM)
def same_words(report_id: int) -> str:
    found = flood(current_actor(), report_id)
    return _draw(_form(found, fresh=True), found)


@blueprint.post("/report/<int:report_id>/same")
@door(*MERGES)
def merge_same_words(report_id: int) -> tuple[str, int] | Response:
    found = flood(current_actor(), report_id)
    form = _form(found)
    if form.submitted():
        try:
            merged = services.merge_copies(current_actor(), form.to_command(report_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(ngettext("%(num)s report was merged.", "%(num)s reports were merged.", merged), "done")
            return redirect(url_for("triage.same_words", report_id=found.first.id))
    return _draw(form, found), 422


def _form(found: Flood, *, fresh: bool = False) -> CopiesForm:
    form = CopiesForm(data={"copies": [one.id for one in found.waiting]}) if fresh else CopiesForm()
    form.copies.offer([(one.id, _told(one)) for one in found.waiting])
    return form


def _told(report: Report) -> str:
    """What may tell one copy from another, beside the words."""
    where = [(named(report.area) if report.area else "") or report.area_printed, report.place, report.polluter]
    return " · ".join([report.number, brief_time(report.received_at), *(one for one in where if one)])


def _draw(form: CopiesForm, found: Flood) -> str:
    may = bool(MERGES & current_actor().roles) and bool(found.waiting)
    return render_template("triage/same.html", form=form, found=found, merge=ReportAction.MERGE, may=may)
