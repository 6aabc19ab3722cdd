"""The list, a case, its versions side by side, and what waits."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.casework import blueprint
from app.casework.differences import differences
from app.casework.forms import STANDINGS, FilterForm
from app.casework.presenting import figures_of, timeline_of
from app.casework.queries.listing import areas, list_cases
from app.casework.queries.page import CasePage, case_page
from app.casework.queries.waiting import MINE, next_work, overdue_count
from app.casework.routes.bars import buttons_of
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection
from app.web.keys import IN_A_LIST, told
from app.web.language import sentence
from app.web.lists import Column, keep_lists, own_list
from app.web.named import named, named_types

READERS = (R.COORDINATOR, R.OFFICER, R.UNIT_LEADER, R.INSPECTOR, R.LEADER, R.SUPERVISOR)
LATE = N_("Late cases")
COLUMNS = (
    Column("number", N_("Number")),
    Column("area", N_("Area")),
    Column("types", N_("Pollution types")),
    Column("words", N_("What was handed over")),
    Column("unit", N_("Lead unit")),
    Column("state", N_("State")),
    Column("due", N_("Feedback due")),
)
keep_lists(blueprint, "listing", READERS)


@blueprint.get("/")
@door(*READERS)
def listing() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    form = FilterForm(request.args)
    _offer_filters(form, actor, inspection.id)
    page, total = list_cases(actor, inspection.id, form.to_wishes(), request.args.get("page", ""))
    return render_template(
        "casework/list.html",
        form=form,
        page=page,
        total=total,
        own=own_list(blueprint, inspection.id, COLUMNS),
        keys=told(IN_A_LIST),
        named=named,
        named_types=named_types,
    )


@blueprint.get("/<int:case_id>")
@door(*READERS)
def case(case_id: int) -> str:
    page = case_page(current_actor(), case_id)
    return render_template("casework/case.html", page=page, buttons=buttons_of(page), **shown(page))


@blueprint.get("/<int:case_id>/versions")
@door(*READERS)
def versions(case_id: int) -> str:
    page = case_page(current_actor(), case_id)
    return render_template("casework/versions.html", page=page, differences=differences, figures_of=figures_of)


def _offer_filters(form: FilterForm, actor: Actor, inspection_id: int) -> None:
    here = [(one.code, named(one)) for one in areas(actor, inspection_id)]
    duties = next_work(actor, inspection_id)
    mine = [(MINE, _("Waiting for me"))] if duties else []
    by_name = [(one.duty.code, f"{sentence(one.duty.label)} ({one.count})") for one in duties]
    form.standing.offer(STANDINGS)
    form.area.offer([("", _("All areas")), *here])
    form.work.offer([("", _("All work")), *mine, *by_name])


def shown(page: CasePage) -> dict[str, Any]:
    """What templates need to say a case in the reader's language."""
    return {
        "area": named(page.area),
        "types": named_types(page.types),
        "entries": timeline_of(page.history),
        "figures_of": figures_of,
    }


def waiting_work(actor: Actor, inspection: Inspection) -> Sequence[Work]:
    """For the staff home page: duties of this actor, and for whoever only watches, what is late."""
    found = [
        Work(one.duty.label, url_for("casework.listing", work=one.duty.code), one.count, one.late)
        for one in next_work(actor, inspection.id)
    ]
    if actor.roles & set(READERS):
        late = overdue_count(actor, inspection.id)
        found.append(Work(LATE, url_for("casework.listing", late="y"), late, late))
    return found
