"""What a sign-off rests on: evidence line by line, the same fault elsewhere; and the dossier as one archive."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.domain.rectification import CHECKLIST
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel import crypto
from app.kernel.errors import Refused
from app.rectification import blueprint, queries, services
from app.rectification.commands import Picture
from app.rectification.proving import FaultForm, GatherForm
from app.rectification.routes.doing import GET_POST, PATH, refuse_closed, view_of
from app.rectification.routes.planning import READERS
from app.web.described import PROBLEMS, Answer, described
from app.web.guards import current_actor, door

ZIP = "application/zip"
ARCHIVE = {
    200: Answer("The whole case as one archive, a copy under a number of its own.", {ZIP: {}}),
    422: Answer("It cannot be made.", PROBLEMS),
}


@blueprint.route(PATH + "/checklist/<any(measures, punished, effect, elsewhere, lasting):line>", methods=GET_POST)
@door(R.OFFICER, R.COORDINATOR)
def gather(cycle: int, line: str) -> Any:
    view = view_of(cycle)
    refuse_closed(view, A.GATHER)
    form = GatherForm(data={"version": view.version, "key": crypto.random_token()})
    if form.submitted() and _gathered(form, cycle, line):
        flash(_("The evidence has been kept."), "done")
        return redirect(url_for("rectification.show", cycle=cycle))
    kept = services.pictures_kept(current_actor(), form.key.data or "")
    page = render_template("rectification/gather.html", form=form, view=view, line=CHECKLIST[line], kept=kept)
    return page, 422 if form.errors else 200


def _gathered(form: GatherForm, cycle: int, line: str) -> bool:
    actor, house = current_actor(), current_app.extensions["installation"]
    try:
        sent = [Picture(file.filename or "", file.read()) for file in form.pictures.data]
        services.keep_pictures(house, actor, form.key.data or "", sent)
        services.gather(actor, form.to_command(cycle, line))
    except Refused as error:
        form.refuse(error)
        return False
    return True


@blueprint.get(PATH + "/elsewhere")
@door(*READERS)
def elsewhere(cycle: int) -> str:
    actor = current_actor()
    view, found = queries.view(actor, cycle), queries.alike(actor, cycle)
    return render_template("rectification/elsewhere.html", view=view, found=found)


@blueprint.route(PATH + "/elsewhere/<int:case_id>", methods=GET_POST)
@door(R.COORDINATOR, R.INSPECTOR)
def decide_fault(cycle: int, case_id: int) -> Any:
    view = view_of(cycle)
    other = queries.one_alike(current_actor(), cycle, case_id)
    refuse_closed(view, A.CONFIRM_SAME)
    form = FaultForm(data={"version": view.version})
    if form.submitted():
        try:
            services.decide_fault(current_actor(), form.to_command(cycle, case_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The decision has been kept with its reason."), "done")
            return redirect(url_for("rectification.elsewhere", cycle=cycle))
    page = render_template("rectification/fault.html", form=form, view=view, other=other)
    return page, 422 if form.errors else 200


@blueprint.post(PATH + "/dossier/copy")
@door(*READERS)
@described("The dossier of a case as one archive", answers=ARCHIVE, tags=("files",))
def take_dossier(cycle: int) -> Response:
    taken = services.take_dossier(current_app.extensions["installation"], current_actor(), cycle)
    response = Response(taken.pieces, mimetype=ZIP)
    response.headers.set("Content-Disposition", "attachment", filename=f"{taken.name}-{taken.number}.zip")
    return response
