"""The unit writes its reply; photographs that came with it are kept even when the words are not complete."""

from flask import current_app, flash
from flask_babel import gettext as _

from app.casework import blueprint, services
from app.casework.commands import KeepPictures, SubmitReply
from app.casework.forms import ReplyForm, reply_form
from app.casework.queries.choices import points, waiting_pictures
from app.casework.queries.page import CasePage, case_page
from app.casework.routes.opening import Answer, done, draw, must_be_offered
from app.casework.weighing import contradictions, overall
from app.domain.case import FIGURES
from app.domain.people import Actor
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel.crypto import random_token
from app.web.guards import current_actor, door
from app.web.language import sentence
from app.web.versioned import tried


@blueprint.route("/<int:case_id>/reply", methods=["GET", "POST"])
@door(R.OFFICER)
def reply(case_id: int) -> Answer:
    actor = current_actor()
    page = case_page(actor, case_id)
    form = reply_form(points(actor, case_id))(version=page.version)
    if not form.is_submitted():
        must_be_offered(page, A.REPLY)
        form.form_key.data = random_token()
        if page.versions:
            form.read_before(page.versions[-1])
        return _draw(page, form, actor)
    readable = form.validate()
    if _token_fits(form):
        _keep_pictures(actor, case_id, form)
    command = form.to_command(case_id) if readable else None
    if command is not None and tried(form, lambda: services.reply(actor, command)):
        return done(case_id, A.REPLY)
    return _draw(page, form, actor, command)


def _token_fits(form: ReplyForm) -> bool:
    return not form.csrf_token.errors and bool(form.form_key.data)


def _keep_pictures(actor: Actor, case_id: int, form: ReplyForm) -> None:
    house = current_app.extensions["installation"]
    for kind in services.KINDS:
        contents = tuple(file.read() for file in form[kind].data)
        if contents:
            words = KeepPictures(case_id, form.form_key.data or "", kind, contents)
            for told in services.keep_pictures(actor, house, words):
                flash(sentence(told), "warning")


def _draw(page: CasePage, form: ReplyForm, actor: Actor, command: SubmitReply | None = None) -> Answer:
    keys = {kind: services.waiting_key(actor, page.id, form.form_key.data or "", kind) for kind in services.KINDS}
    return draw(
        "casework/reply.html",
        page,
        form,
        A.REPLY,
        figures=list(FIGURES),
        doubts=contradictions(command) if command else [],
        verdict=overall(command) if command else None,
        waiting={kind: waiting_pictures(key) for kind, key in keys.items()},
        labels={"before": _("Photographs before"), "after": _("Photographs after")},
    )
