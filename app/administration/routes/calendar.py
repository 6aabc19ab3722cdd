"""Doors: the calendar of working days."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.administration import blueprint
from app.administration.forms.places import DayForm, YearForm
from app.administration.queries import calendar
from app.administration.routes.people import UNREADABLE, Answer
from app.administration.services import calendar as services
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound, Refused
from app.web.guards import current_actor, door


@blueprint.get("/administration/calendar")
@door(R.ADMINISTRATOR)
def calendar_years() -> Answer:
    return render_template("administration/calendar.html", rows=calendar.years())


@blueprint.route("/administration/calendar/<int(min=2015, max=2099):year>", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def calendar_year(year: int) -> Answer:
    found = calendar.year(year)
    form = YearForm(announced=found.announced, source=found.source)
    if form.submitted():
        try:
            services.announce_year(current_actor(), year, form.source.data or "", announced=bool(form.announced.data))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."), "done")
            return redirect(url_for(".calendar_year", year=year))
    page = render_template("administration/year.html", found=found, days=calendar.days(year), form=form)
    return page, UNREADABLE if form.errors else 200


@blueprint.route("/administration/calendar/day", methods=["GET", "POST"])
@door(R.ADMINISTRATOR)
def set_day() -> Answer:
    form = DayForm()
    if form.submitted():
        words = form.to_command()
        try:
            services.set_day(current_actor(), words)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."), "done")
            return redirect(url_for(".calendar_year", year=words.day.year))
    return render_template("administration/day.html", form=form), UNREADABLE if form.errors else 200


@blueprint.post("/administration/calendar/day/<text>/clear")
@door(R.ADMINISTRATOR)
def clear_day(text: str) -> Answer:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error
    services.clear_day(current_actor(), day)
    flash(_("This day is an ordinary day again."), "done")
    return redirect(url_for(".calendar_year", year=day.year))
