"""Doors to the decisions about a report: each a page that asks for what must be said."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain import catalogue
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.workflow.report import REPORT
from app.domain.workflow.table import Row
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, NotFound
from app.triage import advised, blueprint, services
from app.triage.asking import AskForm, to_begin, ways
from app.triage.commands import Act, ShareOut
from app.triage.forms import MergeForm, ReferForm, referral_draft
from app.triage.parts import AcceptForm, as_before
from app.triage.queries.asked import until
from app.triage.queries.matters import earlier_of
from app.triage.queries.places import places, units
from app.triage.queries.queue import menus
from app.triage.queries.record import Record, record
from app.triage.queries.repeats import possible_repeats
from app.triage.routes import HERE, last_list, opened
from app.web.acting import form_of, said
from app.web.forms import OfficeForm
from app.web.guards import current_actor, door
from app.web.keys import IN_A_FORM, told
from app.web.language import sentence, term
from app.web.tones import is_grave
from app.web.versioned import VersionedForm, tried

Answer = str | tuple[str, int] | Response


@blueprint.route("/report/<int:report_id>/do/<action>", methods=["GET", "POST"])
@door(R.INSPECTOR, R.LEADER)
def judge(report_id: int, action: str) -> Answer:
    if action not in HERE:
        raise NotFound
    found, wanted = record(current_actor(), report_id), A(action)
    row = next((offer.row for offer in found.offers if offer.action == wanted), None)
    if row is None and request.method == "GET":
        raise NotAllowed(N_("This cannot be done in the present state."))
    pages = {A.ACCEPT: accept, A.REFER: refer, A.MERGE: merge, A.ASK: ask}
    if wanted in pages:
        return pages[wanted](found)
    return plain(found, row or next(row for row in REPORT.rows if row.action == wanted))


def accept(found: Record) -> Answer:
    report, actor = found.report, current_actor()
    told = advised.asked_for(found)
    form = AcceptForm(data=advised.fill_acceptance(accepted_before(found), told) | {"version": report.version})
    reshaped = form.reshape(request.form.to_dict())
    form.begin(report.inspection, places(report.inspection), units(report.inspection))
    advised.mark_acceptance(form, told)
    if not reshaped and form.submitted():
        cases: list[int] = []
        if tried(form, lambda: cases.extend(services.accept(actor, form.to_command(report.id)))):
            flash(_("Accepted. Now approve the text that the locality will read."), "done")
            return redirect(url_for("triage.text", case_id=cases[0]))
    return draw("triage/accept.html", form, found, A.ACCEPT)


def accepted_before(found: Record) -> dict[str, Any]:
    """What to start from: what an earlier acceptance said that was undone, else what the reporter said."""
    report = found.report
    last: list[Case] = []
    for case in sorted((case for case in report.cases if not case.is_live), key=lambda case: case.id, reverse=True):
        last.insert(0, case)
        if case.part == 1:
            break
    return {
        "types": list(dict.fromkeys(code for case in last for code in case.types)) or report.types,
        "parts": as_before(last) or [{"area": report.area_code, "points": ""}],
        "key": report.key,
    }


def refer(found: Record) -> Answer:
    """Without a class yet: the classes to choose from. A chosen class fills in the rest."""
    number, chosen = found.report.number, request.args.get("class", "")
    form = ReferForm(data=referral_draft(chosen, number) | {"version": found.report.version})
    form.begin()
    if form.submitted() and tried(form, lambda: services.refer(current_actor(), form.to_command(found.report.id))):
        return decided(found, A.REFER)
    classes = list(catalogue.referral_classes().values())
    return draw("triage/refer.html", form, found, A.REFER, classes=classes, chosen=chosen)


def merge(found: Record) -> Answer:
    """Into a report whose words were read beside these: a number that was only typed is shown first."""
    named = request.args.get("earlier", "")
    form = MergeForm(data={"version": found.report.version, "earlier": named})
    earlier = earlier_of(current_actor(), found.report, form.earlier.data or "")
    read = form.have_read(earlier)
    if (
        read
        and form.submitted()
        and tried(form, lambda: services.merge(current_actor(), form.to_command(found.report.id)))
    ):
        return decided(found, A.MERGE)
    suggested = possible_repeats(current_actor(), found.report)
    form.show(earlier)
    return draw("triage/merge.html", form, found, A.MERGE, suggested=suggested, earlier=earlier, unread=not read)


def ask(found: Record) -> Answer:
    """Standard questions and one's own; those that the report does not answer yet are ticked already."""
    form = AskForm(data=to_begin(found.report))
    form.begin(found.report)
    if form.submitted() and tried(form, lambda: services.act(current_actor(), form.to_command(found.report.id))):
        return decided(found, A.ASK)
    last = until(found.report)
    told = [sentence(words, more) for words, more in ways(found, last)]
    return draw("triage/ask.html", form, found, A.ASK, until=last, ways=told)


def plain(found: Record, row: Row) -> Answer:
    """An action that asks for words only, for a colleague, or for nothing."""
    action, report = A(row.action), found.report
    start = advised.fill_words(action, advised.asked_for(found)) | {"version": report.version}
    form = form_of(VersionedForm, row)(data=start)
    offer_colleagues(form, report.inspection)

    def carry_out() -> None:
        needs, version = said(form, row), form["version"].data
        if action in services.SHARING:
            services.share_out(current_actor(), ShareOut(report.id, action, colleague_of(needs), version))
        else:
            services.act(current_actor(), Act(report.id, action, needs, version))

    if form.submitted() and tried(form, carry_out):
        return decided(found, action)
    return draw("triage/act.html", form, found, action)


def offer_colleagues(form: OfficeForm, inspection: Inspection) -> None:
    """Fill in who a report may be handed on to, where a form asks for it."""
    if str(Need.COLLEAGUE) in form:
        form[str(Need.COLLEAGUE)].offer([(str(id_), name) for id_, name in menus(inspection).colleagues])


def colleague_of(needs: Mapping[Need, str]) -> int | None:
    given = needs.get(Need.COLLEAGUE, "")
    return int(given) if given.isdecimal() else None


def decided(found: Record, action: A) -> Response:
    """On with the list it was taken from, else to its own page."""
    flash(_("Done: %(action)s, %(number)s.", action=term(action), number=found.report.number), "done")
    return redirect(last_list() or url_for("triage.report_page", report_id=found.report.id))


def draw(template: str, form: VersionedForm, found: Record, action: A, **more: Any) -> Answer:
    kind, since, open_still, visit = "grave" if is_grave(action) else "primary", [], True, opened(found.report.id)
    if form.overtaken:
        found = record(current_actor(), found.report.id)
        since = found.since(form.look_again(found.report.version))
        open_still = any(offer.action == action for offer in found.offers)
    body = render_template(
        template, form=form, found=found, report=found.report, action=action, kind=kind, since=since,
        open_still=open_still, visit=visit, keys=told(IN_A_FORM), **more,
    )  # fmt: skip
    return body, form.status
