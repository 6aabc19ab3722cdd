"""What is done to a batch as a whole: allowed to whom each of its cases allows it, and written in the ledger."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.domain import ledger
from app.domain.batch import Batch, BatchAction
from app.domain.people import Actor, Reach
from app.domain.workflow.case import CASE
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role
from app.kernel.errors import N_, NotAllowed


def role_for(actor: Actor, inspection_id: int, state: Term, action: Term) -> Role:
    """The role in which the cases' table lets this actor act, also on a batch without a case. Raises NotAllowed."""
    row = CASE.row(state, action)
    held = row.roles & actor.roles_over(Reach(inspection_id)) if row else frozenset()
    role = next((role for role in Role if role in held), None)
    if role is None:
        raise NotAllowed(N_("Your role may not do this."))
    return role


def write_down(
    session: Session, actor: Actor, role: Role, batch: Batch, action: BatchAction, facts: Mapping[str, Any]
) -> None:
    happening = ledger.Happening(
        chain=batch.inspection_id,
        person_id=actor.person_id,
        role=role,
        at=actor.now(),
        noun="batch",
        noun_id=batch.id,
        action=action,
    )
    ledger.append(session, happening, facts={"batch": batch.label, **facts})
