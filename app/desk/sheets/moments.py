"""Days and hours as offices write them into spreadsheets: as dates, as texts of many kinds, as bare figures."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

FIRST_DAY = date(1899, 12, 30)
"""The day that a spreadsheet's figures for dates count from."""
YEARS = range(2000, 2100)
MINUTES = 24 * 60
DAY = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
HOUR = re.compile(
    r"(上午|下午|晚上|中午|凌晨)?\s*(\d{1,2})\s*(?:[:：时点]\s*(\d{1,2})?)\s*(?:[:：分]\s*(\d{1,2})?)?\s*秒?(?:\.0+)?"
)
AFTERNOON = ("下午", "晚上")
NOON = 12


def read_day(cell: Any, year: int) -> tuple[date, time | None]:
    """The day, and the hour where the cell says one. `year`: of a day that is written without. Raises ValueError."""
    if isinstance(cell, datetime):
        return cell.date(), cell.time() if cell.time() != time.min else None
    if isinstance(cell, date):
        return cell, None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_figure(float(cell))
    text = " ".join(str(cell).replace("T", " ").split())
    found = SOLID.match(text) or DAY.match(text)
    if found is None:
        raise ValueError(text)
    years, month, day = found.groups()
    rest = text[found.end() :].strip()
    return date(int(years or year), int(month), int(day)), read_hour(rest) if rest else None


def read_hour(cell: Any) -> time:
    """A time of day. Raises ValueError."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta):
        cell = cell / timedelta(days=1)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 <= cell < 1:
        minutes = round(float(cell) * MINUTES)
        return time(minutes // 60 % 24, minutes % 60)
    found = HOUR.fullmatch(str(cell).strip())
    if found is None:
        raise ValueError(str(cell))
    said, hour, minute, second = found.groups()
    hours = int(hour) + (NOON if said in AFTERNOON and int(hour) < NOON else 0)
    return time(hours, int(minute or 0), int(second or 0))


def _from_figure(figure: float) -> tuple[date, time | None]:
    """20240315, or the days since 1900 with the hour as a fraction."""
    if figure.is_integer() and (found := SOLID.fullmatch(str(int(figure)))):
        return date(*(int(part) for part in found.groups())), None
    if not 0 < figure < 10**5:
        raise ValueError(figure)
    day = FIRST_DAY + timedelta(days=int(figure))
    if day.year not in YEARS:
        raise ValueError(figure)
    return day, read_hour(figure % 1) if figure % 1 else None
