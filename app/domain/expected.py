"""When a report is expected to go on its way, by its inspection's own settings."""

from datetime import date, datetime, time, timedelta

from app.domain.inspection import Inspection
from app.kernel import clock


def hand_over_expected(inspection: Inspection, moment: datetime) -> date:
    """The morning after the day's cut-off: what comes before it goes with tomorrow's batch."""
    here = clock.local(moment)
    in_time = here.time() < time.fromisoformat(inspection.settings.cut_off)
    return here.date() + timedelta(days=1 if in_time else 2)


def feedback_expected(inspection: Inspection, handed_over: date) -> date:
    """The last day for the feedback on what is handed over on a day."""
    return handed_over + timedelta(days=inspection.settings.feedback_days)
