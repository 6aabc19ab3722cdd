"""The doors of whoever holds a query code: enter it, read, say something, leave."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.people import CITIZEN, Actor
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, NotAllowed, Refused
from app.tracking import blueprint, services
from app.tracking.forms import AddForm, AnswerForm, CodeForm, RateForm, WithdrawForm
from app.tracking.holding import held, hold, let_go
from app.tracking.queries import offered, own_report, report_of_code
from app.tracking.rows import OwnReport
from app.web.acting import Button, buttons
from app.web.guards import public
from app.web.language import sentence
from app.web.named import named

WRONG = N_("No report opens with this code. Please compare it with your receipt, character by character.")


@dataclass(frozen=True)
class Doing:
    """One thing the reporter may do: its form, its service, and what is said on the way and afterwards (msgids)."""

    form: type[Any]
    service: Callable[[Actor, Any], None]
    title: str
    lead: str
    button: str
    done: str


DOINGS = {
    A.ANSWER: Doing(
        AnswerForm, services.answer, N_("The team's question"), "", N_("Send the answer"),
        N_("Thank you. The team has your answer."),
    ),
    A.ADD: Doing(
        AddForm, services.add, N_("Add to your report"),
        N_("Your first words stay as they are; what you write here is put beside them."),
        N_("Add this"), N_("Thank you. It has been added to your report."),
    ),
    A.WITHDRAW: Doing(
        WithdrawForm, services.withdraw, N_("Withdraw the report"),
        N_("Nothing more is then done about it. This cannot be undone; you may report again at any time."),
        N_("Withdraw it"), N_("Your report has been withdrawn."),
    ),
    A.RATE: Doing(
        RateForm, services.rate, N_("What do you think of the answer?"),
        N_("You can say so once. Those who gave the answer do not get your words."),
        N_("Send my opinion"), N_("Thank you. It has been noted."),
    ),
}  # fmt: skip


@blueprint.get("/track")
@public
def enter() -> str:
    return render_template("tracking/enter.html", form=CodeForm(), held=held(session) is not None)


@blueprint.post("/track")
@public
def unlock() -> Response | tuple[str, int]:
    """The code comes in a form, never in an address; from here on the session knows the report by its id."""
    form = CodeForm()
    if form.submitted():
        report_id = report_of_code(current_app.extensions["installation"], form.query_code.data or "")
        if report_id is not None:
            hold(session, report_id)
            return redirect(url_for("tracking.report"), 303)
        form.query_code.errors = [sentence(WRONG)]
    return render_template("tracking/enter.html", form=form, held=False), 422


@blueprint.get("/track/report")
@public
def report() -> str | Response:
    report_id = held(session)
    if report_id is None:
        return _enter_again()
    hold(session, report_id)
    own = own_report(report_id)
    return render_template(
        "tracking/report.html",
        report=own,
        form=AnswerForm() if own.asked else None,
        buttons=_bar(own),
        named=named,
        told=sentence,
    )


@blueprint.route("/track/report/<any(answer, add, withdraw, rate):doing>", methods=["GET", "POST"])
@public
def say(doing: str) -> str | Response | tuple[str, int]:
    report_id = held(session)
    if report_id is None:
        return _enter_again()
    hold(session, report_id)
    action = A(doing)
    wanted, form = DOINGS[action], DOINGS[action].form()
    if form.submitted():
        try:
            wanted.service(CITIZEN, form.to_command(report_id))
            flash(sentence(wanted.done), "done")
            return redirect(url_for("tracking.report"), 303)
        except Refused as error:
            form.refuse(error)
        except NotAllowed as error:
            form.form_errors.append(sentence(error.message, error.params))
    offer, asked = offered(report_id, action)
    if offer is None and not form.errors:
        flash(_("This can no longer be done."), "message")
        return redirect(url_for("tracking.report"), 303)
    told = [sentence(text) for text in (wanted.title, wanted.lead, wanted.button)]
    return render_template("tracking/say.html", form=form, told=told, asked=asked), 422 if form.errors else 200


@blueprint.post("/track/leave")
@public
def leave() -> Response:
    let_go(session)
    flash(_("This device has forgotten your report. With the query code you can open it again."), "done")
    return redirect(url_for("tracking.enter"), 303)


def _bar(own: OwnReport) -> list[Button]:
    """What may be done besides answering. While a question is open, the answer is what stands out."""
    others = [offer for offer in own.offers if offer.action != A.ANSWER]
    bar = buttons(others, lambda action: url_for("tracking.say", doing=action))
    return [replace(one, kind="") if own.asked and one.kind == "primary" else one for one in bar]


def _enter_again() -> Response:
    flash(_("Please enter your query code."), "message")
    return redirect(url_for("tracking.enter"), 303)
