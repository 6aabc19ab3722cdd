"""Doors to one decision about many cases: what it asks for, and what could not be done, with the reason of each."""

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.casework import blueprint, services
from app.casework.commands import Together
from app.casework.forms import LeadForm
from app.casework.queries.choices import assignable_together, passable_together
from app.casework.queries.listing import chosen
from app.casework.routes.acting import offer_units
from app.casework.routes.opening import ACTORS, Answer
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction as A
from app.kernel.errors import NotFound
from app.web.acting import form_of, said
from app.web.guards import current_actor, door
from app.web.lists import last_list
from app.web.together import TogetherForm, Words, decided, page

CHOICES = {A.ASSIGN: assignable_together, A.PASS_DOWN: passable_together}
"""To which units what was ticked can be given."""


@blueprint.post("/together/<action>")
@door(*ACTORS)
def together(action: str) -> Answer:
    """What was ticked is always shown before it is decided: to pass what one has not seen is not offered."""
    wanted = next((one for one in services.TOGETHER if one == action), None)
    if wanted is None:
        raise NotFound
    rows_of_it = [row for row in CASE.rows if row.action == wanted]
    actor, row = current_actor(), max(rows_of_it, key=lambda row: len(row.needs))
    form = form_for(wanted)
    left = decided(
        form,
        wanted,
        lambda ticked: services.decide_together(actor, Together(wanted, ticked, said(form, row))),
        Words(_("No case was chosen."), counted),
        asks=True,
    )
    back = last_list(blueprint.name, "listing") or url_for("casework.listing")
    if left is None:
        return redirect(back)
    rows = chosen(actor, left.ids)
    way = url_for("casework.together", action=wanted)
    return page("layouts/together.html", form, wanted, left, rows, counted=counted(len(rows)), back=back, way=way)


def counted(number: int) -> str:
    return str(ngettext("%(num)s case chosen", "%(num)s cases chosen", number))


def form_for(action: A) -> TogetherForm:
    """The fields of the action, as for one case, and what was ticked."""
    row = next(row for row in CASE.rows if row.action == action)
    if action not in CHOICES:
        return form_of(TogetherForm, row)()

    class ManyForm(LeadForm, TogetherForm):
        pass

    form = ManyForm()
    offer_units(form.lead, CHOICES[action](current_actor(), [case_id for case_id, _version in form.read_chosen()]))
    return form
