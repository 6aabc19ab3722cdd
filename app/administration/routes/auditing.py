"""Doors: the ledger as auditors read and verify it."""

from flask import render_template, request

from app.administration import blueprint
from app.administration.queries import ledger
from app.administration.queries.ledger import Subject, Wanted
from app.administration.routes.people import Answer
from app.administration.services.audit import verify_ledger
from app.domain.workflow.vocabulary import Role as R
from app.web.addresses import LARGEST
from app.web.guards import current_actor, door


def _number(typed: str) -> int:
    """A number a row can have. Raises ValueError."""
    number = int(typed)
    if not 0 <= number <= LARGEST:
        raise ValueError(typed)
    return number


@blueprint.get("/ledger", endpoint="ledger")
@door(R.AUDITOR)
def entries() -> Answer:
    actor, asked = current_actor(), request.args
    wanted = Wanted(
        chain=asked.get("chain", type=_number),
        noun=next((str(one) for one in Subject if one == asked.get("noun")), None),
        noun_id=asked.get("id", type=_number),
        person_id=asked.get("person", type=_number),
    )
    page, total = ledger.entries(actor, wanted, asked.get("page", ""))
    return render_template(
        "administration/ledger.html",
        page=page,
        total=total,
        chains=ledger.chains(actor),
        subjects=list(Subject),
        wanted=wanted,
    )


@blueprint.post("/ledger/verify")
@door(R.AUDITOR)
def verify() -> Answer:
    return render_template("administration/verdict.html", verdict=verify_ledger(current_actor()))
