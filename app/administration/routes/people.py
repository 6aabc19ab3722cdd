"""Doors: people, appointments, one-time passwords."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.administration import blueprint
from app.administration.forms.people import AppointForm, NewPersonForm, PersonForm
from app.administration.queries import people, places
from app.administration.services import people as services
from app.domain.workflow.vocabulary import Role as R
from app.kernel import text
from app.kernel.errors import Refused
from app.web.guards import current_actor, door

Answer = Response | str | tuple[str, int]
UNREADABLE = 422


@blueprint.get("/administration")
@door(R.ADMINISTRATOR)
def people_list() -> Answer:
    words = text.one_line(request.args.get("q", ""))
    page, total = people.people(words, request.args.get("page", ""))
    return render_template("administration/people.html", page=page, total=total, words=words)


@blueprint.route("/administration/people/new", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def new_person() -> Answer:
    form = NewPersonForm()
    if form.submitted():
        try:
            account = services.create_person(current_actor(), form.to_command())
        except Refused as error:
            form.refuse(error)
        else:
            return _show_once(account)
    return render_template("administration/new_person.html", form=form), UNREADABLE if form.errors else 200


@blueprint.route("/administration/people/<int:person_id>", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def person(person_id: int) -> Answer:
    found = people.person(person_id)
    form = PersonForm(name=found.name, active=found.active)
    if form.submitted():
        try:
            services.change_person(current_actor(), form.to_command(person_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."), "done")
            return redirect(url_for(".person", person_id=person_id))
    return render_template("administration/person.html", found=found, form=form), UNREADABLE if form.errors else 200


@blueprint.post("/administration/people/<int:person_id>/password")
@door(R.ADMINISTRATOR)
def reset_password(person_id: int) -> Answer:
    return _show_once(services.reset_password(current_actor(), person_id))


def _show_once(account: services.NewAccount) -> str:
    """The answer to the form itself, not a page that could be fetched again."""
    found = people.person(account.person_id)
    return render_template("administration/one_time.html", found=found, one_time=account.password)


@blueprint.route("/administration/people/<int:person_id>/appoint", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def appoint(person_id: int) -> Answer:
    found = people.person(person_id)
    form = AppointForm()
    form.inspection.offer([(one.id, one.title) for one in places.inspections()])
    form.unit.offer([(one.id, "　" * one.depth + one.name) for one in places.units() if one.active])
    if form.submitted():
        try:
            services.appoint(current_actor(), form.to_command(person_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("%(name)s has been appointed.", name=found.name), "done")
            return redirect(url_for(".person", person_id=person_id))
    return render_template("administration/appoint.html", found=found, form=form), UNREADABLE if form.errors else 200


@blueprint.post("/administration/people/<int:person_id>/appointments/<int:appointment_id>/end")
@door(R.ADMINISTRATOR)
def end_appointment(person_id: int, appointment_id: int) -> Answer:
    services.end_appointment(current_actor(), person_id, appointment_id)
    flash(_("The appointment has ended."), "done")
    return redirect(url_for(".person", person_id=person_id))
