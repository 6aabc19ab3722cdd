"""The queue: one page of reports and how many stand in each state, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.region import Region, areas_of
from app.domain.report import Channel, Report
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import ReportState
from app.kernel import text
from app.web.paging import Page, read_page

LONG_ENOUGH = 200
OF_ITS_OWN = 20
"""Characters from which equal words are no accident: shorter ones are said by strangers of different places."""
TO_JUDGE, ASKED = ReportState.REGISTERED, ReportState.ASKED


@dataclass(frozen=True)
class Filters:
    """What the queue is cut by; None or empty: by nothing."""

    state: ReportState | None = TO_JUDGE
    channel: Channel | None = None
    area: str = ""
    key: bool = False
    number: str = ""


@dataclass(frozen=True)
class Place:
    """An area's names."""

    zh: str
    en: str


@dataclass(frozen=True)
class QueueRow:
    """One report in the queue. `due_on` is the day its present state must end by, if it must."""

    id: int
    number: str
    channel: Channel
    state: ReportState
    received_at: datetime
    words: str
    area: Place | None
    area_printed: str
    key: bool
    out_of_hours: bool
    repeat: bool
    due_on: date | None
    copies: int = 0
    last_copy_at: datetime | None = None


Copy = aliased(Report, name="copy")
COPIES = and_(
    Copy.inspection_id == Report.inspection_id,
    Copy.state == str(TO_JUDGE),
    Copy.words_digest == Report.words_digest,
    func.length(Report.description) >= OF_ITS_OWN,
)
"""Reports of the same words that wait to be judged, the report itself with them."""


def queue(actor: Actor, inspection_id: int, filters: Filters, cursor: str = "") -> Page[QueueRow]:
    """What waits longest comes first; what has been judged, the newest first.

    While nothing is filtered, reports of the same words are one line: the first of them says how many they are.
    """
    query = _cut(_all(actor, inspection_id), filters)
    grouped = filters == Filters()
    if grouped:
        query = query.where(or_(Report.key, ~_follows_a_copy()))
    if filters.state is not None:
        query = query.where(Report.state == str(filters.state))
    columns = query.with_only_columns(
        Report.id,
        Report.number,
        Report.channel,
        Report.state,
        Report.received_at,
        func.substr(Report.description, 1, LONG_ENOUGH).label("words"),
        Region.zh,
        Region.en,
        Report.area_printed,
        Report.key,
        Report.out_of_hours,
        Report.matter_id,
        Report.due_on,
        (_copies(func.count()) if grouped else null()).label("copies"),
        (_copies(func.max(Copy.received_at)) if grouped else null()).label("last_copy_at"),
    ).outerjoin(Region, Region.code == Report.area_code)
    return read_page(
        session(),
        columns,
        by=Report.received_at,
        key=Report.id,
        cursor=cursor,
        newest_first=filters.state not in {TO_JUDGE, ASKED},
        make=lambda row: QueueRow(
            id=row.id,
            number=row.number,
            channel=Channel(row.channel),
            state=ReportState(row.state),
            received_at=row.received_at,
            words=text.excerpt(row.words),
            area=Place(row.zh, row.en) if row.zh else None,
            area_printed=row.area_printed,
            key=row.key,
            out_of_hours=row.out_of_hours,
            repeat=row.matter_id is not None,
            due_on=row.due_on,
            copies=row.copies or 0,
            last_copy_at=row.last_copy_at,
        ),
    )


def _copies(what: Any) -> Any:
    return select(what).select_from(Copy).where(COPIES).correlate(Report).scalar_subquery()


def _follows_a_copy() -> ColumnElement[bool]:
    before = tuple_(Copy.received_at, Copy.id) < tuple_(Report.received_at, Report.id)
    return select(Copy.id).where(COPIES, before).correlate(Report).exists()


def counts(actor: Actor, inspection_id: int, filters: Filters | None = None) -> dict[ReportState, int]:
    """How many reports stand in each state, under the filters but for the state's own."""
    query = _cut(_all(actor, inspection_id), filters or Filters())
    counted = session().execute(query.with_only_columns(Report.state, func.count()).group_by(Report.state)).all()
    found = {ReportState(state): number for state, number in counted}
    return {state: found.get(state, 0) for state in ReportState}


def overdue(actor: Actor, inspection_id: int, today: date) -> int:
    """Reports that were asked about and whose reporter's time is over."""
    late = _all(actor, inspection_id).where(Report.state == ASKED, Report.due_on < today)
    return session().scalar(late.with_only_columns(func.count())) or 0


def areas(inspection: Inspection) -> list[Region]:
    return areas_of(session(), inspection.region_code)


def _all(actor: Actor, inspection_id: int) -> Select[Report]:
    return scoped(actor, Report).where(Report.inspection_id == inspection_id)


def _cut(query: Select[Report], filters: Filters) -> Select[Report]:
    if filters.channel is not None:
        query = query.where(Report.channel == str(filters.channel))
    if filters.area:
        query = query.where(Report.area_code == filters.area)
    if filters.key:
        query = query.where(Report.key)
    if filters.number:
        query = query.where(Report.number.contains(filters.number, autoescape=True))
    return query
