"""The door to searching what a clerk took down themselves."""

from flask import render_template

from app.desk import blueprint, queries
from app.domain.workflow.vocabulary import Role as R
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.sought import read_sought


@blueprint.get("/search")
@door(R.CLERK)
def search() -> str:
    actor = current_actor()
    inspection = current_inspection(actor)
    sought = read_sought()
    results = queries.search_own(actor, inspection.id, sought) if sought.words else None
    return render_template("desk/search.html", sought=sought, results=results, areas=queries.areas(inspection))
