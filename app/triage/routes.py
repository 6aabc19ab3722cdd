"""Doors to a report, and to the pictures that came with it."""

from flask import current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.installation import Installation
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Guard
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel import crypto
from app.triage import blueprint, services
from app.triage.queries.advising import advice
from app.triage.queries.record import file_of, record
from app.triage.queries.repeats import possible_repeats
from app.triage.queries.views import DECIDES
from app.web import lists
from app.web.acting import buttons
from app.web.described import SAFE_KINDS, described
from app.web.guards import current_actor, door
from app.web.keys import IN_A_RECORD, told
from app.web.pictures import for_the_team

TEAM = (R.INSPECTOR, R.LEADER, R.SUPERVISOR)
HERE = frozenset({A.ACCEPT, A.REFER, A.MERGE, A.ASK, A.VOID, A.LAPSE, A.ACKNOWLEDGE, A.UNDO, A.CONCLUDE}) | {
    A.MARK_KEY, A.UNMARK_KEY, A.TAKE, A.HAND_ON, A.RELEASE,
}  # fmt: skip
"""The actions that have their door in this room; the desk and the reporter's own page have the others."""
ALREADY = frozenset({Guard.IS_KEY, Guard.NOT_KEY, Guard.NOT_ACKNOWLEDGED, Guard.IN_HAND, Guard.NOT_IN_HAND})
"""What has been done already is not offered as something that cannot be done."""
KEYS: dict[A, str] = {
    A.ACCEPT: "a",
    A.REFER: "r",
    A.MERGE: "m",
    A.ASK: "q",
    A.VOID: "v",
    A.TAKE: "t",
    A.HAND_ON: "h",
    A.RELEASE: "b",
    A.MARK_KEY: "i",
    A.UNMARK_KEY: "i",
    A.LAPSE: "l",
    A.ACKNOWLEDGE: "g",
    A.UNDO: "z",
    A.CONCLUDE: "c",
}
"""The key that stands for each action, in the queue and on a report's page (app/static/js/list.js)."""


@blueprint.get("/report/<int:report_id>")
@door(*TEAM)
def report_page(report_id: int) -> str:
    actor, visit = current_actor(), opened(report_id)
    found = record(actor, report_id)
    offers = [offer for offer in found.offers if offer.action in HERE and offer.blocked not in ALREADY]

    def way(action: Term) -> str:
        return url_for("triage.judge", report_id=report_id, action=str(action))

    keys = {str(action): key for action, key in KEYS.items()}
    bar = buttons(offers, way, {"version": str(found.report.version)}, keys)
    repeats = possible_repeats(actor, found.report)
    pressed = [(offer.action, keys[str(offer.action)]) for offer in offers if offer.blocked is None]
    return render_template(
        "triage/report.html", found=found, report=found.report, buttons=bar, visit=visit, back=last_list(),
        keys=told(IN_A_RECORD, pressed), advice=advice(found.report, found.offers, repeats), suggested=repeats,
        may_merge=any(offer.action == A.MERGE and offer.blocked is None for offer in offers),
    )  # fmt: skip


def last_list() -> str | None:
    return lists.last_list(blueprint.name, "queue_page")


def opened(report_id: int) -> str:
    """Note that whoever may decide has it open; gives the name of this visit, "" for those who only read."""
    actor = current_actor()
    if not actor.roles & DECIDES:
        return ""
    visit = crypto.random_token()[:16]
    services.open_report(actor, report_id, visit)
    return visit


@blueprint.post("/report/<int:report_id>/left")
@door(R.INSPECTOR, R.LEADER)
def left(report_id: int) -> Response:
    """A page says that it is being left (app/static/js/list.js); nobody reads the answer."""
    services.leave_report(current_actor(), report_id, request.form.get("visit", "")[:16])
    return Response(status=204)


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
