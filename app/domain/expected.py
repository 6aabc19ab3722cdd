"""When a report is expected to go on its way, by its inspection's own settings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import object_session

from app.domain.holidays import work_calendar
from app.domain.inspection import Inspection
from app.domain.workflow.vocabulary import Clock
from app.kernel import clock
from app.kernel.calendar import WorkCalendar

NOT_ASKED = WorkCalendar.of((), (), ())
"""For days of which every one counts."""


@dataclass(frozen=True)
class Following:
    """What follows a report: the days a receipt names."""

    hand_over_on: date
    answer_by: date
    refer_by: date
    ask_days: int


def following(inspection: Inspection, received_at: datetime) -> Following:
    """What follows a report just received, if nothing holds it up."""
    hand_over = hand_over_expected(inspection, received_at)
    refer_by = clock.local_date(received_at) + timedelta(days=inspection.calendar_days(Clock.REFER))
    return Following(hand_over, feedback_expected(inspection, hand_over), refer_by, inspection.settings.ask_days)


def hand_over_expected(inspection: Inspection, moment: datetime) -> date:
    """The morning after the day's cut-off: what comes before it goes with tomorrow's batch."""
    here = clock.local(moment)
    in_time = here.time() < time.fromisoformat(inspection.settings.cut_off)
    return here.date() + timedelta(days=1 if in_time else 2)


def feedback_expected(inspection: Inspection, handed_over: date) -> date:
    """The last day for the feedback on what is handed over on a day, as it is counted where it binds."""
    kept_in = object_session(inspection)
    working = inspection.settings.feedback_working and kept_in is not None
    calendar = work_calendar(kept_in) if working and kept_in else NOT_ASKED
    return inspection.deadline(Clock.FEEDBACK, clock.at_local(handed_over, time.min), calendar).day
