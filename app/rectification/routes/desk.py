"""The desk: the list, what a cycle can be opened for, one cycle, its dossier, its photographs, what waits."""

import json
from collections.abc import Sequence
from io import BytesIO

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.rectification import CHECKLIST
from app.domain.workflow.vocabulary import Role as R
from app.rectification import blueprint, queries, services
from app.rectification.commands import OpenCycle, Wish
from app.rectification.forms import FilterForm
from app.rectification.routes import pages
from app.rectification.routes.doing import form_of
from app.web import pictures
from app.web.described import described, kept_file
from app.web.guards import current_actor, door
from app.web.home import Work
from app.web.inspecting import current_inspection

ROOM = (R.OFFICER, R.UNIT_LEADER, R.ACCEPTOR, R.COORDINATOR, R.INSPECTOR, R.LEADER, R.SUPERVISOR)
OPENERS = (R.INSPECTOR, R.COORDINATOR)
STAFF = "/staff/rectification"
JSON = "application/json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get(STAFF)
@door(*ROOM)
def index() -> str:
    actor = current_actor()
    form = FilterForm(request.args)
    wish = form.to_wish(request.args.get("page", ""))
    page, total = queries.listing(actor, current_inspection(actor), wish)
    opens = bool(actor.roles & set(OPENERS))
    return render_template("rectification/index.html", form=form, page=page, total=total, opens=opens, wish=wish)


@blueprint.get(STAFF + "/candidates")
@door(*OPENERS)
def candidates() -> str:
    actor = current_actor()
    wish = Wish(number=request.args.get("number", "").strip(), cursor=request.args.get("page", ""))
    page, total = queries.candidates(actor, current_inspection(actor), wish)
    return render_template("rectification/candidates.html", form=FilterForm(request.args), page=page, total=total)


@blueprint.post(STAFF + "/open")
@door(*OPENERS)
def begin() -> AnyResponse:
    cycle = services.open_cycle(current_actor(), OpenCycle(request.form.get("case_id", 0, type=int)))
    flash(_("The rectification has been opened; the unit now makes its plan."), "done")
    return redirect(url_for("rectification.show", cycle=cycle))


@blueprint.get(STAFF + "/<int:cycle>")
@door(*ROOM)
def show(cycle: int) -> str:
    view = queries.view(current_actor(), cycle)
    action = pages.signing(view)
    form = form_of(action, view) if action else None
    buttons = pages.action_buttons(view, leaving_out=action)
    return render_template(
        "rectification/show.html", view=view, form=form, action=action, buttons=buttons, pages=pages, lines=CHECKLIST
    )


@blueprint.get(STAFF + "/<int:cycle>/dossier")
@door(*ROOM)
def dossier(cycle: int) -> str:
    view = queries.view(current_actor(), cycle)
    return render_template("rectification/dossier.html", view=view, pages=pages, lines=CHECKLIST)


@blueprint.get(STAFF + "/<int:cycle>/signatures")
@door(*ROOM)
@described("The signatures of a cycle", answers={200: (JSON, "For `hotline signoff verify`.")}, tags=("files",))
def signatures(cycle: int) -> Response:
    content = queries.signature_file(current_actor(), cycle)
    name = f"{content['case']}-{content['cycle']}-signatures.json"
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype=JSON, headers=disposition)


@blueprint.get(STAFF + "/<int:cycle>/steps/<int:climb>/<int:position>")
@door(*ROOM)
@described("The printed form of a step", answers={200: (WORD, "A Word document.")}, tags=("files",))
def printed_step(cycle: int, climb: int, position: int) -> Response:
    content, name = queries.printed_step(current_actor(), cycle, climb, position)
    return send_file(BytesIO(content), WORD, as_attachment=True, download_name=name)


@blueprint.get(STAFF + "/<int:cycle>/pictures/<token>")
@door(*ROOM)
@kept_file
def picture(cycle: int, token: str) -> Response:
    files = current_app.extensions["installation"].files
    return pictures.picture(files, queries.picture(current_actor(), cycle, token))


def work(actor: Actor, inspection: Inspection) -> Sequence[Work]:
    """For the staff home page (app/web/home.py)."""
    waiting = queries.waiting_work(actor, inspection)
    return [Work(one.label, url_for("rectification.index", stand=one.stand), one.count, one.late) for one in waiting]
