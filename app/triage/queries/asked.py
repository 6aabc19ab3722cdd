"""Until when a reporter has time to answer, if they are asked now."""

from datetime import date

from app.db import session
from app.domain.holidays import work_calendar
from app.domain.report import Report
from app.domain.workflow.vocabulary import Clock
from app.kernel import clock


def until(report: Report) -> date:
    return report.inspection.deadline(Clock.ASK, clock.now(), work_calendar(session())).day
