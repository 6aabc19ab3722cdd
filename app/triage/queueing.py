"""Doors to the queue: its views, its filters, its pages; and what of it waits, for the home page."""

from flask import render_template, request, url_for
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
from app.triage.queries.views import presets
from app.triage.routes import KEYS, TEAM
from app.triage.services import TOGETHER
from app.web.cuts import with_counts
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.keys import IN_A_LIST, told
from app.web.language import term
from app.web.lists import Column, Press, keep_lists, own_list, remember
from app.web.named import named

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
    remember(blueprint.name)
    shown = bar(actor, inspection.id, filters)
    own = own_list(blueprint, inspection.id, COLUMNS)
    return render_template(
        "triage/queue.html",
        page=queue(actor, inspection.id, filters, request.args.get("page", "")),
        here=url_for("triage.queue_page"),
        filters=filters,
        own=own,
        menus=choices(inspection, actor),
        orders=[(one, term(one)) for one in Order],
        bar=shown,
        keys=told(IN_A_LIST, [(one.action, one.key) for one in shown]),
        row_cells=row_cells(clock.today(), {one.code for one in own.shown}),
        new=_("new"),
        overdue=_("Overdue"),
        search=url_for("triage.search"),
        **with_counts(
            presets(actor, inspection.id),
            filters,
            lambda views: count_each(actor, inspection.id, views),
            filtering.STANDARD,
            _("Reports"),
        ),
    )


def choices(inspection: Inspection, actor: Actor) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What each filter can be set to: its name, its label, and (value, word)."""
    known, found = catalogue.types(), menus(inspection)
    me = [(ME, _("Mine"))] if R.INSPECTOR in actor.roles else []
    people = [(str(id_), name) for id_, name in found.colleagues if id_ != actor.person_id]
    channels = [one for one in Channel if one is not Channel.UNSTATED]
    types = [known[code] for code in inspection.settings.types if code in known]
    return [
        ("state", _("State"), [(filtering.EVERY, _("All")), *((one, term(one)) for one in ReportState)]),
        ("channel", _("Came by"), [(one, term(one)) for one in channels]),
        ("area", _("Area"), [*((one.code, named(one)) for one in found.areas), (UNSTATED, _("Not stated"))]),
        ("type", _("Pollution types"), [(one.code, named(one)) for one in types]),
        ("assigned", _("In whose hands"), [*me, (NOBODY, _("Nobody's")), *people]),
    ]


def bar(actor: Actor, inspection_id: int, filters: Filters) -> list[Press]:
    """What this actor can do with the reports of this cut."""
    held = {one.role for one in actor.appointments if one.inspection_id in {None, inspection_id}}
    here = REPORT.rows if filters.state is None else REPORT.rows_from(filters.state)
    open_to = {row.action for row in here if row.roles & held}

    def press(action: A, key: str) -> Press:
        many = url_for("triage.together", action=action) if action in TOGETHER else ""
        return Press(action, key, f"do/{action}", many, now=action in AT_ONCE)

    return [press(action, key) for action, key in KEYS.items() if action in open_to]


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
