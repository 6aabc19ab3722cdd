"""Which cases are in somebody's sight, and which of them wait for that somebody to do something."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from app.casework.duties import Duty, duties_of
from app.db import session
from app.domain import lateness
from app.domain.case import BEFORE_HAND_OVER, Case
from app.domain.people import UNIT_BOUND, Actor, Unit
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import CaseAction
from app.kernel import clock

MINE = "mine"
Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Waiting:
    """How many cases wait for a duty, and how many of them are past their day without a reply."""

    duty: Duty
    count: int
    late: int


def next_work(actor: Actor, inspection_id: int) -> list[Waiting]:
    """What this actor could do something about now, duty by duty, in the order of the work."""
    return [_waiting(actor, inspection_id, duty) for duty in duties_of(actor, inspection_id)]


def overdue_count(actor: Actor, inspection_id: int) -> int:
    """Cases in sight whose feedback is past its day and has not come."""
    query = in_sight(actor, inspection_id).where(_overdue()).with_only_columns(Case.id)
    return session().scalar(select(func.count()).select_from(query.subquery())) or 0


def in_sight(actor: Actor, inspection_id: int) -> Select[Case]:
    """Cases of an inspection that were handed over and that this actor may see."""
    return scoped(actor, Case).where(Case.inspection_id == inspection_id, Case.state.not_in(BEFORE_HAND_OVER))


def falls_to_any(actor: Actor, inspection_id: int, work: str) -> Condition:
    """Waiting for this actor: under any duty of theirs ("mine"), or under the one that is named."""
    duties = [duty for duty in duties_of(actor, inspection_id) if work in {MINE, duty.code}]
    return or_(false(), *(_falls_to(actor, inspection_id, duty) for duty in duties))


def _waiting(actor: Actor, inspection_id: int, duty: Duty) -> Waiting:
    query = in_sight(actor, inspection_id).where(_falls_to(actor, inspection_id, duty))
    counts = query.with_only_columns(func.count(), func.count().filter(_overdue()), maintain_column_froms=True)
    count, late = session().execute(counts).one()
    return Waiting(duty, count, late)


def _overdue() -> Condition:
    return lateness.overdue(Case.feedback_due_on, Case.replied_at, clock.today())


def _falls_to(actor: Actor, inspection_id: int, duty: Duty) -> Condition:
    own = Case.checked_by_id.is_distinct_from(actor.person_id)
    second = own if duty.action == CaseAction.CONFIRM_UNFOUNDED else true()
    return and_(Case.state.in_(duty.states), _responsible(actor, inspection_id, duty), second)


def _responsible(actor: Actor, inspection_id: int, duty: Duty) -> Condition:
    """A unit that helps sees a case; only the lead unit's branch acts on it."""
    held = [a for a in actor.appointments if a.inspection_id in {None, inspection_id} and a.role in duty.roles]
    if any(a.role not in UNIT_BOUND or a.unit_path is None for a in held):
        return true()
    branches = [Unit.path.startswith(a.unit_path, autoescape=True) for a in held if a.unit_path]
    return Case.lead_unit_id.in_(select(Unit.id).where(or_(false(), *branches)))
