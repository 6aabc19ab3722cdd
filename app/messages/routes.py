"""Doors to messages: one's own, how one wants to be told; wordings; webhooks and what could not be sent."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.news import NEWS
from app.domain.people import Actor
from app.kernel.errors import NotFound, Refused
from app.messages import blueprint, services
from app.messages.forms import HookForm, WishForm, WordingForm
from app.messages.queries import reading, wording
from app.web.forms import OfficeForm
from app.web.guards import current_actor, door
from app.web.inspecting import choose_inspection, current_inspection
from app.web.language import in_chinese
from app.web.records import page_of

Answer = str | tuple[str, int] | Response


def _language() -> str:
    return wording.ZH if in_chinese() else wording.EN


@blueprint.get("/")
@door()
def mine() -> str:
    actor = current_actor()
    page = reading.messages(actor, _language(), request.args.get("page", ""))
    minds, words = _may(actor)
    failed = reading.how_many_failed() if minds else 0
    return render_template(
        "messages/mine.html", page=page, unread=reading.unread(actor), minds=minds, words=words, failed=failed,
        form=OfficeForm(),
    )  # fmt: skip


def _may(actor: Actor) -> tuple[bool, bool]:
    return bool(actor.roles & set(services.MINDERS)), bool(actor.roles & set(services.WORDERS))


@blueprint.get("/<int:message_id>")
@door()
def one(message_id: int) -> Response:
    """Reading a message leads to its record, in its inspection."""
    actor = current_actor()
    message = services.open_message(actor, message_id)
    choose_inspection(actor, message.inspection_id)
    return redirect(page_of(message.noun, message.noun_id) or url_for("messages.mine"))


@blueprint.post("/read")
@door()
def all_read() -> Response:
    if OfficeForm().submitted():
        services.read_all(current_actor())
    return redirect(url_for("messages.mine"))


@blueprint.route("/wishes", methods=["GET", "POST"])
@door()
def wishes() -> Answer:
    actor = current_actor()
    kept = reading.wish_of(actor)
    form = WishForm(obj=kept)
    if form.submitted():
        services.tell_me(actor, form.to_command())
        flash(_("Kept."), "done")
        return redirect(url_for("messages.mine"))
    mails = bool(current_app.extensions["installation"].settings.smtp)
    return render_template("messages/wishes.html", form=form, mails=mails), 422 if form.errors else 200


@blueprint.get("/wordings")
@door(*services.WORDERS)
def wordings() -> str:
    inspection = current_inspection(current_actor())
    return render_template("messages/wordings.html", rows=reading.wordings(inspection.id, _language()))


@blueprint.route("/wordings/<event>", methods=["GET", "POST"])
@door(*services.WORDERS)
def one_wording(event: str) -> Answer:
    """Looked at before it is used: the page shows how the words will read."""
    actor = current_actor()
    inspection = current_inspection(actor)
    row = next((row for row in reading.wordings(inspection.id, _language()) if row.key == event), None)
    if row is None:
        raise NotFound
    form = WordingForm(data={"subject": row.subject, "body": row.body})
    shown = row.preview()
    if form.submitted():
        command = form.to_command(inspection.id, event, row.language)
        try:
            if "look" in request.form or not _was_looked_at(row, form):
                shown = wording.preview(row, command.subject, command.body)
            else:
                services.word_event(actor, command)
                flash(_("Kept."), "done")
                return redirect(url_for("messages.wordings"))
        except Refused as error:
            form.refuse(error)
    refused = bool(form.errors or form.form_errors)
    page = render_template(
        "messages/wording.html",
        row=row,
        form=form,
        shown=shown,
        names=wording.names_of(row.key),
        looked=wording.mark_of(shown),
    )
    return page, 422 if refused else 200


def _was_looked_at(row: wording.WordingRow, form: WordingForm) -> bool:
    """What goes to a reporter is used only after it was looked at as it will read."""
    if row.key != NEWS or not (form.subject.data or form.body.data):
        return True
    seen = wording.preview(row, form.subject.data or "", form.body.data or "")
    return request.form.get("looked") == wording.mark_of(seen)


@blueprint.route("/ways", methods=["GET", "POST"])
@door(*services.MINDERS)
def ways() -> Answer:
    """Webhooks in use, and what could not be sent."""
    actor, form = current_actor(), HookForm()
    if form.submitted():
        try:
            services.add_hook(actor, form.to_command())
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Added. Its secret stands beside it."), "done")
            return redirect(url_for("messages.ways"))
    house = current_app.extensions["installation"]
    hooks = [(hook, services.secret_of(house, hook)) for hook in reading.hooks()]
    failed = reading.failures(request.args.get("page", ""))
    page = render_template(
        "messages/ways.html", form=form, hooks=hooks, failed=failed, settings=house.settings,
        since=reading.waiting_since(),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/ways/<int:hook_id>/end")
@door(*services.MINDERS)
def end_hook(hook_id: int) -> Response:
    if OfficeForm().submitted():
        services.end_hook(current_actor(), hook_id)
        flash(_("Nothing more is sent there."), "done")
    return redirect(url_for("messages.ways"))


@blueprint.post("/failed/<int:delivery_id>/again")
@door(*services.MINDERS)
def send_again(delivery_id: int) -> Response:
    if OfficeForm().submitted():
        services.try_again(current_actor(), delivery_id)
        flash(_("It will be sent within a minute."), "done")
    return redirect(url_for("messages.ways"))


@blueprint.post("/failed/<int:delivery_id>/drop")
@door(*services.MINDERS)
def drop(delivery_id: int) -> Response:
    if OfficeForm().submitted():
        services.drop(current_actor(), delivery_id)
    return redirect(url_for("messages.ways"))
