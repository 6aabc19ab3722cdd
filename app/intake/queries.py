"""What the notice, the form and the receipt have to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.domain import region
from app.domain.changes import Remembered
from app.domain.expected import Following, following
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.search import Alike, alike
from app.intake.commands import Describe
from app.kernel.errors import NotFound

TOWN_DIGITS = 9
LEAST_WORDS = 15
"""Characters: fewer describe nothing that could be found again."""


@dataclass(frozen=True)
class Area:
    """A county, district or town of the inspected locality."""

    code: str
    zh: str
    en: str


AREAS: Remembered[list[Area]] = Remembered()
TOWNS: Remembered[dict[str, list[Area]]] = Remembered()
"""Every form that is sent asks for the same places, to know a choice from a word: they change once in years."""


def areas(locality: str) -> list[Area]:
    """The areas below the inspected locality, in printed order."""
    return AREAS.get(locality, lambda: [Area(o.code, o.zh, o.en) for o in region.areas_of(session(), locality)])


def towns(counties: Sequence[str]) -> dict[str, list[Area]]:
    """The towns and subdistricts (nine digits) of these counties, by county, in printed order."""
    return TOWNS.get(tuple(counties), lambda: _towns(counties))


def _towns(counties: Sequence[str]) -> dict[str, list[Area]]:
    query = select(Region).where(Region.parent_code.in_(counties)).order_by(Region.position, Region.code)
    found: dict[str, list[Area]] = {}
    for one in session().scalars(query):
        if len(one.code) == TOWN_DIGITS and one.parent_code:
            found.setdefault(one.parent_code, []).append(Area(one.code, one.zh, one.en))
    return found


def perhaps_the_same(said: Describe) -> list[Alike]:
    """Published cases that may be what is being reported, the likeliest first; none for a few words."""
    if len(said.words) < LEAST_WORDS and said.point is None:
        return []
    return alike(
        session(), said.inspection_id, said.words, area_code=said.area_code, types=said.types, point=said.point
    )


def what_follows(inspection_id: int, received_at: datetime) -> Following:
    """The days that a receipt names. Raises NotFound."""
    inspection = session().get(Inspection, inspection_id)
    if inspection is None:
        raise NotFound
    return following(inspection, received_at)
