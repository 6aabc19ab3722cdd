"""The officer at the gate: one page, that a telephone keeps and fills in without a network (static/js/gate)."""

from flask import Response, current_app, flash, redirect, render_template, send_from_directory, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.casework import blueprint, services
from app.casework.forms.gate import GateForm
from app.casework.queries.gate import place
from app.domain.workflow.vocabulary import Role as R
from app.kernel import clock
from app.kernel.errors import Refused
from app.web.described import Answer as Told
from app.web.described import described
from app.web.guards import current_actor, door
from app.web.language import sentence

WORKER, SCRIPT = "js/gate/worker.js", "text/javascript"


@blueprint.route("/gate/<int:case_id>", methods=["GET", "POST"])
@door(R.OFFICER)
def gate(case_id: int) -> Answer | str | tuple[str, int]:
    """Without a script an ordinary form. Pictures are kept even where the words cannot be taken yet."""
    actor, form = current_actor(), GateForm()
    here, key = place(actor, case_id), form.own_key()
    readable = form.submitted()
    if form.is_submitted() and not form.csrf_token.errors:
        house, words = current_app.extensions["installation"], form.to_pictures(case_id)
        for told in services.keep_field_pictures(actor, house, words) if words.contents else ():
            flash(sentence(told), "warning")
    elif not form.is_submitted():
        form.seen_at.data = clock.now()
    if readable:
        try:
            services.keep_field_record(actor, form.to_command(case_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The field record is kept."), "done")
            return redirect(url_for("casework.case", case_id=case_id))
    waiting = services.field_pictures_waiting(actor, case_id, key)
    page = render_template("casework/gate.html", form=form, here=here, waiting=waiting, who=actor.person_id)
    return page, 422 if form.errors else 200


@blueprint.post("/gate/<int:case_id>/picture")
@door(R.OFFICER)
@described(
    "A picture from the gate, sent before the words it belongs to",
    answers={204: Told("It is kept, or was before."), 422: ("text/plain", "Why it is not taken, in a sentence.")},
    tags=("evidence",),
)
def gate_picture(case_id: int) -> Response:
    form, house = GateForm(), current_app.extensions["installation"]
    told = services.keep_field_pictures(current_actor(), house, form.to_pictures(case_id))
    if told:
        return Response(sentence(told[0]), 422, mimetype="text/plain")
    return Response(status=204, mimetype="text/plain")


@blueprint.get("/gate/worker.js")
@door(R.OFFICER)
@described("What keeps the page at the gate on a telephone", answers={200: (SCRIPT, "The script.")}, tags=("evidence",))
def gate_worker() -> Response:
    """From here, because a service worker reaches no address above its own."""
    return send_from_directory(current_app.static_folder or "", WORKER, mimetype=SCRIPT)
