"""One door for every plain step of a case, and one for the assignment."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from app.casework import blueprint, services
from app.casework.forms import AssignForm, CaseForm, LeadForm, case_form
from app.casework.queries.choices import Unit, assignable
from app.casework.queries.page import CasePage, case_page
from app.casework.queries.units import AREA, CITY, OTHERS
from app.casework.routes.opening import ACTORS, Answer, done, draw, must_be_offered
from app.domain.people import Actor
from app.domain.workflow.case import CASE
from app.domain.workflow.table import Row
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound
from app.web.guards import current_actor, door
from app.web.tones import is_grave
from app.web.versioned import tried

STEPS: dict[A, Callable[[Actor, int, CaseForm], None]] = {
    A.DISPUTE: lambda actor, key, form: services.dispute(actor, form.to_step(key)),
    A.UPHOLD_DISPUTE: lambda actor, key, form: services.uphold_dispute(actor, form.to_step(key)),
    A.DISMISS_DISPUTE: lambda actor, key, form: services.dismiss_dispute(actor, form.to_step(key)),
    A.INVESTIGATE: lambda actor, key, form: services.investigate(actor, form.to_step(key)),
    A.EXTEND: lambda actor, key, form: services.extend(actor, form.to_extension(key)),
    A.SIGN_REPLY: lambda actor, key, form: services.sign_reply(actor, form.to_step(key)),
    A.SEND_BACK: lambda actor, key, form: services.send_back(actor, form.to_step(key)),
    A.CITY_PASS: lambda actor, key, form: services.city_pass(actor, form.to_step(key)),
    A.CITY_RETURN: lambda actor, key, form: services.city_return(actor, form.to_step(key)),
    A.PASS: lambda actor, key, form: services.pass_reply(actor, form.to_step(key)),
    A.REQUIRE_CHECK: lambda actor, key, form: services.require_check(actor, form.to_step(key)),
    A.CONFIRM_UNFOUNDED: lambda actor, key, form: services.confirm_unfounded(actor, form.to_step(key)),
    A.TEAM_RETURN: lambda actor, key, form: services.team_return(actor, form.to_step(key)),
    A.UNPUBLISH: lambda actor, key, form: services.unpublish(actor, form.to_step(key)),
    A.REOPEN: lambda actor, key, form: services.reopen(actor, form.to_step(key)),
}


@blueprint.route("/<int:case_id>/<action>", methods=["GET", "POST"])
@door(*ACTORS)
def act(case_id: int, action: str) -> Answer:
    """A step of the table: its form, and carrying it out."""
    actor = current_actor()
    page = case_page(actor, case_id)
    taken = next((one for one in STEPS if one == action), None)
    if taken is None:
        raise NotFound
    form = case_form(row_of(page, taken))(version=page.version)
    if form.submitted() and tried(form, lambda: STEPS[taken](actor, case_id, form)):
        return done(case_id, taken)
    if not form.is_submitted():
        must_be_offered(page, taken)
    return draw("casework/act.html", page, form, taken, grave=is_grave(taken))


@blueprint.route("/<int:case_id>/assign", methods=["GET", "POST"])
@door(R.COORDINATOR)
def assign(case_id: int) -> Answer:
    actor = current_actor()
    page, choices = case_page(actor, case_id), assignable(actor, case_id)
    form = AssignForm(version=page.version, lead=choices.lead, supporting=choices.supporting)
    offer_units(form, choices.units)
    form.supporting.offer([(key, name) for key, name, _group in choices.units])
    if form.submitted() and tried(form, lambda: services.assign(actor, form.to_command(case_id))):
        return done(case_id, A.ASSIGN)
    if not form.is_submitted():
        must_be_offered(page, A.ASSIGN)
    return draw("casework/assign.html", page, form, A.ASSIGN, again=Need.REASON in row_of(page, A.ASSIGN).needs)


def offer_units(form: LeadForm, units: Sequence[Unit]) -> None:
    groups = {AREA: _("Units of the area"), CITY: _("Departments of the city"), OTHERS: _("Other counties")}
    form.lead.offer([(key, name, {}, groups[group]) for key, name, group in units])


def row_of(page: CasePage, action: A) -> Row:
    """The row that applies, or any of this action: a form drawn before the case moved on can still be read."""
    return CASE.row(page.state, action) or next(row for row in CASE.rows if row.action == action)
