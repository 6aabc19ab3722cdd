"""Days of the office counted once more, from a plain list and by nothing of the application's: what tests compare with.

The lists are the State Council's for 2024 (国办发明电〔2023〕7号) and 2025 (国办发明电〔2024〕12号): days off, and the weekend
days that are worked for them.
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta, timezone

OFF = """
2024-01-01 2024-02-10..2024-02-17 2024-04-04..2024-04-06 2024-05-01..2024-05-05 2024-06-10..2024-06-10
2024-09-15..2024-09-17 2024-10-01..2024-10-07
2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05 2025-05-31..2025-06-02
2025-10-01..2025-10-08
"""
WORKED = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
"""
SHANGHAI = timezone(timedelta(hours=8))
SUNDAYS_AND_SATURDAYS = (0, 6)


def _spread(words: str) -> set[date]:
    found = set[date]()
    for word in words.split():
        first, _, last = word.partition("..")
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
        found |= {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
    return found


def _working() -> list[date]:
    off, worked = _spread(OFF), _spread(WORKED)
    every = [date(2024, 1, 1) + timedelta(days=n) for n in range(731)]
    weekend = {day for day in every if int(day.strftime("%w")) in SUNDAYS_AND_SATURDAYS}
    return [day for day in every if day in worked or (day not in weekend and day not in off)]


WORKING = _working()
"""Every working day of the two years, in order."""


def working_days_later(day: date, number: int) -> date:
    """The last of so many working days, the first being the one after `day`."""
    return WORKING[bisect_right(WORKING, day) + number - 1]


def on_the_wall(moment: datetime) -> date:
    """The day in Shanghai; it has had no summer time since 1991."""
    return moment.astimezone(SHANGHAI).date()
