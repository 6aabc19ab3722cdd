"""The unit writes its reply. Whatever is pressed, what was typed is kept, and files that came with it are too."""

from dataclasses import dataclass

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field

from app.casework import blueprint, services
from app.casework.commands import KeepDocument, KeepPictures, SubmitReply, TakeOver
from app.casework.forms import ROWS, ReplyForm, Rows, reply_form
from app.casework.presenting import remark_line
from app.casework.queries.choices import points, waiting_files
from app.casework.queries.gate import seen
from app.casework.queries.page import CasePage, case_page
from app.casework.routes.opening import Answer, done, draw, must_be_offered
from app.casework.slots import AFTER, BEFORE, DOCUMENTS, PICTURES, document_slot
from app.casework.weighing import EVERY_REMARK, Remark, overall
from app.domain.case import FIGURES
from app.domain.draft import in_order
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel.crypto import random_token
from app.kernel.errors import NotFound
from app.web.guards import current_actor, door
from app.web.language import local_time, sentence
from app.web.versioned import tried

KEEP, CHECK, MORE, ANEW, TAKE = "keep", "check", "more:", "anew", "take:"
"""What a press may ask for instead of sending."""
OF_THE_SENDING = {"csrf_token", "do", "version"}


@dataclass(frozen=True)
class Sent:
    """Whose form of which case, and what was pressed."""

    actor: Actor
    page: CasePage
    do: str

    @property
    def case_id(self) -> int:
        return self.page.id


@blueprint.route("/<int:case_id>/reply", methods=["GET", "POST"])
@door(R.OFFICER)
def reply(case_id: int) -> Answer:
    actor = current_actor()
    sent = Sent(actor, case_page(actor, case_id), request.form.get("do", ""))
    if request.method == "GET":
        must_be_offered(sent.page, A.REPLY)
        return _begin(sent)
    rows = Rows.of(request.form, sent.do.removeprefix(MORE))
    form = reply_form(points(actor, case_id), rows)()
    readable = form.validate()
    if _token_fits(form):
        _keep_files(sent, form)
    if sent.do == ANEW and _token_fits(form):
        services.drop_reply_draft(actor, _house(), case_id)
        return redirect(url_for("casework.reply", case_id=case_id))
    command = form.to_command(case_id) if readable else None
    if sent.do.startswith(TAKE) and _token_fits(form):
        _take_over(sent, form)
    if sent.do.startswith((KEEP, MORE, TAKE)):
        return _kept(sent, form)
    if command is not None and tried(form, lambda: _send(sent, command)):
        if sent.do != CHECK:
            services.drop_reply_draft(actor, _house(), case_id)
            return done(case_id, A.REPLY)
        flash(_("Nothing is missing. It has not been sent yet."), "done")
    _keep_draft(sent, form)
    return _draw(sent, form, command)


def _house() -> Installation:
    house: Installation = current_app.extensions["installation"]
    return house


def _send(sent: Sent, command: SubmitReply) -> None:
    if sent.do == CHECK:
        services.check_reply(sent.actor, command)
    else:
        services.reply(sent.actor, command)


def _begin(sent: Sent) -> Answer:
    """With what was kept, else with the last version's words, else empty."""
    page, asked = sent.page, points(sent.actor, sent.case_id)
    begun = services.reply_draft(sent.actor, _house(), sent.case_id, len(page.versions))
    if begun is not None:
        typed = MultiDict(begun.typed)
        form = reply_form(asked, Rows.of(typed))(formdata=typed, version=page.version)
        form.version.data = page.version
        saved = local_time(begun.saved_at)
        return _draw(sent, form, kept=_("This is what you had written by %(time)s.", time=saved))
    rows = Rows.after(page.versions[-1]) if page.versions else Rows()
    form = reply_form(asked, rows)(version=page.version)
    form.form_key.data, form.begun_after.data = random_token(), str(len(page.versions))
    if page.versions:
        form.read_before(page.versions[-1])
    return _draw(sent, form)


def _kept(sent: Sent, form: ReplyForm) -> Answer:
    """The form as it was typed, and no word about what is still missing."""
    if not form.csrf_token.errors:
        _keep_draft(sent, form)
        if sent.do == KEEP:
            flash(_("Kept. It has not been sent yet."), "done")
        for field in form:
            field.errors = []
    return _draw(sent, form)


def _take_over(sent: Sent, form: ReplyForm) -> None:
    """A field record's words behind what is written already, its pictures among those before; the record stays."""
    record = next((one for one in seen(sent.actor, sent.case_id) if str(one.id) == sent.do.removeprefix(TAKE)), None)
    if record is None:
        raise NotFound
    finding = form["finding_1"] if len(form.points) == 1 else form.report_upward
    for field, words in ((finding, record.finding), (form.handling, record.measures)):
        if words and words not in (field.data or ""):
            field.data = "\n".join(one for one in (field.data, words) if one)
    key = services.waiting_key(sent.actor, sent.case_id, form.form_key.data or "", BEFORE)
    services.take_over(sent.actor, _house(), TakeOver(sent.case_id, record.id, key))
    flash(_("Taken over. Please read it over; it has not been sent yet."), "done")


def _keep_draft(sent: Sent, form: ReplyForm) -> None:
    if form.csrf_token.errors or not sent.page.offers_now(A.REPLY):
        return
    rows = {f"{kind}_rows": str(getattr(form.rows, kind)) for kind in ROWS}
    typed = in_order(request.form.items(multi=True), OF_THE_SENDING | set(rows)) + tuple(rows.items())
    services.keep_reply_draft(sent.actor, _house(), sent.case_id, typed)


def _token_fits(form: ReplyForm) -> bool:
    return not form.csrf_token.errors and bool(form.form_key.data)


def _keep_files(sent: Sent, form: ReplyForm) -> None:
    key, told = form.form_key.data or "", list[str]()
    for kind in (kind for kind in PICTURES if kind in form):
        contents = tuple(file.read() for file in form[kind].data)
        if contents:
            pictures = KeepPictures(sent.case_id, key, kind, contents)
            told += [sentence(one) for one in services.keep_pictures(sent.actor, _house(), pictures)]
    for figure in FIGURES:
        for file in form[document_slot(figure)].data:
            document = KeepDocument(sent.case_id, key, figure, file.filename or "", file.read())
            refused = services.keep_document(sent.actor, _house(), document)
            told += [f"{one.name}{_(': ')}{sentence(one.message, one.params)}" for one in refused]
    for one in told:
        flash(one, "warning")


def _draw(sent: Sent, form: ReplyForm, command: SubmitReply | None = None, kept: str = "") -> Answer:
    page, key = sent.page, form.form_key.data or ""
    slots = {kind: services.waiting_key(sent.actor, page.id, key, kind) for kind in (*PICTURES, *DOCUMENTS)}
    last = page.versions[-1] if page.versions else None
    form.at_once_rows.data, form.planned_rows.data, form.spot_rows.data = (
        form.rows.at_once, form.rows.planned, form.rows.spot,
    )  # fmt: skip
    found = services.remarks_on(sent.actor, command) if command else _answered(form)
    return draw(
        "casework/reply.html",
        page,
        form,
        A.REPLY,
        figures=list(FIGURES),
        remarks=[_pointed_out(form, one) for one in found],
        verdict=overall(command) if command else None,
        waiting=waiting_files(slots),
        labels={BEFORE: _("Photographs before"), AFTER: _("Photographs after")},
        last=last,
        copies={source.figure: source.copy for source in last.sources if source.copy} if last else {},
        pairs={spot.position: spot for spot in last.spots} if last else {},
        kept=kept,
        seen=seen(sent.actor, page.id),
    )


def _answered(form: ReplyForm) -> list[Remark]:
    """Where nothing was weighed: what was answered before, by this draft or by the last version."""
    return [remark for remark in EVERY_REMARK if form[remark.name].data]


def _pointed_out(form: ReplyForm, remark: Remark) -> Field:
    """The field in which a remark is answered, under the remark's own words."""
    field: Field = form[remark.name]
    field.label.text, field.flags.required = remark_line(remark), True
    return field
