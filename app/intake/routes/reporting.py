"""The form: written, looked through once more, sent, and taken once."""

from dataclasses import replace

from flask import Response, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.wrappers import Response as Answer

from app.domain.evidence.keeping import keep_files
from app.domain.evidence.resting import NotTaken
from app.domain.inspection import Inspection
from app.domain.people import CITIZEN
from app.intake import blueprint
from app.intake.forms import ReportForm, form_for
from app.intake.receipt import carry
from app.intake.routes.drawn import draw, draw_check, draw_closed
from app.intake.routes.here import inspection_meant, installed
from app.intake.services import Closed, state_report
from app.kernel import clock, crypto
from app.kernel.errors import N_, Refused
from app.web import errors, kept
from app.web.drawn import Drawing, hand_out
from app.web.guards import public
from app.web.inspecting import NAMED
from app.web.language import sentence
from app.web.modes import SWITCH
from app.web.pressure import settle
from app.web.security import FROM_ELSEWHERE

CHECKED, CHANGE = "checked", "change"
"""The check page marks what it sends; its second button asks for the form again."""
EXPIRED = N_("The page had been open for a long time. Nothing is lost: please look it through and send it once more.")


@blueprint.route("/report", methods=["GET", "POST"])
@public
def state() -> Answer | str | tuple[str, int]:
    if request.method != "POST":
        return hand_out("report", _for_somebody, lambda: (generate_csrf(), crypto.random_token()))
    inspection = inspection_meant()
    return draw_closed(None) if inspection is None else _take(form_for(inspection), inspection)


def _for_somebody() -> Drawing:
    """The empty form, the same for everybody but for its token and its key; or why there is none."""
    inspection = inspection_meant()
    if inspection is None or not inspection.is_open(clock.today()):
        return draw_closed(inspection), ()
    key = crypto.random_token()
    return draw(form_for(inspection, key), inspection), (generate_csrf(), key)


@blueprint.get("/report/check")
@public
def check_again() -> Answer:
    """A page that was sent has no address to come back to: the form has."""
    return redirect(url_for("intake.state", inspection=request.args.get(NAMED)))


@blueprint.post("/report/check")
@public
def check() -> Answer | str | tuple[str, int]:
    """Everything that will be sent, to be read once more; nothing is kept yet but the files."""
    inspection = inspection_meant()
    if inspection is None:
        return draw_closed(None)
    form = form_for(inspection)
    not_taken = _keep_files(form)
    if not inspection.is_open(clock.today()):
        return draw_closed(inspection, form)
    if CHANGE in request.form:
        return draw(form, inspection, not_taken)
    if form.submitted():
        return draw_check(form, inspection, not_taken)
    return draw(form, inspection, not_taken), 200 if SWITCH in request.form else 422


def _take(form: ReportForm, inspection: Inspection) -> Answer | str | tuple[str, int]:
    """Post, then 303 to the receipt. A form with an error keeps its good files and is drawn again."""
    house = installed()
    if form.submitted():
        sent = form.sent_files()
        if waiting := settle(form.own_key, inspection.id, url_for("intake.receipt")):
            keep_files(house, CITIZEN, form.own_key, sent)
            return waiting
        try:
            receipt = state_report(house, CITIZEN, form.to_command(inspection, sent))
            carry(session, replace(receipt, not_taken=form.too_much() + receipt.not_taken))
            return redirect(url_for("intake.receipt"), 303)
        except Closed:
            return draw_closed(inspection, form)
        except Refused as error:
            form.refuse(error)
    not_taken = _keep_files(form)
    if not inspection.is_open(clock.today()):
        return draw_closed(inspection, form)
    if SWITCH in request.form and CHECKED in request.form:
        return draw_check(form, inspection, not_taken)
    return draw(form, inspection, not_taken), 200 if SWITCH in request.form else 422


@blueprint.errorhandler(CSRFError)
def expired(error: CSRFError) -> Response | tuple[str, int]:
    """A form whose session is gone (the browser was closed, the cookie thrown away) is drawn again with every word.

    Nothing is taken before it is sent from the page drawn here, with a token of its own. What a page of somebody
    else sent is none of ours, and its files are not kept.
    """
    inspection = inspection_meant()
    if request.endpoint not in {"intake.state", "intake.check"} or inspection is None or _from_elsewhere():
        return errors.on_expired(error)
    session.modified = True
    form = form_for(inspection)
    not_taken = _keep_files(form) if kept.from_here() else ()
    form.form_errors.append(sentence(EXPIRED))
    return draw(form, inspection, not_taken), 400


def _from_elsewhere() -> bool:
    return request.headers.get("Sec-Fetch-Site") in FROM_ELSEWHERE


def _keep_files(form: ReportForm) -> tuple[NotTaken, ...]:
    """Files that came with a page that is drawn again wait under the form's key: they need not be sent twice."""
    return form.too_much() + keep_files(installed(), CITIZEN, form.own_key, form.sent_files())
