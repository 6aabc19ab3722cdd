"""The register of copies: a leaked page says its number, and the register whose it was."""

from flask import render_template, request

from app.batches import blueprint
from app.batches.queries.copies import READERS
from app.batches.queries.copies import copies as read_copies
from app.web.guards import current_actor, door


@blueprint.get("/copies")
@door(*READERS)
def copies() -> str:
    asked = request.args.get("number", "").strip()[:80]
    page = read_copies(current_actor(), asked, request.args.get("page", ""))
    return render_template("batches/copies.html", page=page, asked=asked)
