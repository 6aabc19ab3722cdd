"""The door to a matter: every report of it."""

from flask import render_template

from app.triage import blueprint
from app.triage.queries.matters import matter_of
from app.triage.routes import TEAM
from app.web.guards import current_actor, door


@blueprint.get("/report/<int:report_id>/matter")
@door(*TEAM)
def matter(report_id: int) -> str:
    return render_template("triage/matter.html", found=matter_of(current_actor(), report_id))
