"""Which side somebody reads a case from: the team's, or the locality's, who get an allow-list."""

from app.domain.case import Case
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role as R

TEAM = frozenset({R.INSPECTOR, R.LEADER, R.SUPERVISOR})
LOCALITY = frozenset({R.COORDINATOR, R.OFFICER, R.UNIT_LEADER, R.ACCEPTOR})


def reads_as_team(actor: Actor, case: Case) -> bool:
    return bool(actor.roles_over(case.reach()) & TEAM)


def nook(actor: Actor, case: Case) -> str:
    """Under which name presences are kept: each side has its own."""
    return "case of the team" if reads_as_team(actor, case) else "case"
