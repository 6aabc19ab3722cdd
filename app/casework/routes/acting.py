"""One door for every step of a case that asks for no more than some words, or for units."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from app.casework import blueprint, services
from app.casework.commands import Assign, Return
from app.casework.forms import AssignForm, CaseForm, DisputeForm, case_form, return_form
from app.casework.queries.choices import Assignable, Unit, assignable, nameable, passable, points, settleable
from app.casework.queries.page import CasePage, case_page
from app.casework.queries.units import AREA, BELOW, CITY, OTHERS
from app.casework.routes.opening import ACTORS, Answer, done, draw, must_be_offered
from app.domain.people import Actor
from app.domain.workflow.case import CASE
from app.domain.workflow.table import Row
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need
from app.kernel.errors import NotFound
from app.web.choosing import MenuField
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection
from app.web.telling import spoken
from app.web.tones import is_grave
from app.web.versioned import tried

STEPS: dict[A, Callable[[Actor, int, CaseForm], None]] = {
    A.UPHOLD_DISPUTE: lambda actor, key, form: services.uphold_dispute(actor, form.to_step(key)),
    A.DISMISS_DISPUTE: lambda actor, key, form: services.dismiss_dispute(actor, form.to_step(key)),
    A.INVESTIGATE: lambda actor, key, form: services.investigate(actor, form.to_step(key)),
    A.EXTEND: lambda actor, key, form: services.extend(actor, form.to_extension(key)),
    A.SIGN_REPLY: lambda actor, key, form: services.sign_reply(actor, form.to_step(key)),
    A.CITY_PASS: lambda actor, key, form: services.city_pass(actor, form.to_step(key)),
    A.PASS: lambda actor, key, form: services.pass_reply(actor, form.to_step(key)),
    A.REQUIRE_CHECK: lambda actor, key, form: services.require_check(actor, form.to_step(key)),
    A.CONFIRM_UNFOUNDED: lambda actor, key, form: services.confirm_unfounded(actor, form.to_step(key)),
    A.UNPUBLISH: lambda actor, key, form: services.unpublish(actor, form.to_step(key)),
    A.REOPEN: lambda actor, key, form: services.reopen(actor, form.to_step(key)),
    A.CALL_BACK: lambda actor, key, form: services.call_back(actor, form.to_step(key)),
}
RETURNS: dict[A, Callable[[Actor, Return], None]] = {
    A.SEND_BACK: services.send_back,
    A.CITY_RETURN: services.city_return,
    A.TEAM_RETURN: services.team_return,
}


GIVING: dict[A, tuple[Callable[[Actor, Assign], None], Callable[[Actor, int], Assignable]]] = {
    A.ASSIGN: (services.assign, assignable),
    A.PASS_DOWN: (services.pass_down, lambda actor, key: passable(actor, key, anew=False)),
    A.PASS_ANEW: (services.pass_anew, lambda actor, key: passable(actor, key, anew=True)),
    A.SETTLE_DISPUTE: (services.settle_dispute, settleable),
}
"""Every way of giving a case to a unit: how it is done, and to whom it can be given."""


@blueprint.route("/<int:case_id>/<action>", methods=["GET", "POST"])
@door(*ACTORS)
def act(case_id: int, action: str) -> Answer:
    """A step of the table: its form, and carrying it out."""
    actor = current_actor()
    page = case_page(actor, case_id)
    back = next((one for one in RETURNS if one == action), None)
    if back is not None:
        return _return(actor, page, back)
    taken = next((one for one in (*STEPS, *GIVING, A.DISPUTE) if one == action), None)
    if taken is None:
        raise NotFound
    form, carry_out = _form_of(actor, page, taken)
    if form.submitted() and tried(form, carry_out):
        return done(case_id, taken)
    if not form.is_submitted():
        must_be_offered(page, taken)
    if taken in GIVING:
        return draw("casework/assign.html", page, form, taken, again=Need.REASON in row_of(page, taken).needs)
    return draw("casework/act.html", page, form, taken, grave=is_grave(taken), beside_it=())


def _return(actor: Actor, page: CasePage, action: A) -> Answer:
    """Back to the unit, with the reply beside what is said of it."""
    form = return_form(points(actor, page.id))(version=page.version)
    if form.submitted() and tried(form, lambda: RETURNS[action](actor, form.to_return(page.id))):
        return done(page.id, action)
    if not form.is_submitted():
        must_be_offered(page, action)
    return draw("casework/act.html", page, form, action, grave=is_grave(action), beside_it=page.versions[-1:])


def _suggested(actor: Actor, action: A) -> dict[str, str]:
    """What a form begins with: for a call-back the inspection's own words, to be fitted to this case."""
    if action is not A.CALL_BACK:
        return {}
    return {str(Need.SCRIPT): spoken(current_inspection(actor))["call_back"]}


def _form_of(actor: Actor, page: CasePage, taken: A) -> tuple[CaseForm, Callable[[], None]]:
    """The form of a step as it begins, and what is done once it is filled in."""
    if taken in GIVING:
        return _giving(actor, page, *GIVING[taken])
    if taken == A.DISPUTE:
        contest = DisputeForm(version=page.version)
        offer_units(contest.other, nameable(actor, page.id))
        return contest, lambda: services.dispute(actor, contest.to_contest(page.id))
    form = case_form(row_of(page, taken))(version=page.version, **_suggested(actor, taken))
    return form, lambda: STEPS[taken](actor, page.id, form)


def _giving(
    actor: Actor, page: CasePage, give: Callable[[Actor, Assign], None], choices_of: Callable[[Actor, int], Assignable]
) -> tuple[CaseForm, Callable[[], None]]:
    choices = choices_of(actor, page.id)
    form = AssignForm(version=page.version, lead=choices.lead, supporting=choices.supporting)
    offer_units(form.lead, choices.units)
    form.supporting.offer([(key, name) for key, name, _group in choices.units])
    return form, lambda: give(actor, form.to_command(page.id))


def offer_units(field: MenuField, units: Sequence[Unit]) -> None:
    groups = {
        AREA: _("Units of the area"), CITY: _("Departments of the city"), OTHERS: _("Other counties"),
        BELOW: _("Units below"),
    }  # fmt: skip
    field.offer([(key, name, {}, groups[group]) for key, name, group in units])


def row_of(page: CasePage, action: A) -> Row:
    """The row that applies, or any of this action: a form drawn before the case moved on can still be read."""
    return CASE.row(page.state, action) or next(row for row in CASE.rows if row.action == action)
