"""Which states of a case wait for whom, read from the workflow's table: the work lists and the home page.

A step that asks for no reason is work; one that asks for it goes against the flow and is a choice (assigning once more,
returning, taking down). Only where nothing else leads out of a state is the choice the work, of those who were told
when the case came there: a dispute is decided. So a step that is added to the table waits for its people by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.case import BEFORE_HAND_OVER
from app.domain.people import Actor
from app.domain.sight import held
from app.domain.workflow.case import CASE
from app.domain.workflow.table import Row
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import CaseState, Guard, Need, Role

ELSEWHERE = frozenset(
    {A.APPROVE_TEXT, A.SECOND_APPROVE, A.BATCH, A.TAKE_OUT, A.HAND_OVER, A.SIGN_FOR, A.CANCEL, A.ENTER_HISTORY}
    | {A.SPOT_CHECK, A.TRY_CALL_BACK, A.HEAR_CALL_BACK, A.HEAR_DISSATISFIED}
)
"""The steps that have their doors in other rooms."""


NARROWING = (Guard.ANOTHER_PERSON, Guard.SUPERIOR_DECIDES, Guard.SIGNS_FOR)
"""Conditions that leave a state to some of those who hold its roles, in the order of a duty's fields."""


@dataclass(frozen=True)
class Duty:
    """A state that waits for some roles. `another`: only for somebody else than who checked it first; `superior`:

    only for who decides the dispute; `first`: only for whom the city assigned, not for units below that one.
    """

    state: CaseState
    roles: frozenset[Role]
    another: bool = False
    superior: bool = False
    first: bool = False

    @property
    def code(self) -> str:
        return str(self.state)


def _duties() -> Iterator[Duty]:
    for state in CaseState:
        work = [] if state in BEFORE_HAND_OVER else _work(state)
        if work:
            roles = frozenset(role for row in work for role in row.roles)
            yield Duty(state, roles, *(all(guard in row.when for row in work) for guard in NARROWING))


def _work(state: CaseState) -> list[Row]:
    """The rows out of a state that are somebody's work."""
    leaving = [row for row in CASE.rows_from(state) if row.target != state]
    work = [row for row in leaving if Need.REASON not in row.needs]
    if not work:
        told = {role for row in CASE.rows if row.target == state and row.source != state for role in row.tells}
        work = [row for row in leaving if row.roles & told - {Role.CITIZEN}]
    return [row for row in work if row.action not in ELSEWHERE]


DUTIES = tuple(_duties())


def duties_of(actor: Actor, inspection_id: int) -> list[Duty]:
    """What may fall to this actor in an inspection, by the roles held there; in the order of the states."""
    roles = {one.role for one in held(actor, inspection_id)}
    return [duty for duty in DUTIES if duty.roles & roles]
