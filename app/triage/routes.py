"""Doors to the queue, to a report, and to the pictures that came with it."""

from typing import Any

from flask import current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.report import Channel
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Guard, ReportState
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock, text
from app.kernel.errors import N_
from app.triage import blueprint
from app.triage.queries.advising import advice
from app.triage.queries.queue import ASKED, TO_JUDGE, Filters, areas, counts, overdue, queue
from app.triage.queries.record import file_of, record
from app.triage.queries.repeats import possible_repeats
from app.web.acting import buttons
from app.web.described import SAFE_KINDS, described
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.pictures import for_the_team

TEAM = (R.INSPECTOR, R.LEADER, R.SUPERVISOR)
EVERY = "all"
HERE = frozenset({A.ACCEPT, A.REFER, A.MERGE, A.ASK, A.VOID, A.LAPSE, A.ACKNOWLEDGE, A.UNDO, A.CONCLUDE}) | {
    A.MARK_KEY,
    A.UNMARK_KEY,
}
"""The actions that have their door in this room; the desk and the reporter's own page have the others."""
ALREADY = frozenset({Guard.IS_KEY, Guard.NOT_KEY, Guard.NOT_ACKNOWLEDGED})
"""What has been done already is not offered as something that cannot be done."""


def waiting_work(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: reports to be judged, and those whose reporter did not answer in time."""
    held = actor.inspections(R.INSPECTOR)
    if held is not None and inspection.id not in held:
        return []
    standing, here = counts(actor, inspection.id), url_for("triage.queue_page")
    late = overdue(actor, inspection.id, clock.today())
    asked = url_for("triage.queue_page", state=str(ASKED))
    return [
        Work(N_("Reports to be judged"), here, standing[TO_JUDGE]),
        Work(N_("Reports whose reporter has not answered in time"), asked, late, late),
    ]


def read_filters() -> Filters:
    """What the address says; what it says wrongly is left out. Without a state: what is to be judged."""
    given = request.args
    state: ReportState | None = read_term(ReportState, given.get("state", ""), TO_JUDGE)
    return Filters(
        state=None if given.get("state") == EVERY else state,
        channel=read_term(Channel, given.get("channel", ""), None),
        area=given.get("area", ""),
        key=given.get("key") == "yes",
        number=text.one_line(given.get("number", "")).upper(),
    )


def read_term(vocabulary: Any, value: str, otherwise: Any) -> Any:
    return vocabulary(value) if value in set(vocabulary) else otherwise


@blueprint.get("/")
@door(*TEAM)
def queue_page() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    filters = read_filters()
    others = {name: value for name, value in request.args.items() if name in {"channel", "area", "key", "number"}}
    return render_template(
        "triage/queue.html",
        page=queue(actor, inspection.id, filters, request.args.get("page", "")),
        counts=counts(actor, inspection.id, filters),
        filters=filters,
        others=others,
        areas=areas(inspection),
        channels=list(Channel),
        every=EVERY,
        today=clock.today(),
    )


@blueprint.get("/report/<int:report_id>")
@door(*TEAM)
def report_page(report_id: int) -> str:
    found = record(current_actor(), report_id)
    offers = [offer for offer in found.offers if offer.action in HERE and offer.blocked not in ALREADY]

    def way(action: Term) -> str:
        return url_for("triage.judge", report_id=report_id, action=str(action))

    bar = buttons(offers, way, {"version": str(found.report.version)})
    repeats = possible_repeats(current_actor(), found.report)
    return render_template(
        "triage/report.html",
        found=found,
        report=found.report,
        buttons=bar,
        advice=advice(found.report, found.offers, repeats),
        suggested=repeats,
        may_merge=any(offer.action == A.MERGE and offer.blocked is None for offer in offers),
    )


@blueprint.get("/report/<int:report_id>/file/<token>")
@door(*TEAM)
@described(
    "A file of a report: its safe copy, or a document as it was received",
    answers={200: ((*SAFE_KINDS, "application/octet-stream"), "The file.")},
    tags=("files",),
)
def file(report_id: int, token: str) -> Response:
    house: Installation = current_app.extensions["installation"]
    return for_the_team(house, file_of(current_actor(), report_id, token))
