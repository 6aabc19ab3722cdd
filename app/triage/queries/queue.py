"""The queue: one page of reports and how many stand in each state, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func

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


def queue(actor: Actor, inspection_id: int, filters: Filters, cursor: str = "") -> Page[QueueRow]:
    """What waits longest comes first; what has been judged, the newest first."""
    query = _cut(_all(actor, inspection_id), filters)
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
        ),
    )


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
