"""Lateness: an attribute of a case, counted in days of the office's calendar, never a state (docs: domain)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.kernel import clock


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
