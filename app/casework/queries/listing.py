"""The list of cases in sight: what the locality may know of a case at a glance, and nothing of the reporter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal_column, or_, select

from app.casework.queries.area import Area, area
from app.casework.queries.filters import Filters, cut
from app.db import session
from app.domain import lateness
from app.domain.batch import Batch
from app.domain.case import COUNTED_FROM, Case, Verdict
from app.domain.changes import Remembered
from app.domain.docket import WHOLE, DocketLine
from app.domain.inspection import Inspection
from app.domain.people import UNIT_BOUND, Actor, Unit, UnitKind
from app.domain.region import Region, areas_of
from app.domain.scope import within
from app.domain.tables.handling import handling
from app.domain.tables.table import PrintedTable
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseState
from app.kernel import clock, text
from app.web.paging import Page, read_cut

LONG_ENOUGH = 120
COLUMNS = (
    Case.id,
    Case.version,
    Case.number,
    Case.key,
    Case.area_printed,
    Case.types,
    func.substr(Case.handover_text, 1, LONG_ENOUGH).label("words"),
    Case.unit_printed,
    Case.state,
    Case.feedback_due_on,
    Case.feedback_announced,
    COUNTED_FROM.label("counted_from"),
    Case.replied_at,
    Case.handed_over_at,
    DocketLine.verdict,
    Batch.ordinal,
    Batch.sub,
    Region.zh.label("area_zh"),
    Region.en.label("area_en"),
    Unit.short.label("unit_short"),
    Unit.name.label("unit_name"),
)
"""The allow-list: what is not named here is not read."""


@dataclass(frozen=True)
class CaseRow:
    """One line of the list. Of the moments there are the days, no more."""

    id: int
    version: int
    number: str
    key: bool
    area: Area
    types: tuple[str, ...]
    words: str
    lead_unit: str
    state: CaseState
    due_on: date | None
    due_announced: bool
    late_days: int
    nearness: lateness.Nearness | None
    handed_on: date | None
    batch: str
    verdict: Verdict | None


def list_cases(actor: Actor, inspection_id: int, filters: Filters, cursor: str = "") -> Page[CaseRow]:
    """Two statements: which cases stand on this page, found along an index; then what is told of them."""
    page = read_cut(session(), cut(actor, inspection_id, filters), cursor)
    rows = told_of(actor, page.rows)
    return Page([rows[one] for one in page.rows if one in rows], page.earlier, page.later)


def whole_ledger(actor: Actor, inspection: Inspection) -> PrintedTable:
    """Every case of the inspection that this actor may see, to keep as a file."""
    return handling(session(), actor, inspection)


def told_of(actor: Actor, ids: Sequence[int]) -> dict[int, CaseRow]:
    """The lines of these cases, as far as this actor may see them."""
    if not ids:
        return {}
    columns: tuple[Any, ...] = COLUMNS
    query = (
        select(*columns)
        .select_from(Case)
        .join(DocketLine, (DocketLine.case_id == Case.id) & (DocketLine.heading == literal_column(f"'{WHOLE}'")))
        .outerjoin(Region, Case.area_code == Region.code)
        .outerjoin(Unit, Case.lead_unit_id == Unit.id)
        .outerjoin(Batch, Case.batch_id == Batch.id)
        .where(Case.id.in_(ids), within(actor, Case))
    )
    return {row.id: _row(row) for row in session().execute(query)}


def _row(row: Any) -> CaseRow:
    return CaseRow(
        id=row.id,
        version=row.version,
        number=row.number,
        key=row.key,
        area=area(row.area_zh, row.area_en, row.area_printed),
        types=tuple(row.types),
        words=text.excerpt(row.words, LONG_ENOUGH),
        lead_unit=row.unit_short or row.unit_name or row.unit_printed,
        state=CaseState(CASE.states(row.state)),
        due_on=row.feedback_due_on,
        due_announced=row.feedback_announced,
        late_days=lateness.late_days(row.counted_from, row.replied_at, clock.today()),
        nearness=lateness.nearness(row.feedback_due_on, clock.today(), row.replied_at),
        handed_on=clock.local_date(row.handed_over_at) if row.handed_over_at else None,
        batch=f"{row.ordinal}-{row.sub}" if row.sub else str(row.ordinal or ""),
        verdict=Verdict(row.verdict) if row.verdict else None,
    )


@dataclass(frozen=True)
class Place:
    """An area that the list can be cut by."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Branch:
    """A unit that the list can be cut by."""

    id: int
    name: str
    path: str


@dataclass(frozen=True)
class Menus:
    """What a list may be cut by that the database knows."""

    areas: tuple[Place, ...]
    units: tuple[Branch, ...]


MENUS: Remembered[Menus] = Remembered()
"""A new unit appears in them a few seconds later."""
KINDS = (str(UnitKind.COUNTY), str(UnitKind.DEPARTMENT))


def menus(actor: Actor, inspection: Inspection) -> Menus:
    """Two statements, every few seconds. Who acts for units alone is offered what lies below them."""
    code = inspection.region_code
    every = MENUS.get(code, lambda: _menus(code))
    bound = [one.unit_path for one in actor.appointments if one.role in UNIT_BOUND and one.unit_path]
    if len(bound) < len(actor.appointments):
        return every
    own = (unit for unit in every.units if unit.path.startswith(tuple(bound)) and unit.path not in bound)
    return Menus(every.areas, tuple(own))


def _menus(region_code: str) -> Menus:
    places = areas_of(session(), region_code)
    here = select(Region.code).where(or_(Region.parent_code == region_code, Region.code == region_code))
    units = select(Unit.id, Unit.name, Unit.path).where(Unit.active, Unit.region_code.in_(here), Unit.kind.in_(KINDS))
    return Menus(
        tuple(Place(one.code, one.zh, one.en) for one in places),
        tuple(Branch(*row) for row in session().execute(units.order_by(Unit.path))),
    )


@dataclass(frozen=True)
class Chosen:
    """A case that was ticked, as it stands now."""

    id: int
    version: int
    number: str
    state: CaseState
    words: str


def chosen(actor: Actor, ids: Sequence[int]) -> list[Chosen]:
    """The ticked cases this actor may see, in the order they were ticked."""
    rows = told_of(actor, ids)
    every = [rows[one] for one in ids if one in rows]
    return [Chosen(row.id, row.version, row.number, row.state, row.words) for row in every]
