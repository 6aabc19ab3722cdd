"""Doors to what is being written: kept as typed, taken up again, discarded; and its scans while it waits."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.desk import blueprint, queries, services
from app.desk.forms import FORMS
from app.desk.forms.entry import KEY, LEFT_OUT
from app.desk.routes import house
from app.domain.draft import in_order
from app.domain.evidence.resting import SentFile
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock
from app.kernel.errors import NotFound, Stale
from app.web.described import SAFE_KINDS, described
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.language import sentence
from app.web.pictures import for_the_team

MOST_TYPED = 100_000
WHOLE = {"type": "object", "required": ["draft", "saved"], "properties": {"draft": {"type": ["integer", "null"]}}}


@blueprint.post("/draft/<kind>")
@door(R.CLERK)
@described(
    "Keep what was typed so far, and the files that were chosen meanwhile",
    answers={200: ("application/json", "The draft, when it was kept, and files that could not be taken.", WHOLE)},
    tags=("drafts",),
)
def save(kind: str) -> Response:
    """For the script of the form. The form's own key comes with it, in the body."""
    key = request.form.get("key", "")
    if kind not in FORMS or not KEY.fullmatch(key):
        raise NotFound
    actor = current_actor()
    typed = in_order(request.form.items(multi=True), LEFT_OUT)
    if sum(len(value) for _name, value in typed) > MOST_TYPED:
        raise NotFound
    files = tuple(SentFile(one.filename or "", stream=one.stream) for one in request.files.getlist("scans") if one)
    try:
        draft = services.save_draft(house(), actor, current_inspection(actor).id, kind, key, typed)
    except Stale:  # kept meanwhile: whoever pressed a key too many need not hear of it
        return jsonify(draft=None, saved="", refused=[])
    refused = services.keep_scans(house(), actor, key, files)
    told = [{"name": one.name, "why": sentence(one.message, one.params)} for one in refused]
    return jsonify(draft=draft, saved=f"{clock.local(clock.now()):%H:%M:%S}", refused=told)


@blueprint.post("/draft/<int:draft_id>/discard")
@door(R.CLERK)
def discard(draft_id: int) -> Response:
    services.discard(house(), current_actor(), draft_id)
    flash(_("What was begun has been discarded."), "done")
    return redirect(url_for("desk.entries"))


@blueprint.get("/draft/<int:draft_id>/scans")
@door(R.CLERK)
def draft_scans(draft_id: int) -> str:
    """A page of its own for a second window; the script of the form takes the scans from it."""
    draft = queries.draft(house(), current_actor(), draft_id)
    return render_template("desk/scans.html", draft=draft.id, scans=queries.waiting_scans(draft.key))


@blueprint.get("/draft/<int:draft_id>/file/<token>")
@door(R.CLERK)
@described(
    "A file that waits for an entry that is being written: its safe copy, or a document as it was received",
    answers={200: ((*SAFE_KINDS, "application/octet-stream"), "The file.")},
    tags=("files",),
)
def draft_file(draft_id: int, token: str) -> Response:
    return for_the_team(house(), queries.waiting_file(house(), current_actor(), draft_id, token))
