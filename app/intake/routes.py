"""The citizen's doors: the notice, the form, the receipt."""

from flask import Response, current_app, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import CITIZEN
from app.intake import blueprint
from app.intake.forms import ReportForm, plain_words
from app.intake.notice import facts_of, notice_of, stay, telephone_says
from app.intake.photographs import NotTaken
from app.intake.queries import photographs_waiting, what_follows
from app.intake.receipt import carried, carry, code_picture
from app.intake.services import Closed, keep_photographs, state_report
from app.kernel import clock
from app.kernel.errors import NotFound, Refused
from app.web.guards import public
from app.web.inspecting import NAMED, public_inspection, public_inspections
from app.web.language import sentence


@blueprint.get("/")
@public
def notice() -> str:
    """The notice of the inspection the address names; a short list when several teams are at work."""
    every = public_inspections()
    at_work = _open(every)
    if not every:
        return render_template("intake/nobody.html")
    if len(at_work) > 1 and NAMED not in request.args:
        return render_template("intake/choose.html", choices=[(one, facts_of(one)) for one in at_work])
    inspection = public_inspection()
    return render_template(
        "intake/notice.html",
        inspection=inspection,
        told=notice_of(inspection),
        facts=facts_of(inspection),
        stay=stay(inspection, clock.now()),
        telephone=telephone_says(inspection, clock.now()),
        answered=inspection.telephone_open(clock.now()),
        open=inspection.is_open(clock.today()),
        others=[(one, facts_of(one)) for one in at_work if one.id != inspection.id],
    )


@blueprint.route("/report", methods=["GET", "POST"])
@public
def state() -> Answer | str | tuple[str, int]:
    inspection = _inspection()
    if inspection is None:
        return _closed(None)
    form = ReportForm()
    form.prepare(inspection)
    if form.is_submitted():
        return _take(form, inspection)
    return _draw(form, inspection) if inspection.is_open(clock.today()) else _closed(inspection)


def _take(form: ReportForm, inspection: Inspection) -> Answer | str | tuple[str, int]:
    """Post, then 303 to the receipt. A form with an error keeps its good photographs and is drawn again."""
    house = _house()
    sent = form.sent_files(house.settings.max_file_bytes)
    if form.submitted():
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


@blueprint.get("/report/receipt")
@public
def receipt() -> str | tuple[str, int]:
    shown = carried(session)
    if shown is None:
        return render_template("intake/no_receipt.html"), 404
    return render_template(
        "intake/receipt.html",
        receipt=shown,
        following=what_follows(shown.inspection_id, shown.received_at),
        not_taken=_spoken(shown.not_taken),
    )


@blueprint.get("/report/receipt/code.svg")
@public
def receipt_code() -> Response:
    """The code as a picture, from the reader's own session: no address holds it, nothing may store it."""
    shown = carried(session)
    if shown is None:
        raise NotFound
    picture = make_response(code_picture(shown.query_code))
    picture.mimetype = "image/svg+xml"
    return picture


def _draw(form: ReportForm, inspection: Inspection, not_taken: tuple[NotTaken, ...] = ()) -> str:
    limits = _house().settings
    return render_template(
        "intake/report.html",
        form=form,
        plain=plain_words(),
        facts=facts_of(inspection),
        others=[(one, facts_of(one)) for one in _open(public_inspections()) if one.id != inspection.id],
        kept=photographs_waiting(form.own_key) if form.is_submitted() else 0,
        not_taken=_spoken(not_taken),
        most=limits.max_files,
        megabytes=limits.max_file_bytes // (1024 * 1024),
    )


def _closed(inspection: Inspection | None, form: ReportForm | None = None) -> str:
    """No form while nobody would read it: where to turn instead, and the words that were written, to copy."""
    words = [one for one in (form.description.data, form.place.data, form.polluter.data) if one] if form else []
    return render_template(
        "intake/closed.html",
        stay=stay(inspection, clock.now()) if inspection else "",
        others=[(one, facts_of(one)) for one in _open(public_inspections())],
        words=words,
    )


def _inspection() -> Inspection | None:
    """The one the form or the address names; a name nobody knows in a form must not cost anybody their words."""
    every, named = public_inspections(), request.form.get("inspection")
    found = next((one for one in every if one.code == named), None)
    return found or (public_inspection() if every else None)


def _open(every: list[Inspection]) -> list[Inspection]:
    return [one for one in every if one.is_open(clock.today())]


def _house() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found


def _spoken(not_taken: list[NotTaken] | tuple[NotTaken, ...]) -> list[tuple[str, str]]:
    return [(one.name, sentence(one.message, one.params)) for one in not_taken]
