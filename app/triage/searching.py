"""The door to searching all reports of an inspection: numbers, places, polluters and words."""

from flask import render_template

from app.triage import blueprint
from app.triage.queries.queue import menus
from app.triage.queries.search import search_reports
from app.triage.routes import TEAM
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.sought import read_sought


@blueprint.get("/search")
@door(*TEAM)
def search() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    sought = read_sought()
    results = search_reports(actor, inspection.id, sought) if sought.words else None
    return render_template("triage/search.html", sought=sought, results=results, areas=menus(inspection).areas)
