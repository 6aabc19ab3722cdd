"""Sight: the headings of the docket under which an actor finds all the cases they may see, and no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.docket import WHOLE, of_unit
from app.domain.people import UNIT_BOUND, Actor, Appointment
from app.domain.scope import WHOLE_INSPECTION
from app.domain.workflow.vocabulary import Role

EVERYTHING = WHOLE_INSPECTION | {Role.HISTORIAN, Role.COORDINATOR}
"""Whoever sees all cases of an inspection that were handed over (app/domain/scope.py)."""


@dataclass(frozen=True)
class Heading:
    """Under which heading of the docket to look; `leads`: only at what its unit leads."""

    name: str
    leads: bool = False


def sight(actor: Actor, inspection_id: int) -> list[Heading]:
    """The headings that hold everything this actor may see of an inspection, as app.domain.scope says it of cases."""
    here = held(actor, inspection_id)
    if any(one.role in EVERYTHING for one in here):
        return [Heading(WHOLE)]
    bound = [one for one in here if one.role in UNIT_BOUND]
    if any(one.unit_path is None for one in bound):
        return [Heading(WHOLE, leads=True)]
    return [Heading(of_unit(unit)) for unit in topmost(bound)]


def held(actor: Actor, inspection_id: int) -> list[Appointment]:
    """The appointments that count in an inspection."""
    return [one for one in actor.appointments if one.inspection_id in {None, inspection_id}]


def topmost(bound: Iterable[Appointment]) -> list[int]:
    """The units of these appointments that lie in no other one's branch."""
    branches = {one.unit_path: one.unit_id for one in bound if one.unit_path and one.unit_id}
    below = [path for path in branches if any(path != up and path.startswith(up) for up in branches)]
    return [unit for path, unit in sorted(branches.items()) if path not in below]
