"""The door to searching cases: numbers, and the words that were handed over."""

from flask import render_template

from app.casework import blueprint
from app.casework.queries.listing import menus
from app.casework.queries.search import search_cases
from app.casework.routes.listing import READERS
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.named import named
from app.web.sought import read_sought


@blueprint.get("/search")
@door(*READERS)
def search() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    sought = read_sought()
    results = search_cases(actor, inspection.id, sought) if sought.words else None
    areas = menus(actor, inspection).areas
    return render_template("casework/search.html", sought=sought, results=results, areas=areas, named=named)
