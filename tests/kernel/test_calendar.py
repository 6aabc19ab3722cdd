"""Working days follow the State Council's calendar, make-up days included; an unknown year is said aloud."""

from datetime import date

import pytest

from app.domain.catalogue import seed
from app.kernel.calendar import WorkCalendar


@pytest.fixture(scope="module")
def calendar():
    years = seed("calendar")["year"]
    days = [(day["date"], day["kind"]) for year in years for day in year["day"]]
    return WorkCalendar.of(
        (day for day, kind in days if kind != "workday"),
        (day for day, kind in days if kind == "workday"),
        (year["year"] for year in years if year["announced"]),
    )


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday that is worked for the holiday
        (date(2026, 10, 11), False),
    ],
)
def test_holidays_rest_and_make_up_days_work(calendar, day, working):
    assert calendar.is_working(day) is working


def test_ten_working_days_over_the_national_holiday(calendar):
    counted = calendar.after_working_days(date(2026, 9, 28), 10)
    assert (counted.day, counted.announced) == (date(2026, 10, 16), True)


def test_a_year_that_was_not_announced_is_counted_by_weekends_and_says_so(calendar):
    counted = calendar.after_working_days(date(2031, 12, 29), 5)
    assert (counted.day, counted.announced) == (date(2032, 1, 5), False)


def test_between_is_the_inverse_of_after(calendar):
    for start in (date(2026, 2, 10), date(2026, 4, 3), date(2026, 9, 24)):
        for days in (1, 5, 10):
            end = calendar.after_working_days(start, days).day
            assert calendar.working_days_between(start, end) == days
