"""What the pages of alarms show: those that ring, those that were seen, and the reports of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.db import session
from app.domain.alarm import Alarm, AlarmKind, AlarmReport
from app.domain.history import Past, history
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Channel, Report
from app.domain.scope import load, scoped
from app.domain.workflow.vocabulary import ReportState
from app.kernel import text
from app.web.paging import Page, read_page

LONG_ENOUGH = 200
RINGING: ColumnElement[bool] = Alarm.reports > Alarm.seen_reports


@dataclass(frozen=True)
class AlarmRow:
    """An alarm in a list. `more`: reports that joined since somebody looked; all of them where nobody did."""

    id: int
    kind: AlarmKind
    label: str
    reports: int
    more: int
    last_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True)
class AlarmedReport:
    """One report of an alarm."""

    id: int
    number: str
    channel: Channel
    state: ReportState
    received_at: datetime
    words: str
    area: Region | None
    where: str


@dataclass(frozen=True)
class AlarmPage:
    alarm: Alarm
    kind: AlarmKind
    page: Page[AlarmedReport]
    past: list[Past]


def ringing(actor: Actor, inspection_id: int) -> int:
    query = scoped(actor, Alarm).where(Alarm.inspection_id == inspection_id, RINGING)
    return session().scalar(query.with_only_columns(func.count())) or 0


def alarms(actor: Actor, inspection_id: int, cursor: str, *, seen: bool) -> Page[AlarmRow]:
    """Those whose last report is the newest first."""
    query = scoped(actor, Alarm).where(Alarm.inspection_id == inspection_id, ~RINGING if seen else RINGING)
    columns: Any = query.with_only_columns(*Alarm.__table__.columns)
    return read_page(session(), columns, by=Alarm.last_at, key=Alarm.id, cursor=cursor, make=_row)


def alarm_page(actor: Actor, alarm_id: int, cursor: str) -> AlarmPage:
    alarm = load(session(), actor, Alarm, alarm_id)
    of_it = select(AlarmReport.report_id).where(AlarmReport.alarm_id == alarm.id)
    query = scoped(actor, Report).where(Report.id.in_(of_it)).outerjoin(Region, Region.code == Report.area_code)
    columns: Any = query.with_only_columns(
        Report.id, Report.number, Report.channel, Report.state, Report.received_at, Report.address, Report.place,
        Report.polluter, func.substr(Report.description, 1, LONG_ENOUGH).label("words"), Region,
    )  # fmt: skip
    page = read_page(session(), columns, by=Report.received_at, key=Report.id, cursor=cursor, make=_report)
    return AlarmPage(alarm, AlarmKind(alarm.kind), page, history(session(), {"alarm": [alarm.id]}))


def _row(row: Any) -> AlarmRow:
    more = max(0, row.reports - row.seen_reports)
    return AlarmRow(row.id, AlarmKind(row.kind), row.label, row.reports, more, row.last_at, row.seen_at)


def _report(row: Any) -> AlarmedReport:
    return AlarmedReport(
        id=row.id,
        number=row.number,
        channel=Channel(row.channel),
        state=ReportState(row.state),
        received_at=row.received_at,
        words=text.excerpt(row.words),
        area=row.Region,
        where="，".join(part for part in (row.address, row.place, row.polluter) if part),
    )
