"""The score is pure: whatever the day and the hour, everything lies in the past and in order."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache

import pytest
import time_machine

from app.demo.player import play
from app.demo.score import score
from app.domain.catalogue import seed
from app.kernel import clock
from app.kernel.calendar import WorkCalendar
from tests.demo import rules
from tests.demo.conftest import empty_house

EARLIEST, LATEST = date(2024, 10, 1), date(2028, 3, 1)
HARD = ("2026-10-02T00:05", "2026-10-02T23:55", "2027-02-10T09:00", "2028-01-01T00:05", "2026-02-18T10:31")
"""Inside the golden week, at the Spring Festival, in a year whose holidays nobody knows yet."""


@cache
def shipped_calendar() -> WorkCalendar:
    years = seed("calendar")["year"]
    days = [day for year in years for day in year["day"]]
    return WorkCalendar.of(
        (day["date"] for day in days if day["kind"] != "workday"),
        (day["date"] for day in days if day["kind"] == "workday"),
        (year["year"] for year in years if year["announced"]),
    )


def every(days: int):
    return [EARLIEST + timedelta(days=n) for n in range(0, (LATEST - EARLIEST).days, days)]


@pytest.mark.parametrize("hour", [time(0, 5), time(10, 30), time(23, 55)])
def test_nothing_is_planned_for_the_future_on_any_day(hour):
    for day in every(29):
        present = clock.at_local(day, hour)
        moments = [deed.moment for deed in score(present, shipped_calendar())]
        assert moments == sorted(moments)
        assert moments[-1] <= present, f"{day}: something is planned for {moments[-1]}"


@pytest.mark.proof
def test_nothing_is_planned_for_the_future_on_whichever_day():
    for day in every(1):
        present = clock.at_local(day, time(10, 30))
        assert score(present, shipped_calendar())[-1].moment <= present, day


def test_each_report_is_taken_down_on_its_own_day_however_early_it_is():
    present = clock.at_local(date(2026, 6, 1), time(0, 2))
    taken = defaultdict(list)
    for deed in score(present, shipped_calendar()):
        if deed.do.__name__ in {"take", "state"}:
            taken[deed.about[0].code].append(clock.local_date(deed.moment))
    assert taken["zhuzhou-demo"].count(date(2026, 6, 1)) == 11


@pytest.mark.proof
@pytest.mark.parametrize("moment", HARD)
def test_the_demonstration_can_be_made_at_any_moment(own_database, moment, tmp_path):
    there = datetime.fromisoformat(moment).replace(tzinfo=clock.OFFICE_ZONE)
    with time_machine.travel(there, tick=True), empty_house(own_database, tmp_path) as app:
        assert play(app.extensions["installation"]).deeds
        rules.check_everything()
        assert rules.late_cases()
