"""A case, and its versions side by side."""

from typing import Any

from flask import render_template

from app.casework import blueprint
from app.casework.differences import differences
from app.casework.presenting import figures_of, timeline_of
from app.casework.queries.page import CasePage, case_page
from app.casework.routes.bars import buttons_of
from app.casework.routes.listing import READERS
from app.web.guards import current_actor, door
from app.web.named import named, named_types


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


def shown(page: CasePage) -> dict[str, Any]:
    """What templates need to say a case in the reader's language."""
    return {
        "area": named(page.area),
        "types": named_types(page.types),
        "entries": timeline_of(page.history),
        "figures_of": figures_of,
    }
