"""The documents of a batch: as they stand, asked for, and taken as a copy, which is entered in the register."""

from io import BytesIO

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.batches import blueprint, services
from app.batches.forms import SeenForm
from app.batches.queries.papers import papers as read_papers
from app.batches.routes.days import TEAM
from app.domain.papers.copying import Copy
from app.domain.papers.paper import PaperKind
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock
from app.web.described import PROBLEMS, Answer, described
from app.web.guards import current_actor, door
from app.web.language import sentence

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
MEDIA = tuple(one.partition(";")[0] for one in TYPES.values())
COPIES = {
    200: Answer("A copy under a number of its own.", {one: {} for one in MEDIA}),
    422: Answer("It is not ready yet.", PROBLEMS),
}


@blueprint.get("/<int:batch_id>/documents")
@door(*TEAM, R.COORDINATOR)
def documents(batch_id: int) -> str:
    actor = current_actor()
    found = read_papers(actor, batch_id)
    may_make = found.team and bool(actor.roles & {R.INSPECTOR, R.LEADER})
    return render_template("batches/documents.html", found=found, may_make=may_make, now=clock.now(), told=sentence)


@blueprint.post("/<int:batch_id>/documents")
@door(R.INSPECTOR, R.LEADER)
def make_documents(batch_id: int) -> Response:
    if SeenForm().submitted():
        services.ask_for_papers(current_app.extensions["installation"], current_actor(), batch_id)
        flash(_("The documents are being made."), "done")
    return redirect(url_for("batches.documents", batch_id=batch_id))


@blueprint.post("/<int:batch_id>/documents/<any(orders, letter, list, counts, kinds, bulletin):kind>")
@door(*TEAM, R.COORDINATOR)
@described("A copy of a document of a batch", answers=COPIES, tags=("files",))
def take_document(batch_id: int, kind: str) -> Response:
    if not SeenForm().submitted():
        return redirect(url_for("batches.documents", batch_id=batch_id))
    return _sent(
        services.take_paper(current_app.extensions["installation"], current_actor(), batch_id, PaperKind(kind))
    )


@blueprint.post("/cases/<int:case_id>/order")
@door(*TEAM, R.COORDINATOR, R.OFFICER, R.UNIT_LEADER)
@described("A copy of one case's order", answers=COPIES, tags=("files",))
def take_order(case_id: int) -> Response:
    """One case's order, for whoever answers for the case."""
    if not SeenForm().submitted():
        return redirect(url_for("batches.listing"))
    return _sent(services.take_order(current_app.extensions["installation"], current_actor(), case_id))


def _sent(copy: Copy) -> Response:
    name = f"{copy.name}-{copy.number}.{copy.ending}"
    return send_file(BytesIO(copy.content), TYPES[copy.ending], as_attachment=True, download_name=name)
