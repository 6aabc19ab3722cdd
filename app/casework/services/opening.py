"""Opening a case: others of the same side are told who has it open. Nothing about the case changes.

The team is told of the team, the locality of the locality: what the other side looks at is no business of one's own.
"""

from app.casework.queries.sides import nook
from app.db import transaction
from app.domain import presence
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.scope import load


def open_case(actor: Actor, case_id: int, visit: str) -> None:
    """Raises NotFound alike for a missing case and somebody else's."""
    with transaction() as session:
        case = load(session, actor, Case, case_id)
        presence.come(session, actor, nook(actor, case), case_id, visit)


def leave_case(actor: Actor, case_id: int, visit: str) -> None:
    """The page of this visit was left. Raises NotFound."""
    with transaction() as session:
        case = load(session, actor, Case, case_id)
        presence.leave(session, actor, nook(actor, case), case_id, visit)
