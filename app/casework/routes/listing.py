"""The list of cases: its views, its filters, its pages; and what of it waits, for the home page."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from app.casework import blueprint, filtering
from app.casework.duties import duties_of
from app.casework.presenting import row_cells
from app.casework.queries.filters import STATES, Filters, Order, Standing
from app.casework.queries.listing import list_cases, menus, whole_ledger
from app.casework.queries.views import presets
from app.casework.queries.waiting import LATE, count_each, next_work
from app.casework.routes.bars import presses
from app.domain import catalogue
from app.domain.case import Verdict
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_
from app.web.cuts import with_counts
from app.web.described import described
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.keys import IN_A_LIST, told
from app.web.language import term
from app.web.lists import Column, keep_lists, own_list, remember
from app.web.named import named
from app.web.printed import KINDS, TABLE_ANSWERS, send_table

READERS = (R.COORDINATOR, R.OFFICER, R.UNIT_LEADER, R.INSPECTOR, R.LEADER, R.SUPERVISOR)
COLUMNS = (
    Column("number", N_("Number")),
    Column("area", N_("Area")),
    Column("types", N_("Pollution types")),
    Column("words", N_("What was handed over")),
    Column("unit", N_("Lead unit")),
    Column("state", N_("State")),
    Column("due", N_("Feedback due")),
    Column("verdict", N_("Verdict"), chosen=False),
    Column("batch", N_("Batch"), chosen=False),
    Column("handed", N_("Handed over"), chosen=False),
)
keep_lists(blueprint, "listing", READERS)


@blueprint.get("/")
@door(*READERS)
def listing() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    filters = filtering.read_filters(request.args)
    remember(blueprint.name)
    bar = presses(actor, inspection.id, filters)
    own = own_list(blueprint, inspection.id, COLUMNS)
    return render_template(
        "casework/list.html",
        page=list_cases(actor, inspection.id, filters, request.args.get("page", "")),
        here=url_for("casework.listing"),
        filters=filters,
        own=own,
        menus=choices(inspection, actor),
        orders=[(one, term(one)) for one in Order],
        ticked=[("key", _("Key reports")), ("late", _("Late")), ("lead", _("As lead unit only"))]
        + [("mine", _("Waiting for me"))] * bool(duties_of(actor, inspection.id)),
        bar=bar,
        search=url_for("casework.search"),
        files=[(kind, url_for("casework.ledger", kind=kind)) for kind in KINDS],
        keys=told(IN_A_LIST, [(one.action, one.key) for one in bar]),
        cells_of=row_cells({one.code for one in own.shown}),
        **with_counts(
            presets(actor, inspection.id),
            filters,
            lambda views: count_each(actor, inspection.id, views),
            filtering.STANDARD,
            _("Cases"),
        ),
    )


@blueprint.get("/ledger.<any(xlsx, docx, pdf, csv, json):kind>")
@door(*READERS)
@described("The cases one may see, with their days and how late they are, as a file", answers=TABLE_ANSWERS)
def ledger(kind: str) -> Response:
    actor = current_actor()
    return send_table(whole_ledger(actor, current_inspection(actor)), kind)


def choices(inspection: Inspection, actor: Actor) -> list[tuple[str, str, list[tuple[Any, str]]]]:
    """What each filter can be set to: its name, its label, and (value, word)."""
    known, found = catalogue.types(), menus(actor, inspection)
    types = [known[code] for code in inspection.settings.types if code in known]
    units = ("unit", _("Unit"), [(one.id, one.name) for one in found.units])
    return [
        ("state", _("State"), [(one, term(one)) for one in (*Standing, *STATES)]),
        ("area", _("Area"), [(one.code, named(one)) for one in found.areas]),
        ("type", _("Pollution types"), [(one.code, named(one)) for one in types]),
        *([units] if found.units else []),
        ("verdict", _("Verdict"), [(one, term(one)) for one in Verdict]),
    ]


def waiting_work(actor: Actor, inspection: Inspection) -> Sequence[Work]:
    """For the staff home page: what waits for this actor, and what is late of all they may see. One statement."""
    if not actor.roles & set(READERS):
        return []
    waiting, late = next_work(actor, inspection.id)
    found = [Work(one.duty.state, way(one.filters), one.count, one.late) for one in waiting]
    return [*found, Work(N_("Late cases"), way(LATE), late, late)]


def way(filters: Filters) -> str:
    asked = filtering.address_of(filters)
    return url_for("casework.listing") + (f"?{asked}" if asked else "")
