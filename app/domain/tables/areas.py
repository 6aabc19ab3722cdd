"""The areas of an inspection: its counties and zones in printed order, and which of them any region lies in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.people import Unit
from app.domain.region import Region
from app.domain.workflow.terms import Term


class Elsewhere(Term):
    """The rows of a table for what lies in none of the areas; without them the sums would not foot."""

    WHOLE = "whole", "市本级", "The city as a whole"
    OTHER = "other", "其他区域", "Elsewhere or not stated"


@dataclass(frozen=True)
class Area:
    """One row of a table by area. `code` is a region's, or the code of Elsewhere."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Areas:
    """`every` in printed order; `of` names the area that a region's code belongs to.

    `units`: departments that have a row of their own, as the bulletins print them (市城管局): they answer for what is
    nobody's area but the city's.
    """

    every: tuple[Area, ...]
    parents: dict[str, str | None]
    root: str
    units: Mapping[int, Area] = field(default_factory=dict)

    def of(self, code: str | None) -> str:
        """The county's code for a county or anything below it; WHOLE for the locality itself; OTHER for the rest."""
        known = {area.code for area in self.every}
        seen = 0
        while code is not None and seen < len(self.parents) + 1:
            if code in known:
                return code
            if code == self.root:
                return str(Elsewhere.WHOLE)
            code, seen = self.parents.get(code), seen + 1
        return str(Elsewhere.OTHER)

    def answering(self, code: str | None, unit_id: int | None) -> str:
        """The area, or for what lies in none of them the unit named for it, if that has a row."""
        where = self.of(code)
        named = self.units.get(unit_id) if unit_id is not None and where in set(Elsewhere) else None
        return named.code if named else where

    def rows(self) -> tuple[Area, ...]:
        """The areas, after them what lies in none, and last the departments."""
        return (*self.every, *(Area(str(term), term.zh, term.en) for term in Elsewhere), *self.units.values())

    def with_units(self, session: Session, ids: Iterable[int | None]) -> "Areas":
        """The same with a row for each of these units, in the order of the tree."""
        wanted = sorted({id_ for id_ in ids if id_ is not None})
        query = select(Unit.id, Unit.name, Unit.short).where(Unit.id.in_(wanted)).order_by(Unit.path)
        found = session.execute(query).all() if wanted else []
        return replace(self, units={row.id: Area(f"unit-{row.id}", row.short or row.name, row.name) for row in found})


def areas_of(session: Session, inspection: Inspection) -> Areas:
    """The regions below the inspected locality, two levels deep (counties; streets and towns)."""
    root = inspection.region_code
    counties = select(Region.code).where(Region.parent_code == root)
    query = (
        select(Region.code, Region.parent_code, Region.zh, Region.en)
        .where(or_(Region.parent_code == root, Region.parent_code.in_(counties)))
        .order_by(Region.position, Region.code)
    )
    found = session.execute(query).all()
    return Areas(
        tuple(Area(row.code, row.zh, row.en) for row in found if row.parent_code == root),
        {row.code: row.parent_code for row in found},
        root,
    )
