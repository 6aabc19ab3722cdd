"""The doors of whoever holds a query code: enter it, read, say something, leave."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.evidence.keeping import files_waiting, keep_files
from app.domain.installation import Installation
from app.domain.people import CITIZEN, Actor
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import N_, NotAllowed, NotFound, Refused
from app.tracking import blueprint, services
from app.tracking.forms import AddForm, AnswerForm, CodeForm, NewsForm, RateForm, SayingForm, WithdrawForm, WithFiles
from app.tracking.holding import held, hold, let_go
from app.tracking.queries import mark_of, own_report, report_of_code, telling
from app.tracking.rows import OwnReport
from app.tracking.told import own_file
from app.web import kept
from app.web.acting import Button, buttons
from app.web.described import kept_file
from app.web.forms import OfficeForm
from app.web.guards import public
from app.web.language import in_chinese, sentence
from app.web.named import named, named_types
from app.web.pictures import picture, small

WRONG = N_("No report opens with this code. Please compare it with your receipt, character by character.")
TOO_LATE = N_("This can no longer be done.")
Page = str | Response | tuple[str, int]
NotTaken = tuple[tuple[str, str], ...]
"""Files that could not be taken: the name of each, and why."""


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
        N_("Those who gave the answer do not get your words. If you are dissatisfied, the team reviews it again, and "
           "you can say what you think of the next answer too."),
        N_("Send my opinion"), N_("Thank you. It has been noted."),
    ),
}  # fmt: skip


@blueprint.get("/track")
@public
def enter() -> str:
    return _ask_for_code(CodeForm(), None)


@blueprint.post("/track")
@public
def unlock() -> Page:
    """The code comes in a form, never in an address; from here on the session knows the report by its id.

    Words that were being written when this device forgot the report come with the code, and are shown in their form.
    """
    form, doing = CodeForm(), _carried_doing()
    if form.submitted():
        report_id = report_of_code(_house(), form.query_code.data or "")
        if report_id is not None:
            hold(session, report_id)
            return _written(report_id, doing) if doing else redirect(url_for("tracking.report"), 303)
        form.query_code.errors = [sentence(WRONG)]
    return _ask_for_code(form, doing), 422 if form.errors else 200


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
        form=_form(A.ANSWER, own) if own.asked else None,
        buttons=_bar(own),
        named=named,
        named_types=named_types,
        told=sentence,
    )


@blueprint.route("/track/report/<any(answer, add, withdraw, rate):doing>", methods=["GET", "POST"])
@public
def say(doing: str) -> Page:
    """Somebody who wrote for longer than the report is held here is asked for the code again, and loses nothing."""
    report_id, action = held(session), A(doing)
    if report_id is None or request.form.get("about", "") not in {"", mark_of(_house(), report_id)}:
        return _lapsed(action) if request.method == "POST" else _enter_again()
    hold(session, report_id)
    own = own_report(report_id)
    form = _form(action, own)
    not_taken = _keep_files(form)
    if form.submitted():
        try:
            DOINGS[action].service(CITIZEN, form.to_command(report_id))
            _tell(not_taken)
            flash(sentence(DOINGS[action].done), "done")
            return redirect(url_for("tracking.report"), 303)
        except Refused as error:
            form.refuse(error)
        except NotAllowed as error:
            form.form_errors.append(sentence(error.message, error.params))
    if not _is_open(own, action) and not form.errors:
        flash(_(TOO_LATE), "message")
        return redirect(url_for("tracking.report"), 303)
    return _draw(action, form, own, not_taken), 422 if form.errors else 200


@blueprint.get("/track/report/files/<token>")
@public
@kept_file
def file(token: str) -> Response:
    """A file the reporter sent, as its safe copy, while the report is held here; `small` for the page itself."""
    report_id = held(session)
    if report_id is None:
        raise NotFound
    files = _house().files
    return (
        small(files, own_file(report_id, token))
        if "small" in request.args
        else picture(files, own_file(report_id, token))
    )


@blueprint.route("/track/report/news", methods=["GET", "POST"])
@public
def news() -> Page:
    """The reporter sees the words that will come before they ask for them; and can take it back."""
    report_id, form = held(session), NewsForm()
    if report_id is None:
        return _enter_again()
    hold(session, report_id)
    code = "zh" if in_chinese() else "en"
    if form.submitted():
        services.ask_for_news(_house(), form.to_command(report_id, code))
        flash(_("You will be told when there is news."), "done")
        return redirect(url_for("tracking.report"), 303)
    told = telling(_house(), report_id, code)
    return render_template("tracking/news.html", form=form, told=told), 422 if form.errors else 200


@blueprint.post("/track/report/news/stop")
@public
def no_news() -> Response:
    report_id = held(session)
    if report_id is None:
        return _enter_again()
    if OfficeForm().submitted():
        services.want_no_news(report_id)
        flash(_("Nothing more will be sent. What you had left for it is deleted."), "done")
    return redirect(url_for("tracking.news"), 303)


@blueprint.post("/track/leave")
@public
def leave() -> Response:
    let_go(session)
    flash(_("This device has forgotten your report. With the query code you can open it again."), "done")
    return redirect(url_for("tracking.enter"), 303)


def _house() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found


def _form(action: A, own: OwnReport) -> SayingForm:
    form: SayingForm = DOINGS[action].form()
    form.prepare(own)
    form.about.data = mark_of(_house(), own.id)
    return form


def _keep_files(form: SayingForm) -> NotTaken:
    """Files come to rest before anything else is asked: words that cannot be taken yet do not cost anybody a video."""
    if not isinstance(form, WithFiles):
        return ()
    sent = form.sent_files() if form.is_submitted() else ()
    refused = keep_files(_house(), CITIZEN, form.own_key(), sent)
    form.has_files = bool(files_waiting(form.own_key()))
    return tuple((one.name, sentence(one.message, one.params)) for one in refused)


def _tell(not_taken: NotTaken) -> None:
    for name, why in not_taken:
        flash(f"{name}{_(': ')}{why}", "warning")


def _lapsed(action: A) -> tuple[str, int]:
    """The report is no longer held on this device: the code is asked for, words and files are carried on."""
    form: SayingForm = DOINGS[action].form()
    form.prepare()
    _tell(_keep_files(form))
    return _ask_for_code(CodeForm(formdata=None), action, form.own_key()), 401


def _is_open(own: OwnReport, action: A) -> bool:
    return any(offer.action == action for offer in own.offers)


def _draw(action: A, form: SayingForm, own: OwnReport, not_taken: NotTaken = ()) -> str:
    doing = DOINGS[action]
    return render_template(
        "tracking/say.html",
        form=form,
        told=[sentence(text) if text else "" for text in (doing.title, doing.lead, doing.button)],
        doing=str(action),
        asked=own.asked,
        kept=files_waiting(form.own_key()) if form.is_submitted() else 0,
        not_taken=not_taken,
    )


def _carried_doing() -> A | None:
    """What was being written when the code had to be entered once more."""
    named_so = request.form.get("doing", "")
    return A(named_so) if named_so in DOINGS else None


def _ask_for_code(form: CodeForm, action: A | None, key: str = "") -> str:
    """The way in; with the words that were sent, to be seen and to be carried on. `key`: the form's own, if known."""
    fields = DOINGS[action].form()._fields if action else {}
    carried = [(name, value) for name, value in kept.carried() if name in fields and name not in {"key", "about"}]
    carried += [("key", key or request.form["key"])] if key or "key" in request.form else []
    return render_template(
        "tracking/enter.html",
        form=form,
        held=held(session) is not None and not action,
        doing=str(action) if action else "",
        another=held(session) is not None and bool(action),
        carried=carried,
        words=[value for name, value in carried if name in {"answer", "addition", "reason"} and value.strip()],
    )


def _written(report_id: int, action: A) -> Page:
    """The form as it was filled in before the code was asked for again; it is sent by its writer."""
    own = own_report(report_id)
    form = _form(action, own)
    if not _is_open(own, action):
        form.form_errors.append(sentence(TOO_LATE))
    return _draw(action, form, own)


def _bar(own: OwnReport) -> list[Button]:
    """What may be done besides answering. While a question is open, the answer is what stands out."""
    others = [offer for offer in own.offers if offer.action != A.ANSWER]
    bar = buttons(others, lambda action: url_for("tracking.say", doing=action))
    return [replace(one, kind="") if own.asked and one.kind == "primary" else one for one in bar]


def _enter_again() -> Response:
    flash(_("Please enter your query code."), "message")
    return redirect(url_for("tracking.enter"), 303)
