"""The enforcement figures 「责令整改 立案处罚 罚款 …」 by area: of each published case, the reply that stood then."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.case import FIGURES, Case, Reply
from app.domain.inspection import Inspection
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.money import cents

COUNTS = tuple(name for name in FIGURES if name != "fines")


@dataclass(frozen=True)
class Enforcement:
    """The sums of one area; `fines` in 元 to the cent, `counts` by the name of the reply's field."""

    area_code: str | None
    counts: dict[str, int]
    fines: Decimal


def enforcement(session: Session, inspection: Inspection) -> list[Enforcement]:
    """By the region's code of the case, in one statement."""
    sums = [func.coalesce(func.sum(getattr(Reply, name)), 0) for name in COUNTS]
    query = (
        _standing(select(Case.area_code, func.sum(Reply.fines), *sums))
        .where(Case.inspection_id == inspection.id)
        .group_by(Case.area_code)
    )
    return [
        Enforcement(row[0], dict(zip(COUNTS, (int(value) for value in row[2:]), strict=True)), cents(row[1]))
        for row in session.execute(query)
    ]


def summed(parts: Iterable[Enforcement]) -> Enforcement:
    """Several areas together."""
    every = list(parts)
    counts = {name: sum(part.counts[name] for part in every) for name in COUNTS}
    return Enforcement(None, counts, sum((part.fines for part in every), Decimal("0.00")))


def _standing(query: Any) -> Any:
    """Of a case's versions the newest that existed when it was published: a later one has not been reviewed."""
    version = aliased(Reply)
    newest = (
        select(func.max(version.number))
        .where(version.case_id == Case.id, version.written_at <= Case.published_at)
        .correlate(Case)
        .scalar_subquery()
    )
    return query.join(Reply, and_(Reply.case_id == Case.id, Reply.number == newest)).where(PUBLISHED)
