"""Inspections, units and regions as lists and trees."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Unit, UnitKind
from app.domain.region import Region
from app.kernel.errors import NotFound

Found = TypeVar("Found")


@dataclass(frozen=True)
class UnitRow:
    id: int
    code: str
    name: str
    short: str
    kind: UnitKind
    region: str
    active: bool
    depth: int


@dataclass(frozen=True)
class RegionRow:
    code: str
    zh: str
    en: str
    short: str
    division: bool
    depth: int


def inspections() -> Sequence[Inspection]:
    """Every inspection, the newest first."""
    return list(session().scalars(select(Inspection).order_by(Inspection.starts_on.desc(), Inspection.id)))


def inspection(inspection_id: int) -> Inspection:
    """One inspection with its settings. Raises NotFound."""
    found = session().get(Inspection, inspection_id)
    if found is None:
        raise NotFound
    return found


def unit(unit_id: int) -> Unit:
    """Raises NotFound."""
    found = session().get(Unit, unit_id)
    if found is None:
        raise NotFound
    return found


def units() -> list[UnitRow]:
    """The tree of units, each below its parent."""
    regions = {region.code: region.zh for region in session().scalars(select(Region))}
    every = list(session().scalars(select(Unit).order_by(Unit.id)))
    return [
        UnitRow(
            one.id, one.code, one.name, one.short, UnitKind(one.kind), regions.get(one.region_code or "", ""),
            one.active, depth,
        )
        for one, depth in as_tree(every, lambda one: one.id, lambda one: one.parent_id)
    ]  # fmt: skip


def regions() -> list[RegionRow]:
    """The tree of administrative divisions."""
    every = list(session().scalars(select(Region).order_by(Region.position, Region.code)))
    return [
        RegionRow(one.code, one.zh, one.en, one.short, one.division, depth)
        for one, depth in as_tree(every, lambda one: one.code, lambda one: one.parent_code)
    ]


def as_tree(
    every: Iterable[Found], key: Callable[[Found], object], parent: Callable[[Found], object]
) -> list[tuple[Found, int]]:
    """Each thing after its parent, with its depth; siblings stay in their order."""
    below: dict[object, list[Found]] = {}
    for one in every:
        below.setdefault(parent(one), []).append(one)

    def walk(above: object, depth: int) -> list[tuple[Found, int]]:
        return [found for one in below.get(above, []) for found in ((one, depth), *walk(key(one), depth + 1))]

    return walk(None, 0)
