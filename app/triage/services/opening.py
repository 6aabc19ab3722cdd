"""Opening a report: it is read from now on, and others are told who has it open. Nothing about the report changes."""

from sqlalchemy import text

from app.db import transaction
from app.domain import presence
from app.domain.people import Actor
from app.domain.report import Report
from app.domain.scope import load

READ = text("INSERT INTO report_reads (person_id, report_id) VALUES (:person, :report) ON CONFLICT DO NOTHING")


def open_report(actor: Actor, report_id: int, visit: str) -> None:
    """Raises NotFound alike for a missing report and somebody else's."""
    with transaction() as session:
        load(session, actor, Report, report_id)
        session.execute(READ, {"person": actor.person_id, "report": report_id})
        presence.come(session, actor, "report", report_id, visit)


def leave_report(actor: Actor, report_id: int, visit: str) -> None:
    """The page of this visit was left. Raises NotFound."""
    with transaction() as session:
        load(session, actor, Report, report_id)
        presence.leave(session, actor, "report", report_id, visit)
