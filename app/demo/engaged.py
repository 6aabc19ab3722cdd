"""Who of the demonstration's people acts for a unit, and on which of the script's days a case is handed over."""

from functools import cache

from app.demo import reading
from app.demo.script import Report, Stay
from app.domain.workflow.vocabulary import Role


@cache
def serving(role: Role, unit: str) -> str:
    """The login of whoever holds a role at a unit, or at the one above it."""
    found = next((one.login for one in reading.people() if one.role == role and one.unit == unit), None)
    return found or serving(role, next(one.parent for one in reading.units() if one.code == unit))


def lies_below(unit: str, above: str) -> bool:
    """Whether a unit lies in the other one's branch of the tree."""
    parent = next(one.parent for one in reading.units() if one.code == unit)
    return parent == above or (bool(parent) and lies_below(parent, above))


def hand_over_day(stay: Stay, report: Report) -> int:
    """The next morning for what came before the cut-off, the one after it for what came later."""
    before = report.when.time.isoformat("minutes") < stay.settings["cut_off"]
    return report.when.day + (1 if before else 2)
