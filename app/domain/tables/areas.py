"""The areas of an inspection: its counties and zones in printed order, and which of them any region lies in."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
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
    """`every` in printed order; `of` names the area that a region's code belongs to."""

    every: tuple[Area, ...]
    parents: dict[str, str | None]
    root: str

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

    def rows(self) -> tuple[Area, ...]:
        """The areas, and after them what lies in none."""
        return (*self.every, *(Area(str(term), term.zh, term.en) for term in Elsewhere))


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
