"""The form: drawn, sent, taken once."""

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response as Answer

from app.domain.inspection import Inspection
from app.domain.people import CITIZEN
from app.intake import blueprint
from app.intake.forms import ReportForm, plain_words
from app.intake.notice import facts_of, stay
from app.intake.photographs import NotTaken
from app.intake.queries import photographs_waiting
from app.intake.receipt import carry
from app.intake.routes.here import at_work, inspection_meant, installed, spoken
from app.intake.services import Closed, keep_photographs, state_report
from app.kernel import clock
from app.kernel.errors import Refused
from app.web.guards import public
from app.web.inspecting import public_inspections
from app.web.pressure import settle


@blueprint.route("/report", methods=["GET", "POST"])
@public
def state() -> Answer | str | tuple[str, int]:
    inspection = inspection_meant()
    if inspection is None:
        return _closed(None)
    form = ReportForm()
    form.prepare(inspection)
    if form.is_submitted():
        return _take(form, inspection)
    return _draw(form, inspection) if inspection.is_open(clock.today()) else _closed(inspection)


def _take(form: ReportForm, inspection: Inspection) -> Answer | str | tuple[str, int]:
    """Post, then 303 to the receipt. A form with an error keeps its good photographs and is drawn again."""
    house = installed()
    sent = form.sent_files(house.settings.max_file_bytes)
    if form.submitted():
        if waiting := settle(form.own_key, inspection.id):
            keep_photographs(house, CITIZEN, form.own_key, sent)
            return waiting
        try:
            carry(session, state_report(house, CITIZEN, form.to_command(inspection, sent)))
            return redirect(url_for("intake.receipt"), 303)
        except Closed:
            return _closed(inspection, form)
        except Refused as error:
            form.refuse(error)
    if not inspection.is_open(clock.today()):
        return _closed(inspection, form)
    not_taken = keep_photographs(house, CITIZEN, form.own_key, sent) if sent else ()
    return _draw(form, inspection, not_taken), 422


def _draw(form: ReportForm, inspection: Inspection, not_taken: tuple[NotTaken, ...] = ()) -> str:
    limits = installed().settings
    return render_template(
        "intake/report.html",
        form=form,
        plain=plain_words(),
        facts=facts_of(inspection),
        others=[(one, facts_of(one)) for one in at_work(public_inspections()) if one.id != inspection.id],
        kept=photographs_waiting(form.own_key) if form.is_submitted() else 0,
        not_taken=spoken(not_taken),
        most=limits.max_files,
        megabytes=limits.max_file_bytes // (1024 * 1024),
    )


def _closed(inspection: Inspection | None, form: ReportForm | None = None) -> str:
    """No form while nobody would read it: where to turn instead, and the words that were written, to copy."""
    words = [one for one in (form.description.data, form.place.data, form.polluter.data) if one] if form else []
    return render_template(
        "intake/closed.html",
        stay=stay(inspection, clock.now()) if inspection else "",
        others=[(one, facts_of(one)) for one in at_work(public_inspections())],
        words=words,
    )
