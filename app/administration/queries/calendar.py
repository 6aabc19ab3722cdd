"""The calendar as it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select

from app.db import session
from app.domain.holidays import CalendarDay, CalendarYear, DayKind
from app.kernel import clock


@dataclass(frozen=True)
class YearRow:
    year: int
    announced: bool
    source: str
    days: int


@dataclass(frozen=True)
class DayRow:
    day: date
    kind: DayKind
    zh: str
    en: str


def years() -> list[YearRow]:
    """Every year that is kept, and next year, which deadlines will soon reach into; the newest first."""
    year = extract("year", CalendarDay.day)
    counts = {int(number): count for number, count in session().execute(select(year, func.count()).group_by(year))}
    kept = {one.year: one for one in session().scalars(select(CalendarYear))}
    every = sorted({*kept, clock.today().year, clock.today().year + 1}, reverse=True)
    return [_row(number, kept.get(number), counts.get(number, 0)) for number in every]


def year(number: int) -> YearRow:
    """A year; one that is not kept has not been announced."""
    return _row(number, session().get(CalendarYear, number), len(days(number)))


def days(number: int) -> Sequence[DayRow]:
    query = select(CalendarDay).where(CalendarDay.day.between(date(number, 1, 1), date(number, 12, 31)))
    return [
        DayRow(one.day, DayKind(one.kind), one.zh, one.en) for one in session().scalars(query.order_by(CalendarDay.day))
    ]


def _row(number: int, kept: CalendarYear | None, count: int) -> YearRow:
    return YearRow(number, kept.announced, kept.source, count) if kept else YearRow(number, False, "", count)  # noqa: FBT003
