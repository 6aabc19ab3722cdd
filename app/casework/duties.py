"""Which states of a case wait for whom, read from the workflow's table: the work lists and the home page."""

from dataclasses import dataclass

from app.domain.people import Actor
from app.domain.workflow.case import CASE, WITH_THE_UNIT
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Role
from app.kernel.errors import N_


@dataclass(frozen=True)
class Duty:
    """One kind of waiting work: the action that does it, what it is called, the states that wait for it."""

    action: A
    label: str
    states: frozenset[Term]
    roles: frozenset[Role]

    @property
    def code(self) -> str:
        return str(self.action)


def _duty(action: A, label: str, *, but_not: tuple[Term, ...] = ()) -> Duty:
    rows = [row for row in CASE.rows if row.action == action and row.source not in but_not]
    states = frozenset(row.source for row in rows if row.source is not None)
    return Duty(action, label, states, frozenset(role for row in rows for role in row.roles))


DUTIES = (
    _duty(A.ASSIGN, N_("To assign"), but_not=WITH_THE_UNIT),  # assigning once more is a choice, not a duty
    _duty(A.UPHOLD_DISPUTE, N_("Disputes to decide")),
    _duty(A.INVESTIGATE, N_("To investigate")),
    _duty(A.REPLY, N_("To reply to")),
    _duty(A.SIGN_REPLY, N_("Replies to sign")),
    _duty(A.CITY_PASS, N_("City review")),
    _duty(A.PASS, N_("Team review")),
    _duty(A.CONFIRM_UNFOUNDED, N_("Second check of unfounded verdicts")),
    _duty(A.PUBLISH, N_("To publish")),
)
"""Signing for a batch is the batches room's work."""


def duties_of(actor: Actor, inspection_id: int) -> list[Duty]:
    """What may fall to this actor in an inspection, by the roles held there."""
    roles = {a.role for a in actor.appointments if a.inspection_id in (None, inspection_id)}
    return [duty for duty in DUTIES if duty.roles & roles]
