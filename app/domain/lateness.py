"""Lateness: an attribute of a case, counted in days of the office's calendar, never a state (docs: domain)."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.domain.workflow.terms import Term
from app.kernel import clock

SOON = timedelta(days=2)
"""From so long before a day on it is warned of: in lists and on pages, and by messages."""


class Nearness(Term):
    """How near a day is that must be kept: green, amber, amber, red on the page, and always said in words as well."""

    IN_TIME = "in_time", "期限内", "In time"
    DUE_SOON = "due_soon", "即将到期", "Due soon"
    DUE_TODAY = "due_today", "今日到期", "Due today"
    OVERDUE = "overdue", "已逾期", "Overdue"


def nearness(due_on: date | None, today: date, done_at: datetime | None = None) -> Nearness | None:
    """None where there is no day to keep, or it has been kept or missed for good (`late_days` tells for ever)."""
    if due_on is None or done_at is not None:
        return None
    if due_on < today:
        return Nearness.OVERDUE
    if due_on == today:
        return Nearness.DUE_TODAY
    return Nearness.DUE_SOON if due_on - today <= SOON else Nearness.IN_TIME


def late_days(due_on: date | None, replied_at: datetime | None, today: date) -> int:
    """Days past the deadline, counted to the reply, or to `today` while none is there; 0 when in time."""
    if due_on is None:
        return 0
    return max(0, ((clock.local_date(replied_at) if replied_at else today) - due_on).days)


class local_day(FunctionElement[date]):  # noqa: N801  (it is written like any function of the database)
    """The day on the office's wall on which a moment fell, for the database to compare."""

    type = Date()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+8 hours')"  # Shanghai has no summer time


@compiles(local_day, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(({compiler.process(element.clauses, **more)}) AT TIME ZONE 'Asia/Shanghai' AS date)"


def overdue(due_on: Any, replied_at: Any, today: date) -> ColumnElement[bool]:
    """The deadline is over and no reply has come."""
    return and_(due_on < today, replied_at.is_(None))


def late(due_on: Any, replied_at: Any, today: date) -> ColumnElement[bool]:
    """The reply came after its day, or its day is over and it has not come."""
    return or_(overdue(due_on, replied_at, today), local_day(replied_at) > due_on)
