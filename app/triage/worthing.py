"""Doors to what the suggestions were worth, and to the cases behind each figure."""

from flask import render_template, request

from app.domain.inspection import Inspection
from app.domain.people import Reach
from app.domain.suggesting.kinds import Kind
from app.domain.suggesting.records import EVERY
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed
from app.triage import blueprint
from app.triage.queries import worth
from app.triage.queries.ruling import speaking_model
from app.web.guards import current_actor, door
from app.web.inspecting import current_inspection

WATCHERS = (R.LEADER, R.SUPERVISOR)
CHOICES = (4, 12, 52)


@blueprint.get("/suggestions/worth")
@door(*WATCHERS)
def suggestion_worth() -> str:
    inspection, weeks = watched(), read_weeks()
    return render_template(
        "triage/worth.html",
        inspection=inspection,
        worth=worth.worth(inspection, weeks),
        weeks=weeks,
        choices=CHOICES,
        how=worth.How,
        every=EVERY,
        model=speaking_model(),
    )


@blueprint.get("/suggestions/worth/cases")
@door(*WATCHERS)
def behind_suggestions() -> str:
    given, inspection = request.args, watched()
    kind = next((one for one in Kind if one == given.get("kind")), Kind.SCOPE)
    how = next((one for one in worth.How if one == given.get("how")), worth.How.WRONG)
    source = given.get("source") or EVERY
    rows, total = worth.behind(current_actor(), inspection, kind, how, source, read_weeks())
    return render_template(
        "triage/worth_cases.html", rows=rows, total=total, kind=kind, how=how, weeks=read_weeks(), inspection=inspection
    )


def read_weeks() -> int:
    given = request.args.get("weeks", "")
    return int(given) if given in {str(one) for one in CHOICES} else worth.WEEKS


def watched() -> Inspection:
    """The inspection of the bar, if this actor watches over it. Raises NotAllowed when they do something else there."""
    actor = current_actor()
    inspection = current_inspection(actor)
    if not actor.roles_over(Reach(inspection.id)) & set(WATCHERS):
        raise NotAllowed(N_("Your role does not open this door."))
    return inspection
