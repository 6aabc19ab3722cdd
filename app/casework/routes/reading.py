"""A case, and its versions side by side."""

from flask import render_template

from app.casework import blueprint
from app.casework.differences import differences
from app.casework.presenting import version_rows
from app.casework.queries.gate import seen, writes_at_the_gate
from app.casework.queries.page import case_page
from app.casework.routes.bars import KEYS, buttons_of, offered
from app.casework.routes.listing import READERS
from app.casework.routes.opening import opened, shown
from app.domain.workflow.vocabulary import CaseAction
from app.web.guards import current_actor, door
from app.web.keys import IN_A_RECORD, told


@blueprint.get("/<int:case_id>")
@door(*READERS)
def case(case_id: int) -> str:
    visit = opened(case_id)
    page = case_page(current_actor(), case_id)
    pressed = [(offer.action, KEYS[CaseAction(offer.action)]) for offer in offered(page) if offer.blocked is None]
    return render_template(
        "casework/case.html",
        page=page,
        visit=visit,
        seen=seen(current_actor(), case_id),
        gate_open=writes_at_the_gate(current_actor(), case_id),
        buttons=buttons_of(page),
        keys=told(IN_A_RECORD, pressed),
        **shown(page),
    )


@blueprint.get("/<int:case_id>/versions")
@door(*READERS)
def versions(case_id: int) -> str:
    page = case_page(current_actor(), case_id)
    return render_template(
        "casework/versions.html", page=page, differences=differences, rows=version_rows(page.versions)
    )
