"""What time brings: days that must be kept are told before, on and after; a notice that has ended; no answer came.

Warnings go to the person, then to the unit and its superior (domain: lateness stays visible). Each is left once:
its key names the record, the day that had to be kept and the stage.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from app.db import session, transaction
from app.domain.case import Case
from app.domain.message import Outbox, Reminder, remind
from app.domain.rectification import Notice, Rectification
from app.domain.report import Report
from app.domain.workflow.case import WITH_THE_UNIT
from app.domain.workflow.vocabulary import CaseState, RectificationState, ReportState, Role
from app.kernel import clock

AHEAD = timedelta(days=2)
FORGOTTEN = timedelta(days=60)
"""How far back overdue ones are looked for: what has been told once is not told again."""
WITH_THE_CITY = (CaseState.HANDED_OVER, CaseState.RECEIVED)
UNIT, ABOVE, CITY = (
    (Role.OFFICER,),
    (Role.OFFICER, Role.UNIT_LEADER),
    (Role.OFFICER, Role.UNIT_LEADER, Role.COORDINATOR),
)
STAGES = {Reminder.DUE_SOON: UNIT, Reminder.DUE_TODAY: ABOVE, Reminder.OVERDUE: CITY}
"""Who is warned: before, on and after the day."""


def remind_all() -> int:
    """Leave whatever is to be reminded of today; how many were left now."""
    today = clock.today()
    found = [*_cases(today), *_notices(today), *_questions(today)]
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
        Case.state.in_(open_ones), Case.feedback_due_on.between(today - FORGOTTEN, today + AHEAD)
    )
    found = []
    for row in session().execute(query):
        stage = _stage(row.feedback_due_on, today)
        roles = (Role.COORDINATOR,) if row.state in {str(one) for one in WITH_THE_CITY} else STAGES[stage]
        key = f"case:{row.id}:{row.feedback_due_on}:{stage}"
        found.append((key, stage, _about("case", row.id, row.inspection_id, roles)))
    return _new(found)


def _stage(due: date, today: date) -> Reminder:
    if due > today:
        return Reminder.DUE_SOON
    return Reminder.DUE_TODAY if due == today else Reminder.OVERDUE


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
