"""Signed-off sites that a new report names: raised at once, whatever else was reported of them.

A site is known by the marks of the report that led to it (app/triage/alarms/marking.py), in every inspection of the
same locality. The alarm is labelled by the case: whoever is told of it is told nothing of the new report.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.domain import geography
from app.domain.alarm import Alarm, AlarmKind, AlarmMark, AlarmReport
from app.domain.case import Case
from app.domain.doings import Doing, write_down
from app.domain.inspection import Inspection
from app.domain.people import SYSTEM
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.domain.workflow.vocabulary import RectificationAction, RectificationState, Role
from app.kernel import clock
from app.triage.alarms.marking import cells_around, marks

STANDING = (RectificationState.SIGNED_OFF, RectificationState.CONSOLIDATED)
OFF_THE_LIST = Rectification.state.in_([str(state) for state in STANDING])
READ = "read"
AT_A_TIME, MOST = 200, 20


def inspections_with_sites() -> Any:
    """The inspections of localities that have a signed-off site: a report that comes years later is looked at too."""
    here = select(Inspection.region_code).join(Rectification, Rectification.inspection_id == Inspection.id)
    return Inspection.region_code.in_(here.where(OFF_THE_LIST))


def mark_sites(session: Session, names: Mapping[int, tuple[str, ...]]) -> None:
    """Marks for the reports of sites that have none: imported, or from before there were alarms."""
    sites = select(Case.report_id).join(Rectification, Rectification.case_id == Case.id).where(OFF_THE_LIST)
    query = (
        select(
            Report.id, Report.inspection_id, Report.received_at, Report.polluter, Report.area_code, Report.address,
            Report.place, Report.latitude, Report.longitude,
        )
        .where(
            Report.id.in_(sites),
            ~exists().where(AlarmMark.report_id == Report.id),
        )
        .order_by(Report.id)
        .limit(AT_A_TIME)
    )  # fmt: skip
    for report in session.execute(query):
        for kind, mark in [(READ, ""), *marks(report, names.get(report.inspection_id, ())).items()]:
            session.add(
                AlarmMark(
                    report_id=report.id, kind=str(kind), mark=mark, inspection_id=report.inspection_id,
                    received_at=report.received_at,
                )
            )  # fmt: skip
    session.flush()


def raise_for_sites(session: Session, report: Row[Any], metres: int, found: Mapping[AlarmKind, str]) -> None:
    """An alarm for every signed-off site that this report names; its cycle tells inspectors and the liaison group."""
    for record in _named(session, report, metres, found):
        alarm = _alarm(session, report, record)
        session.add(AlarmReport(alarm_id=alarm.id, report_id=report.id))
        alarm.reports += 1
        alarm.last_at = max(alarm.last_at, report.received_at)
        facts = {"kind": str(AlarmKind.SIGNED_OFF), "reports": alarm.reports}
        write_down(
            session, SYSTEM, Role.CLOCK, Doing.RAISE_ALARM, "alarm", alarm.id, chain=report.inspection_id, facts=facts
        )
        record.perform(RectificationAction.REPORTED_AGAIN, SYSTEM, facts={"alarm": alarm.id})


def _named(session: Session, report: Row[Any], metres: int, found: Mapping[AlarmKind, str]) -> list[Rectification]:
    asked = [
        and_(AlarmMark.kind == str(kind), AlarmMark.mark.in_(_looked(report, kind, mark)))
        for kind, mark in found.items()
    ]
    if not asked:
        return []
    locality = select(Inspection.region_code).where(Inspection.id == report.inspection_id).scalar_subquery()
    query = (
        select(Rectification, AlarmMark.kind, Report.latitude, Report.longitude)
        .join(Case, Case.id == Rectification.case_id)
        .join(AlarmMark, AlarmMark.report_id == Case.report_id)
        .join(Report, Report.id == Case.report_id)
        .where(
            OFF_THE_LIST,
            AlarmMark.inspection_id.in_(select(Inspection.id).where(Inspection.region_code == locality)),
            or_(*asked),
            Case.report_id != report.id,
            Rectification.signed_off_at < report.received_at,
        )
        .order_by(Rectification.id)
        .limit(MOST)
    )
    near = [row[0] for row in session.execute(query) if row.kind != AlarmKind.POINT or _metres(report, row) <= metres]
    return list(dict.fromkeys(near))


def _looked(report: Row[Any], kind: AlarmKind, mark: str) -> list[str]:
    return cells_around(report.latitude, report.longitude) if kind is AlarmKind.POINT else [mark]


def _metres(report: Row[Any], site: Any) -> float:
    return geography.metres((report.latitude, report.longitude), (site.latitude, site.longitude))


def _alarm(session: Session, report: Row[Any], record: Rectification) -> Alarm:
    """The one that stands for this site, or a new one; its label is the case's number and unit, nothing reported."""
    mark, kind = str(record.id), str(AlarmKind.SIGNED_OFF)
    query = select(Alarm).where(Alarm.inspection_id == report.inspection_id, Alarm.kind == kind, Alarm.mark == mark)
    alarm = session.scalar(query)
    if alarm is None:
        case = record.case
        label = " ".join(filter(None, (case.number, case.lead_unit.label if case.lead_unit else case.unit_printed)))
        alarm = Alarm(
            inspection_id=report.inspection_id, kind=kind, mark=mark, label=label, raised_at=clock.now(),
            last_at=report.received_at, reports=0,
        )  # fmt: skip
        session.add(alarm)
        session.flush()
    return alarm
