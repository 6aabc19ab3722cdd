"""Doors: the tree of units, and the regions it answers for."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.administration import blueprint
from app.administration.forms.places import NewUnitForm, UnitForm
from app.administration.queries import places
from app.administration.routes.people import UNREADABLE, Answer
from app.administration.services import units as services
from app.domain.people import UnitKind
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import Refused
from app.web.guards import current_actor, door
from app.web.language import in_chinese


def _region_choices() -> list[tuple[str, str]]:
    return [(one.code, "　" * one.depth + (one.zh if in_chinese() else one.en)) for one in places.regions()]


@blueprint.get("/administration/units")
@door(R.ADMINISTRATOR)
def unit_list() -> Answer:
    return render_template("administration/units.html", rows=places.units())


@blueprint.get("/administration/regions")
@door(R.ADMINISTRATOR)
def region_list() -> Answer:
    return render_template("administration/regions.html", rows=places.regions())


@blueprint.route("/administration/units/new", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def new_unit() -> Answer:
    form = NewUnitForm(active=True)
    form.region.offer(_region_choices())
    form.parent.offer([(one.id, "　" * one.depth + one.name) for one in places.units() if one.active])
    if request.method == "GET":
        form.parent.data = request.args.get("below", type=int)
    if form.submitted():
        try:
            services.create_unit(current_actor(), form.to_command(form.code.data or "", form.parent.data))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The unit has been added."), "done")
            return redirect(url_for(".unit_list"))
    return render_template("administration/unit.html", form=form, found=None), UNREADABLE if form.errors else 200


@blueprint.route("/administration/units/<int:unit_id>", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def unit(unit_id: int) -> Answer:
    found = places.unit(unit_id)
    form = UnitForm(
        name=found.name, short=found.short, kind=UnitKind(found.kind), region=found.region_code, active=found.active
    )
    form.region.offer(_region_choices())
    if form.submitted():
        try:
            services.change_unit(current_actor(), unit_id, form.to_command(found.code))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."), "done")
            return redirect(url_for(".unit_list"))
    return render_template("administration/unit.html", form=form, found=found), UNREADABLE if form.errors else 200
