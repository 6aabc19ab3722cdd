"""Raising alarms: every minute the line looks at what came in since, each report by look-ups of its own marks.

The work depends on how many reports are new, not on how many there are. What is not looked at yet is found by its
missing mark among the last ids: a report may be committed after one with a later number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from app.db import session, transaction
from app.domain import geography
from app.domain.alarm import Alarm, AlarmKind, AlarmMark, AlarmReport
from app.domain.doings import Doing, write_down
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import SYSTEM
from app.domain.receiving import one_at_a_time
from app.domain.region import Region
from app.domain.report import Report
from app.domain.workflow.vocabulary import ReportState, Role
from app.jobs import job
from app.kernel import clock, text
from app.triage.alarms.marking import cells_around, marks
from app.triage.alarms.sites import READ, inspections_with_sites, mark_sites, raise_for_sites

AT_A_TIME, ROUNDS = 50, 100
PAUSE = 0.01
"""Seconds after each report: SQLite has one writer, and whoever sends a report in between comes first."""
BACK = 1000
"""Ids: how far a transaction may be behind one that began after it."""
MOST_NEAR = 400
AFTERWARDS = timedelta(days=7)
"""Letters still arrive when the stay is over."""
GONE = (ReportState.VOIDED, ReportState.WITHDRAWN)


@dataclass(frozen=True)
class Watched:
    """An inspection that is watched: within how many metres and days how many reports are an alarm, and its regions."""

    inspection_id: int
    metres: int
    window: timedelta
    least: int
    names: tuple[str, ...]


@job("alarms.watch", every=1)
def watch(house: Installation) -> None:  # noqa: ARG001  (every job is handed the house)
    with transaction() as writing:
        one_at_a_time(writing, "alarms")
        mark_sites(writing, {one.inspection_id: one.names for one in _watched(writing).values()})
    for _ in range(ROUNDS):
        watched = _watched(session())
        fresh = _fresh(session(), list(watched)) if watched else []
        session().rollback()
        for report in fresh:
            _look_at_alone(watched[report.inspection_id], report)
            sleep(PAUSE)
        if len(fresh) < AT_A_TIME:
            return


def _look_at_alone(watched: Watched, report: Row[Any]) -> None:
    """One transaction for each report, so that none is long; whoever comes second finds its mark and leaves it."""
    with transaction() as writing:
        one_at_a_time(writing, "alarms")
        if writing.scalar(select(AlarmMark.report_id).where(AlarmMark.report_id == report.id).limit(1)) is None:
            _look_at(writing, watched, report)


def _watched(session: Session) -> dict[int, Watched]:
    today = clock.today()
    stays = (Inspection.starts_on <= today) & (Inspection.ends_on >= today - AFTERWARDS)
    query = select(Inspection).where(stays | inspections_with_sites())
    return {one.id: _of(session, one) for one in session.scalars(query)}


def _of(session: Session, inspection: Inspection) -> Watched:
    settings, root = inspection.settings, inspection.region
    below = select(Region.zh, Region.short).where(Region.parent_code == root.code)
    above = select(Region.zh, Region.short).where(Region.code == root.parent_code)
    names = [root.zh, root.short, *(name for row in (*session.execute(below), *session.execute(above)) for name in row)]
    days = timedelta(days=settings.alarm_days)
    return Watched(inspection.id, settings.alarm_metres, days, settings.alarm_reports, tuple(filter(None, names)))


def _fresh(session: Session, inspections: list[int]) -> list[Row[Any]]:
    newest = session.scalar(select(func.max(AlarmMark.report_id))) or 0
    query = select(
        Report.id, Report.inspection_id, Report.received_at, Report.polluter, Report.area_code, Report.address,
        Report.place, Report.latitude, Report.longitude,
    ).where(
        Report.id > newest - BACK,
        Report.inspection_id.in_(inspections),
        Report.history.is_(False),
        ~exists().where(AlarmMark.report_id == Report.id),
    )  # fmt: skip
    return list(session.execute(query.order_by(Report.id).limit(AT_A_TIME)))


def _look_at(session: Session, watched: Watched, report: Row[Any]) -> None:
    found = marks(report, watched.names)
    for kind, mark in [(READ, ""), *found.items()]:
        session.add(
            AlarmMark(
                report_id=report.id, kind=str(kind), mark=mark, inspection_id=report.inspection_id,
                received_at=report.received_at,
            )
        )  # fmt: skip
    session.flush()
    raise_for_sites(session, report, watched.metres, found)
    for kind, mark in found.items():
        near = _near(session, watched, report, kind, mark)
        if len(near) >= watched.least:
            _raise(session, watched, report, kind, mark, near)


def _near(session: Session, watched: Watched, report: Row[Any], kind: AlarmKind, mark: str) -> list[int]:
    """The reports of the fullest days around this one, itself among them."""
    looked = cells_around(report.latitude, report.longitude) if kind is AlarmKind.POINT else [mark]
    query = (
        select(AlarmMark.report_id, AlarmMark.received_at, Report.latitude, Report.longitude)
        .join(Report, Report.id == AlarmMark.report_id)
        .where(
            AlarmMark.inspection_id == report.inspection_id,
            AlarmMark.kind == str(kind),
            AlarmMark.mark.in_(looked),
            AlarmMark.received_at.between(report.received_at - watched.window, report.received_at + watched.window),
            Report.state.not_in([str(state) for state in GONE]),
        )
        .order_by(AlarmMark.received_at.desc())
        .limit(MOST_NEAR)
    )
    rows = list(session.execute(query))
    if kind is AlarmKind.POINT:
        here = (report.latitude, report.longitude)
        rows = [row for row in rows if geography.metres(here, (row.latitude, row.longitude)) <= watched.metres]
    return _fullest(sorted((row.received_at, row.report_id) for row in rows), report.received_at, watched.window)


def _fullest(every: list[tuple[datetime, int]], at: datetime, window: timedelta) -> list[int]:
    """Of the stretches of `window` that hold the moment, the ids in the one that holds the most."""
    best: list[int] = []
    for first, _ in every:
        if first <= at <= first + window:
            held = [report_id for moment, report_id in every if first <= moment <= first + window]
            best = max(best, held, key=len)
    return best


def _raise(session: Session, watched: Watched, report: Row[Any], kind: AlarmKind, mark: str, near: list[int]) -> None:
    alarm = _standing(session, watched, report, kind, mark)
    if alarm is None:
        alarm = Alarm(
            inspection_id=report.inspection_id, kind=str(kind), mark=mark, label="", raised_at=clock.now(),
            last_at=report.received_at, reports=0, latitude=report.latitude, longitude=report.longitude,
        )  # fmt: skip
        session.add(alarm)
        session.flush()
    quiet = not alarm.is_open
    known = set(session.scalars(select(AlarmReport.report_id).where(AlarmReport.alarm_id == alarm.id)))
    joined = [report_id for report_id in near if report_id not in known]
    session.add_all(AlarmReport(alarm_id=alarm.id, report_id=report_id) for report_id in joined)
    alarm.reports = len(known) + len(joined)
    alarm.last_at = max(alarm.last_at, report.received_at)
    alarm.label = text.excerpt(report.polluter if kind is AlarmKind.POLLUTER else report.address + report.place, 40)
    if joined and quiet:
        facts = {"kind": str(kind), "reports": alarm.reports}
        chain = report.inspection_id
        write_down(session, SYSTEM, Role.CLOCK, Doing.RAISE_ALARM, "alarm", alarm.id, chain=chain, facts=facts)


def _standing(session: Session, watched: Watched, report: Row[Any], kind: AlarmKind, mark: str) -> Alarm | None:
    """The alarm that this would raise again: of the same mark, or raised by a report near this one."""
    of_kind = select(Alarm).where(Alarm.inspection_id == report.inspection_id, Alarm.kind == str(kind))
    if kind is not AlarmKind.POINT:
        return session.scalar(of_kind.where(Alarm.mark == mark))
    here = (report.latitude, report.longitude)
    around = of_kind.where(Alarm.mark.in_(cells_around(*here))).order_by(Alarm.id).limit(MOST_NEAR)
    for alarm in session.scalars(around):
        if geography.metres(here, (alarm.latitude or 0.0, alarm.longitude or 0.0)) <= watched.metres:
            return alarm
    return None
