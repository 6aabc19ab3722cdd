"""What is done to one cycle: a form for each action of the table, for each measure, for each objection."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.rectification import CHECKLIST
from app.domain.workflow.rectification import STEP_OF
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role as R
from app.kernel import crypto
from app.kernel.errors import N_, NotAllowed, NotFound, Refused, Stale
from app.rectification import blueprint, forms, queries, services
from app.rectification.commands import Picture
from app.rectification.queries import View
from app.rectification.routes import pages
from app.web.guards import current_actor, door
from app.web.language import term
from app.web.tones import is_grave

DOERS = (R.OFFICER, R.UNIT_LEADER, R.ACCEPTOR, R.COORDINATOR, R.INSPECTOR, R.LEADER)
PATH = "/staff/rectification/<int:cycle>"
GET_POST = ("GET", "POST")


@dataclass(frozen=True)
class Doing:
    """The form an action is written in, and the service that carries it out."""

    form: type[Any]
    service: Callable[..., Any]


DOINGS: dict[A, Doing] = {
    A.ADD_MEASURE: Doing(forms.MeasureForm, services.add_measure),
    A.ADOPT_PLAN: Doing(forms.PlanForm, services.adopt_plan),
    A.SUBMIT: Doing(forms.SubmitForm, services.submit),
    A.SELF_CHECK: Doing(forms.EvidenceForm, services.sign_step),
    A.COUNTY_ACCEPT: Doing(forms.EvidenceForm, services.sign_step),
    A.DEPARTMENT_ACCEPT: Doing(forms.EvidenceForm, services.sign_step),
    A.CITY_ACCEPT: Doing(forms.EvidenceForm, services.sign_step),
    A.OPEN_NOTICE: Doing(forms.OpenNoticeForm, services.open_notice),
    A.CLOSE_NOTICE: Doing(forms.CloseNoticeForm, services.close_notice),
    A.LEADER_SIGN: Doing(forms.NoteForm, services.sign_step),
    A.SIGN_OFF: Doing(forms.SignOffForm, services.sign_step),
    A.FILE: Doing(forms.NoteForm, services.sign_step),
    A.FIND_CONSOLIDATED: Doing(forms.LookBackForm, services.look_back),
    A.FIND_RELAPSED: Doing(forms.LookBackForm, services.look_back),
    A.REFUSE: Doing(forms.RefuseForm, services.refuse_step),
}


def form_of(action: A, view: View, kind: type[Any] | None = None) -> Any:
    """The action's form: empty with its marks, or as it came back."""
    made = forms.with_lines(kind or DOINGS[action].form, view.rung if action in STEP_OF else None)
    form = made(data={"version": view.version, "key": crypto.random_token(), "shown": view.digest})
    if isinstance(form, forms.MeasureForm):
        form.unit.offer(view.units)
    return form


def view_of(cycle: int) -> View:
    """The cycle as this page saw it: Stale when a form comes back that was drawn before somebody else acted."""
    seen = request.form.get("version", type=int) if request.method == "POST" else None
    return queries.view(current_actor(), cycle, seen)


def refuse_closed(view: View, action: A, seen: int | None = None) -> None:
    """`seen`: the version a form was drawn at, whose action may since have been done by somebody else (Stale)."""
    offer = view.offer(action)
    if seen not in {None, view.version} and (offer is None or offer.blocked is not None):
        raise Stale(N_("Somebody else has worked on this since you opened it."))
    if offer is None:
        raise NotAllowed(N_("This cannot be done in the present state."))
    if offer.blocked is not None:
        raise Refused(offer.blocked.en)


@blueprint.route(PATH + "/<action>", methods=GET_POST)
@door(*DOERS)
def act(cycle: int, action: str) -> Any:
    chosen = next((one for one in DOINGS if str(one) == action), None)
    if chosen is None:
        raise NotFound
    signs = issubclass(DOINGS[chosen].form, forms.Signed)
    view = queries.view(current_actor(), cycle) if signs else view_of(cycle)
    refuse_closed(view, chosen, request.form.get("version", type=int) if signs else None)
    form = form_of(chosen, view)
    if isinstance(form, forms.OpenNoticeForm) and request.method == "GET":
        form.propose(queries.notice_words(current_actor(), cycle))
    if form.submitted() and _carried_out(form, chosen, cycle):
        flash(_("Done: %(action)s.", action=term(chosen)), "done")
        return _back(cycle)
    days = queries.notice_days(current_actor(), cycle) if chosen == A.OPEN_NOTICE else None
    return _page("act", form, view, chosen, days=days)


def _carried_out(form: Any, action: A, cycle: int) -> bool:
    actor, house = current_actor(), current_app.extensions["installation"]
    try:
        if "pictures" in form:
            sent = [Picture(file.filename or "", file.read()) for file in form.pictures.data]
            services.keep_pictures(house, actor, form.key.data or "", sent)
        DOINGS[action].service(actor, form.to_command(cycle, action))
    except services.ShownChanged as error:
        form.shown.data = queries.view(actor, cycle).digest  # the page that is drawn now shows what is there now
        form.refuse(error)
        return False
    except Refused as error:
        form.refuse(error)
        return False
    return True


@blueprint.route(PATH + "/measures/<int:measure>", methods=GET_POST)
@door(R.OFFICER)
def progress(cycle: int, measure: int) -> Any:
    view = view_of(cycle)
    found = next((one for one in view.measures if one.id == measure), None)
    if found is None:
        raise NotFound
    refuse_closed(view, A.PROGRESS)
    form = form_of(A.PROGRESS, view, forms.ProgressForm)
    form.month.offer(pages.months_to_tell(found))
    if form.submitted() and _tried(form, services.report_progress, form_command=(cycle, measure)):
        flash(_("The progress has been kept."), "done")
        return _back(cycle)
    return _page("progress", form, view, A.PROGRESS, measure=found)


@blueprint.route(PATH + "/objections/<int:objection>", methods=GET_POST)
@door(R.COORDINATOR)
def answer(cycle: int, objection: int) -> Any:
    view = view_of(cycle)
    made = [(notice, one) for notice in view.notices for one in notice.objections]
    found = next(((notice, one) for notice, one in made if one.id == objection), None)
    if found is None:
        raise NotFound
    if found[1].answered_at is not None:
        raise Refused(N_("This objection has been answered already."))
    refuse_closed(view, A.DISMISS_OBJECTION)
    form = form_of(A.DISMISS_OBJECTION, view, forms.AnswerForm)
    if form.submitted() and _tried(form, services.answer_objection, form_command=(objection,)):
        flash(_("The objection has its answer."), "done")
        return _back(cycle)
    others = sum(one.answered_at is None for one in found[0].objections) - 1
    return _page("answer", form, view, A.DISMISS_OBJECTION, objection=found[1], others=others)


def _tried(form: Any, service: Callable[..., Any], form_command: tuple[int, ...]) -> bool:
    try:
        service(current_actor(), form.to_command(*form_command))
    except Refused as error:
        form.refuse(error)
        return False
    return True


def _back(cycle: int) -> Response:
    return redirect(url_for("rectification.show", cycle=cycle))


def _page(name: str, form: Any, view: View, action: A, **more: Any) -> tuple[str, int]:
    kept = services.pictures_kept(current_actor(), form.key.data or "") if "pictures" in form else 0
    page = render_template(
        f"rectification/{name}.html", form=form, view=view, action=action, grave=is_grave(action), kept=kept,
        pages=pages, lines=CHECKLIST, **more,
    )  # fmt: skip
    return page, 422 if form.errors else 200
