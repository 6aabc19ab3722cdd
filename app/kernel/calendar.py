"""Working days by the State Council's calendar; the data comes from the table an office can edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A date that was counted to, and whether every year it crosses has been announced."""

    day: date
    announced: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Days off and make-up days (调休). A year outside `announced` is counted by weekends alone, and says so."""

    days_off: frozenset[date]
    make_up_days: frozenset[date]
    announced: frozenset[int]

    @classmethod
    def of(cls, days_off: Iterable[date], make_up_days: Iterable[date], announced: Iterable[int]) -> "WorkCalendar":
        return cls(frozenset(days_off), frozenset(make_up_days), frozenset(announced))

    def is_working(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def after_working_days(self, start: date, days: int) -> Counted:
        """The last of `days` working days, the first being the first working day after `start`."""
        day, left, announced = start, days, True
        while left > 0:
            day += ONE_DAY
            announced = announced and day.year in self.announced
            left -= self.is_working(day)
        return Counted(day, announced)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=step)) for step in range(1, span + 1))
