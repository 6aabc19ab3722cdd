"""What time brings: days that must be kept are told before, on and after; a notice that has ended; no answer came.

Warnings go to the person, then to the unit and its superior (domain: lateness stays visible). Each is left once:
its key names the record, the day that had to be kept and the stage.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from app.db import session, transaction
from app.domain.case import Case
from app.domain.lateness import SOON, Nearness, nearness
from app.domain.message import Outbox, Reminder, remind
from app.domain.rectification import Measure, Notice, Progress, Rectification
from app.domain.report import Report
from app.domain.workflow.case import WITH_THE_UNIT
from app.domain.workflow.vocabulary import CaseState, RectificationState, ReportState, Role
from app.kernel import clock

FORGOTTEN = timedelta(days=60)
"""How far back overdue ones are looked for: what has been told once is not told again."""
WITH_THE_CITY = (CaseState.HANDED_OVER, CaseState.RECEIVED)
UNIT, ABOVE, CITY = (
    (Role.OFFICER,),
    (Role.OFFICER, Role.UNIT_LEADER),
    (Role.OFFICER, Role.UNIT_LEADER, Role.COORDINATOR),
)
TEAM = (Role.INSPECTOR, Role.LEADER)
Stages = Mapping[Nearness, tuple[Reminder, tuple[Role, ...]]]
OF_A_CASE: Stages = {
    Nearness.DUE_SOON: (Reminder.DUE_SOON, UNIT),
    Nearness.DUE_TODAY: (Reminder.DUE_TODAY, ABOVE),
    Nearness.OVERDUE: (Reminder.OVERDUE, CITY),
}
OF_A_MEASURE: Stages = {
    Nearness.DUE_SOON: (Reminder.MEASURE_SOON, UNIT),
    Nearness.DUE_TODAY: (Reminder.MEASURE_TODAY, ABOVE),
    Nearness.OVERDUE: (Reminder.MEASURE_LATE, CITY),
}
OF_A_LOOK_BACK: Stages = {
    Nearness.DUE_SOON: (Reminder.LOOK_BACK_SOON, TEAM[:1]),
    Nearness.DUE_TODAY: (Reminder.LOOK_BACK_TODAY, TEAM),
    Nearness.OVERDUE: (Reminder.LOOK_BACK_LATE, TEAM),
}
"""Who is warned of what: before, on and after the day."""
PUTTING_RIGHT = (RectificationState.PLANNING, RectificationState.RECTIFYING)


def remind_all() -> int:
    """Leave whatever is to be reminded of today; how many were left now."""
    today = clock.today()
    found = [*_cases(today), *_measures(today), *_look_backs(today), *_notices(today), *_questions(today)]
    session().rollback()
    left = 0
    for key, reminder, about in found:
        with transaction() as writing:
            left += remind(writing, key, reminder, about)
    return left


Left = tuple[str, Reminder, Outbox]


def _about(noun: str, noun_id: int, inspection_id: int, roles: Iterable[Role]) -> Outbox:
    return Outbox(
        inspection_id=inspection_id, noun=noun, noun_id=noun_id, roles=[str(role) for role in roles], at=clock.now()
    )


def _known(keys: Iterable[str]) -> set[str]:
    """Those that were left before."""
    return set(session().scalars(select(Outbox.key).where(Outbox.key.in_(list(keys)))))


def _cases(today: date) -> list[Left]:
    open_ones = [str(state) for state in (*WITH_THE_CITY, *WITH_THE_UNIT)]
    query = select(Case.id, Case.inspection_id, Case.feedback_due_on, Case.state).where(
        Case.state.in_(open_ones), _near(Case.feedback_due_on, today)
    )
    found = []
    for row in session().execute(query):
        stage, roles = OF_A_CASE[_nearness(row.feedback_due_on, today)]
        if row.state in {str(one) for one in WITH_THE_CITY}:
            roles = (Role.COORDINATOR,)
        key = f"case:{row.id}:{row.feedback_due_on}:{stage}"
        found.append((key, stage, _about("case", row.id, row.inspection_id, roles)))
    return _new(found)


def _measures(today: date) -> list[Left]:
    """What is not done of a plan that is being carried out."""
    query = (
        select(Measure.id, Measure.due_on, Rectification.id.label("cycle"), Rectification.inspection_id)
        .join(Rectification, Rectification.id == Measure.rectification_id)
        .where(
            Rectification.state.in_([str(one) for one in PUTTING_RIGHT]), Measure.progress != str(Progress.DONE),
            _near(Measure.due_on, today),
        )
    )  # fmt: skip
    return _new([_of_a_day(f"measure:{row.id}", OF_A_MEASURE, row, today) for row in session().execute(query)])


def _look_backs(today: date) -> list[Left]:
    query = select(
        Rectification.id.label("cycle"), Rectification.look_back_on.label("due_on"), Rectification.inspection_id
    ).where(Rectification.state == str(RectificationState.SIGNED_OFF), _near(Rectification.look_back_on, today))
    return _new([_of_a_day(f"look_back:{row.cycle}", OF_A_LOOK_BACK, row, today) for row in session().execute(query)])


def _of_a_day(what: str, stages: Stages, row: Any, today: date) -> Left:
    """Of a rectification, and a day that is not its own."""
    stage, roles = stages[_nearness(row.due_on, today)]
    about = _about("rectification", row.cycle, row.inspection_id, roles)
    about.due = row.due_on.isoformat()
    return f"{what}:{row.due_on}:{stage}", stage, about


def _near(due_on: Any, today: date) -> ColumnElement[bool]:
    near: ColumnElement[bool] = due_on.between(today - FORGOTTEN, today + SOON)
    return near


def _nearness(due_on: date, today: date) -> Nearness:
    """Of a day that `_near` found."""
    return nearness(due_on, today) or Nearness.IN_TIME


def _notices(today: date) -> list[Left]:
    query = (
        select(Rectification.id, Rectification.inspection_id, Notice.id.label("notice"), Notice.ends_on)
        .join(Notice, Notice.rectification_id == Rectification.id)
        .where(
            Notice.closed_at.is_(None), Notice.climb == Rectification.climb, Notice.ends_on < today,
            Notice.ends_on >= today - FORGOTTEN,
            Rectification.state.in_([str(RectificationState.CLIMBING), str(RectificationState.SIGNED_OFF)]),
        )
    )  # fmt: skip
    return _new(
        [
            (
                f"notice:{row.notice}",
                Reminder.NOTICE_OVER,
                _about("rectification", row.id, row.inspection_id, (Role.COORDINATOR,)),
            )
            for row in session().execute(query)
        ]
    )


def _questions(today: date) -> list[Left]:
    query = select(Report.id, Report.inspection_id, Report.due_on).where(
        Report.state == str(ReportState.ASKED), Report.due_on < today, Report.due_on >= today - FORGOTTEN
    )
    return _new(
        [
            (
                f"asked:{row.id}:{row.due_on}",
                Reminder.UNANSWERED,
                _about("report", row.id, row.inspection_id, (Role.INSPECTOR,)),
            )
            for row in session().execute(query)
        ]
    )


def _new(found: list[Left]) -> list[Left]:
    known = _known(key for key, _, _ in found)
    return [one for one in found if one[0] not in known]
