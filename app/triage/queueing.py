"""Doors to the queue: its views, its filters, its pages; and what of it waits, for the home page."""

from typing import Any

from flask import render_template, request, session, url_for
from flask_babel import gettext as _

from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.report import Channel
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock
from app.kernel.errors import N_
from app.triage import blueprint, filtering
from app.triage.presenting import row_cells
from app.triage.queries.filters import ME, NOBODY, UNSTATED, Filters, Order
from app.triage.queries.queue import count_each, menus, queue
from app.triage.queries.views import Preset, presets
from app.triage.routes import KEYS, LAST, TEAM
from app.triage.services import TOGETHER
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.keys import IN_A_LIST, told
from app.web.language import sentence
from app.web.lists import Column, keep_lists, own_list

HERE = "here"
AT_ONCE = frozenset(row.action for row in REPORT.rows if not row.needs)
"""Actions that ask for nothing: their key acts at once, also for a row that was not ticked."""
COLUMNS = (
    Column("number", N_("Number")),
    Column("received", N_("Received at")),
    Column("channel", N_("Came by")),
    Column("words", N_("What was reported")),
    Column("types", N_("Pollution types"), chosen=False),
    Column("area", N_("Area")),
    Column("place", N_("Place"), chosen=False),
    Column("polluter", N_("Who pollutes"), chosen=False),
    Column("state", N_("State")),
    Column("hands", N_("In whose hands")),
    Column("until", N_("Until")),
)

keep_lists(blueprint, "queue_page", TEAM)


@blueprint.get("/")
@door(*TEAM)
def queue_page() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    filters = filtering.read_filters(request.args)
    remember()
    views = presets(actor, inspection.id)
    counted = {one.code: one.filters for one in views if one.counted}
    own_cut = next((one.code for one in views if filtering.same(one.filters, filters)), HERE)
    if own_cut not in counted:
        counted[HERE] = filters
    counts, shown = count_each(actor, inspection.id, counted), bar(actor, inspection.id, filters)
    own = own_list(blueprint, inspection.id, COLUMNS)
    return render_template(
        "triage/queue.html",
        page=queue(actor, inspection.id, filters, request.args.get("page", "")),
        views=[
            (sentence(one.label), filtering.address_of(one.filters), counts.get(one.code), one.code == own_cut)
            for one in views
        ],
        total=counts[own_cut] if own_cut in counts else counts[HERE],
        filters=filters,
        heading=heading_of(views, own_cut),
        own=own,
        choices=choices(inspection, actor),
        bar=shown,
        at_once=AT_ONCE,
        keys=told(IN_A_LIST, [(action, key) for action, key, _many in shown]),
        row_cells=row_cells(clock.today(), {one.code for one in own.shown}),
        new=_("new"),
        overdue=_("Overdue"),
        **search_box(),
    )


def search_box() -> dict[str, str]:
    """Where the one box leads: to the search, which knows numbers, places, polluters and words."""
    return {"search": url_for("triage.search")}


def heading_of(views: list[Preset], cut: str) -> str:
    return next((sentence(one.label) for one in views if one.code == cut), _("Reports"))


def remember() -> None:
    """Which list was seen last, and on which page of it."""
    here = request.query_string.decode("utf-8", "replace")[:1000]
    if session.get(LAST) != here:
        session[LAST] = here


def choices(inspection: Inspection, actor: Actor) -> dict[str, Any]:
    """What each filter can be set to."""
    known, found = catalogue.types(), menus(inspection)
    people = [(str(id_), name) for id_, name in found.colleagues if id_ != actor.person_id]
    return {
        "states": list(ReportState),
        "every": filtering.EVERY,
        "channels": [one for one in Channel if one is not Channel.UNSTATED],
        "areas": found.areas,
        "unstated": UNSTATED,
        "types": [known[code] for code in inspection.settings.types if code in known],
        "people": people,
        "me": ME if R.INSPECTOR in actor.roles else "",
        "nobody": NOBODY,
        "orders": list(Order),
    }


def bar(actor: Actor, inspection_id: int, filters: Filters) -> list[tuple[A, str, bool]]:
    """What this actor can do with the reports of this cut: (action, its key, whether to many at once)."""
    held = {one.role for one in actor.appointments if one.inspection_id in {None, inspection_id}}
    here = REPORT.rows if filters.state is None else REPORT.rows_from(filters.state)
    open_to = {row.action for row in here if row.roles & held}
    return [(action, key, action in TOGETHER) for action, key in KEYS.items() if action in open_to]


def waiting_work(actor: Actor, inspection: Inspection) -> list[Work]:
    """For the home page: reports to be judged, and those whose reporter did not answer in time."""
    held = actor.inspections(R.INSPECTOR)
    if held is not None and inspection.id not in held:
        return []
    known = {one.code: one.filters for one in presets(actor, inspection.id)}
    asked_late = Filters(state=known["asked"].state, late=True)
    counts = count_each(actor, inspection.id, {"waiting": known["waiting"], "mine": known["mine"], "late": asked_late})

    def way(filters: Filters) -> str:
        asked = filtering.address_of(filters)
        return url_for("triage.queue_page") + (f"?{asked}" if asked else "")

    return [
        Work(N_("Reports to be judged"), way(known["waiting"]), counts["waiting"]),
        Work(N_("Reports in my hands"), way(known["mine"]), counts["mine"]),
        Work(N_("Reports whose reporter has not answered in time"), way(asked_late), counts["late"], counts["late"]),
    ]
