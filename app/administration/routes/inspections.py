"""Doors: inspections, their settings and the texts of their notice pages."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.administration import blueprint
from app.administration.forms.inspections import InspectionForm, NewInspectionForm, TextsForm
from app.administration.forms.ladders import LadderForm
from app.administration.queries import places
from app.administration.routes.people import UNREADABLE, Answer
from app.administration.services import inspections as services
from app.domain.inspection import InspectionSettings
from app.domain.ladder import templates
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound, Refused
from app.web.guards import current_actor, door
from app.web.language import LANGUAGES, in_chinese, sentence
from app.web.telling import SPOKEN


def _localities() -> list[tuple[str, str]]:
    return [(one.code, one.zh if in_chinese() else one.en) for one in places.regions() if one.depth == 0]


@blueprint.get("/administration/inspections")
@door(R.ADMINISTRATOR)
def inspection_list() -> Answer:
    return render_template("administration/inspections.html", rows=places.inspections(), tongues=LANGUAGES.values())


@blueprint.route("/administration/inspections/new", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def new_inspection() -> Answer:
    form, settings = NewInspectionForm(), InspectionSettings()
    form.region.offer(_localities())
    if request.method == "GET":
        form.speak(settings)
    if form.submitted():
        try:
            services.create_inspection(current_actor(), form.to_command(form.code.data or "", settings))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The inspection has been added."), "done")
            return redirect(url_for(".inspection_list"))
    return render_template("administration/inspection.html", form=form, found=None), UNREADABLE if form.errors else 200


@blueprint.route("/administration/inspections/<int:inspection_id>", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def inspection(inspection_id: int) -> Answer:
    found = places.inspection(inspection_id)
    form = InspectionForm()
    form.region.offer(_localities())
    if request.method == "GET":
        form.speak(found.settings, found)
    if form.submitted():
        try:
            services.change_inspection(current_actor(), inspection_id, form.to_command(found.code, found.settings))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."), "done")
            return redirect(url_for(".inspection_list"))
    return render_template("administration/inspection.html", form=form, found=found), UNREADABLE if form.errors else 200


@blueprint.route("/administration/inspections/<int:inspection_id>/ladder", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def ladder(inspection_id: int) -> Answer:
    found, known = places.inspection(inspection_id), templates()
    form = LadderForm()
    if request.method == "GET":
        begun = known.get(request.args.get("template", ""))
        form.speak(begun.rungs if begun else found.settings.ladder)
    if form.submitted():
        try:
            services.change_ladder(current_actor(), inspection_id, form.to_rungs())
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The ladder has been saved. Cycles that have begun keep theirs."), "done")
            return redirect(url_for(".inspection", inspection_id=inspection_id))
    page = render_template("administration/ladder.html", form=form, found=found, templates=known.values())
    return page, UNREADABLE if form.errors else 200


@blueprint.route("/administration/inspections/<int:inspection_id>/texts/<code>", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def texts(inspection_id: int, code: str) -> Answer:
    found = places.inspection(inspection_id)
    if code not in LANGUAGES:
        raise NotFound
    form = TextsForm(data=found.settings.texts.get(code, {}))
    if form.submitted():
        services.change_texts(current_actor(), inspection_id, code, form.to_texts())
        flash(_("Saved."), "done")
        return redirect(url_for(".inspection_list"))
    spoken = LANGUAGES[code].label
    built_in = {name: sentence(words) for name, words in SPOKEN.items()}
    page = render_template("administration/texts.html", form=form, found=found, spoken=spoken, built_in=built_in)
    return page, UNREADABLE if form.errors else 200
