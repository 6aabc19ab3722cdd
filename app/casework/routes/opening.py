"""A case's pages: who has it open, the form of a step, and what is shown to whoever was overtaken."""

from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework import blueprint, services
from app.casework.duties import duties_of
from app.casework.presenting import (
    figure_name,
    figures_of,
    measure_line,
    remark_line,
    source_line,
    text_parts,
    timeline_of,
)
from app.casework.queries.page import CasePage, case_page
from app.casework.standing import disputes_told, extensions_told, levels_told, who_decides
from app.domain.reply import MeasureKind
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role as R
from app.kernel import crypto
from app.kernel.errors import N_, NotAllowed
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.keys import IN_A_FORM, told
from app.web.language import brief_time, term
from app.web.lists import last_list
from app.web.named import named, named_types
from app.web.versioned import VersionedForm

Answer = Response | str | tuple[str, int]
SAY = SimpleNamespace(
    figures_of=figures_of, figure_name=figure_name, remark_line=remark_line, source_line=source_line,
    measure_line=measure_line, text_parts=text_parts, kinds=list(MeasureKind),
)  # fmt: skip
"""How the parts of a reply are said (templates/casework/parts.html)."""
ACTORS = (R.COORDINATOR, R.OFFICER, R.UNIT_LEADER, R.INSPECTOR, R.LEADER)


def opened(case_id: int) -> str:
    """Note that whoever may act has it open; gives the name of this visit, "" for those who only read."""
    actor = current_actor()
    if not actor.roles & set(ACTORS):
        return ""
    visit = crypto.random_token()[:16]
    services.open_case(actor, case_id, visit)
    return visit


@blueprint.post("/<int:case_id>/left")
@door(*ACTORS)
def left(case_id: int) -> Response:
    """A page says that it is being left (app/static/js/list.js); nobody reads the answer."""
    services.leave_case(current_actor(), case_id, request.form.get("visit", "")[:16])
    return Response(status=204)


def shown(page: CasePage) -> dict[str, Any]:
    """What templates need to say a case in the reader's language."""
    return {
        "area": named(page.area),
        "types": named_types(page.types),
        "entries": timeline_of(page.history),
        "figures_of": figures_of,
        "levels": levels_told(page.levels),
        "disputes": disputes_told(page.disputes),
        "extensions": extensions_told(page.extensions),
        "decides": who_decides(page.dispute) if page.dispute else "",
        "say": SAY,
        "kinds": list(MeasureKind),
        "back_to_list": last_list(blueprint.name, "listing") or url_for("casework.listing"),
        "beside": [
            _("%(name)s has had this case open since %(time)s.", name=one.name, time=brief_time(one.since))
            for one in page.beside
        ],
    }


def must_be_offered(page: CasePage, action: Term) -> None:
    """Do not draw a form that this actor could not send."""
    if not page.offers_now(action):
        raise NotAllowed(N_("This cannot be done in the present state."))


def draw(template: str, page: CasePage, form: VersionedForm, action: Term, **more: Any) -> Answer:
    """The form of a step; where somebody else was faster, with what is there now beside it."""
    visit, since, open_still = opened(page.id), timeline_of(()), True
    if form.overtaken:
        page = case_page(current_actor(), page.id)
        since = timeline_of(page.since(form.look_again(page.version)))
        open_still = page.offers_now(action)
    body = render_template(
        template, page=page, form=form, action=action, visit=visit, since=since, open_still=open_still,
        keys=told(IN_A_FORM), **more, **shown(page),
    )  # fmt: skip
    return body, form.status


def done(case_id: int, action: Term) -> Response:
    """Back to the case where its next step is one's own too; else on with the list it was taken from."""
    actor = current_actor()
    flash(_("Done: %(action)s", action=term(action)), "done")
    mine = {duty.state for duty in duties_of(actor, current_inspection(actor).id)}
    on = None if case_page(actor, case_id).state in mine else last_list(blueprint.name, "listing")
    return redirect(on or url_for("casework.case", case_id=case_id))
