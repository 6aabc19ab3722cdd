"""The one clock: UTC inside, Asia/Shanghai outside (docs/house.md, rule 6)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date on the office's wall."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment as the office reads it."""
    return moment.astimezone(OFFICE_ZONE)


def local_date(moment: datetime) -> date:
    return local(moment).date()


def at_local(day: date, hour: time) -> datetime:
    """The UTC moment of a wall-clock time in the office."""
    return datetime.combine(day, hour, OFFICE_ZONE).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first moment after a local day: a deadline named by its date holds until then."""
    return at_local(day + timedelta(days=1), time.min)
