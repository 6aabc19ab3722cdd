"""The engine: reads a table, says what may be done and what comes of it. It changes nothing itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.workflow.table import Row, Table
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Guard, Need, Role
from app.kernel.errors import N_, NotAllowed, Refused

Holds = Callable[[Guard, Term], bool]
"""Whether a condition holds for an action: the noun answers (app/domain/performing.py)."""


@dataclass(frozen=True)
class Offer:
    """An action that somebody in these roles may take now; `blocked` names the first condition that does not hold."""

    row: Row
    blocked: Guard | None

    @property
    def action(self) -> Term:
        return self.row.action


def offers(table: Table, state: Term | None, roles: frozenset[Role], holds: Holds) -> list[Offer]:
    """Every row open to these roles in this state, in the table's order: the buttons of a page."""
    return [
        Offer(row, next((guard for guard in row.when if not holds(guard, row.action)), None))
        for row in table.rows_from(state)
        if row.roles & roles
    ]


def decide(
    table: Table,
    state: Term | None,
    action: Term,
    roles: frozenset[Role],
    said: Mapping[Need, str],
    holds: Holds,
) -> tuple[Row, Role]:
    """The row that applies and the role acted in.

    Raises NotAllowed when these roles have no such row here, Refused when a condition does not hold or
    something that must be said is missing (`fields` names each).
    """
    row = table.row(state, action)
    if row is None:
        raise NotAllowed(N_("This cannot be done in the present state."))
    role = next((role for role in Role if role in row.roles & roles), None)
    if role is None:
        raise NotAllowed(N_("Your role may not do this."))
    for guard in row.when:
        if not holds(guard, action):
            raise Refused(guard.en)
    missing = {str(need): N_("This has to be filled in.") for need in row.needs if not said.get(need, "").strip()}
    if missing:
        raise Refused(N_("Something that must be said is missing."), fields=missing)
    return row, role
