"""The list of cases in scope: what the locality may know of a case at a glance, and nothing of the reporter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, func, literal, select

from app.casework.queries.area import Area, area
from app.casework.queries.waiting import falls_to_any, in_sight
from app.db import session
from app.domain import lateness
from app.domain.case import Case
from app.domain.counting import Counted, capped
from app.domain.people import Actor, Unit
from app.domain.region import Region
from app.domain.workflow.case import CASE
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseState
from app.kernel import clock, text
from app.web.paging import Page, read_page

OPEN, ALL = "", "all"
FINISHED = frozenset({CaseState.PUBLISHED})
NEVER = date(9999, 12, 31)
EXCERPT = 80
COLUMNS = (
    Case.id,
    Case.number,
    Case.key,
    Case.area_printed,
    Case.types,
    Case.handover_text,
    Case.unit_printed,
    Case.state,
    Case.feedback_due_on,
    Case.replied_at,
    Region.zh.label("area_zh"),
    Region.en.label("area_en"),
    Unit.short.label("unit_short"),
    Unit.name.label("unit_name"),
)
"""The allow-list: what is not named here is not read."""


@dataclass(frozen=True)
class Wishes:
    """What a list is cut by. `standing`: "" for what is open, "all", or a state; `work`: "mine" or a duty's code."""

    standing: str = OPEN
    area: str = ""
    work: str = ""
    late: bool = False
    key: bool = False


@dataclass(frozen=True)
class CaseRow:
    """One line of the list."""

    id: int
    number: str
    key: bool
    area: Area
    types: tuple[str, ...]
    excerpt: str
    lead_unit: str
    state: Term
    due_on: date | None
    late_days: int


def list_cases(actor: Actor, inspection_id: int, wishes: Wishes, cursor: str = "") -> tuple[Page[CaseRow], Counted]:
    """A page of cases, the most urgent first (where finished ones occur: the newest first), and how many there are,

    counted up to a limit.
    """
    query = in_sight(actor, inspection_id).where(*_conditions(actor, inspection_id, wishes))
    total = Counted(session().scalar(select(capped(query.with_only_columns(Case.id)))) or 0)
    urgent = wishes.standing not in {ALL, *FINISHED}
    page = read_page(
        session(),
        _allowed(query),
        by=func.coalesce(Case.feedback_due_on, literal(NEVER, Date)) if urgent else Case.id,
        key=Case.id,
        cursor=cursor,
        newest_first=not urgent,
        make=_row,
    )
    return page, total


def areas(actor: Actor, inspection_id: int) -> Sequence[Region]:
    """The areas that occur among the cases in sight, in the order of the region tree."""
    codes = in_sight(actor, inspection_id).with_only_columns(Case.area_code).distinct()
    return session().scalars(select(Region).where(Region.code.in_(codes)).order_by(Region.position)).all()


def _allowed(query: Select[Case]) -> Select[Any]:
    columns: tuple[Any, ...] = COLUMNS
    allowed: Select[Any] = query.with_only_columns(*columns)
    with_area = allowed.outerjoin(Region, Case.area_code == Region.code)
    return with_area.outerjoin(Unit, Case.lead_unit_id == Unit.id)


def _conditions(actor: Actor, inspection_id: int, wishes: Wishes) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wishes.standing == OPEN:
        conditions.append(Case.state.not_in(FINISHED))
    elif wishes.standing != ALL:
        conditions.append(Case.state == wishes.standing)
    if wishes.area:
        conditions.append(Case.area_code == wishes.area)
    if wishes.key:
        conditions.append(Case.key.is_(True))
    if wishes.late:
        conditions.append(lateness.late(Case.feedback_due_on, Case.replied_at, clock.today()))
    if wishes.work:
        conditions.append(falls_to_any(actor, inspection_id, wishes.work))
    return conditions


def _row(row: Any) -> CaseRow:
    return CaseRow(
        id=row.id,
        number=row.number,
        key=row.key,
        area=area(row.area_zh, row.area_en, row.area_printed),
        types=tuple(row.types),
        excerpt=text.excerpt(row.handover_text, EXCERPT),
        lead_unit=row.unit_short or row.unit_name or row.unit_printed,
        state=CASE.states(row.state),
        due_on=row.feedback_due_on,
        late_days=lateness.late_days(row.feedback_due_on, row.replied_at, clock.today()),
    )
