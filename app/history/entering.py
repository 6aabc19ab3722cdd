"""One published row through the services of desk, triage and casework, by the system's own hand, at its own moment."""

from sqlalchemy import select

from app.casework import services as casework
from app.casework.commands import EnterHistory
from app.db import session
from app.desk import services as desk
from app.desk.commands import TakeDown
from app.domain.case import Case
from app.domain.installation import Installation
from app.domain.people import SYSTEM, Actor
from app.domain.receiving import Statement
from app.domain.report import Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import CaseAction, ReportAction
from app.history.rows import Read
from app.triage import services as triage
from app.triage.commands import Accept, Part


def enter(house: Installation, inspection_id: int, read: Read, area_code: str | None, key: str) -> str:
    """Take the row down, accept it, enter its result; gives its number. Each step is a transaction of its own:

    what was cut short is taken up where it stopped when the row comes again.
    """
    actor = SYSTEM.at(read.received_at)
    statement = _statement(read, area_code)
    kept = desk.take_down(house, actor, inspection_id, TakeDown(statement, Reporter(anonymous=True), key))
    _accept(actor, kept.report.id, read, area_code)
    for case_id in session().scalars(select(Case.id).where(Case.report_id == kept.report.id).order_by(Case.part)).all():
        _finish(actor, case_id, read)
    return kept.report.number


def _statement(read: Read, area_code: str | None) -> Statement:
    row = read.row
    return Statement(
        channel=read.channel,
        description=row.description,
        received_at=read.received_at,
        area_code=area_code,
        area_printed=row.area,
        types=read.types,
        number=row.number or None,
        precision=read.precision,
        received_printed=row.received,
        batch_printed=row.batch,
        history=True,
    )


def _accept(actor: Actor, report_id: int, read: Read, area_code: str | None) -> None:
    report = session().get_one(Report, report_id)
    if report.may(ReportAction.ACCEPT, actor):
        part = Part(area_code=area_code, points=(), area_printed=read.row.area)
        triage.accept(actor, Accept(report_id, types=read.types, parts=(part,)))


def _finish(actor: Actor, case_id: int, read: Read) -> None:
    row = read.row
    if not session().get_one(Case, case_id).may(CaseAction.ENTER_HISTORY, actor):
        return
    casework.enter_history(
        actor,
        EnterHistory(
            case_id=case_id,
            publication_problem=row.description,
            findings=row.findings,
            verdict=read.verdict,
            completion=read.completion,
            handling=row.handling,
            target=row.target,
            accountability=row.accountability,
            unit_printed=row.unit,
        ),
    )
