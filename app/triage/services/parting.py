"""How a report falls into parts: by matters of its own (分解, +N), or one matter that two areas share, half each."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain import catalogue
from app.domain.people import Unit
from app.domain.region import Region
from app.kernel.errors import N_, Refused
from app.triage.commands import Accept, Part

MOST_SHARING = 2
"""Published bulletins count halves and nothing smaller; what three areas answer for is split."""


def items(parts: Sequence[Part]) -> list[int]:
    """Of each part, which of the report's matters it is (1, 2 …); parts that share a matter have the same."""
    found: list[int] = []
    for part in parts:
        found.append(found[-1] if found and part.together else len(set(found)) + 1)
    return found


def sharing(parts: Sequence[Part]) -> list[bool]:
    """Of each part, whether another one shares its matter."""
    of = items(parts)
    return [of.count(item) > 1 for item in of]


def with_shared_points(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts that share a matter answer for the same points and types: those of the first of them."""
    found: list[Part] = []
    for part in parts:
        if found and part.together:
            found.append(replace(part, points=found[-1].points, types=found[-1].types))
        else:
            found.append(part)
    return tuple(found)


def check(session: Session, words: Accept, *, history: bool) -> None:
    """Each area (and unit) once, or once more for a matter it shares; each known to us and with a point.

    Imported rows are taken as they were printed. Raises Refused.
    """
    of, shared = items(words.parts), sharing(words.parts)
    places = [(part.area_code, part.unit_id) for part in words.parts]
    if len({(place, item * half) for place, item, half in zip(places, of, shared, strict=True)}) != len(places):
        refuse(N_("Each area and unit can be named only once."))
    if any(of.count(item) > MOST_SHARING for item in of):
        refuse(N_("Two areas can share one matter, no more. Please split it."))
    if history:
        return
    if any(code is None or session.get(Region, code) is None for code, _ in places):
        refuse(N_("Please choose an area."))
    if any(unit is not None and not _serves(session, unit) for _, unit in places):
        refuse(N_("There is no such unit."))
    if not all(part.points for part in words.parts):
        refuse(N_("Every area needs a point."))
    named = {*words.types, *(code for part in words.parts for code in part.types)}
    if not named <= set(catalogue.types()) or not set(words.tags) <= set(catalogue.tags()):
        refuse(N_("There is no such type."), "types")


def _serves(session: Session, unit_id: int) -> bool:
    unit = session.get(Unit, unit_id)
    return unit is not None and unit.active


def refuse(sentence: str, field: str = "parts") -> None:
    raise Refused(sentence, fields={field: sentence})
