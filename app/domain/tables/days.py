"""Reports by the day they were received and by channel: the days of the stay, and what came on others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.report import Channel, Precision, Report
from app.kernel import clock

MOST_DAYS = 92
OTHER = -1


@dataclass(frozen=True)
class Day:
    """`on` is None for what came on other days, or on a day nobody knows."""

    on: date | None
    counts: Mapping[Channel, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def reports_by_day(session: Session, inspection: Inspection) -> list[Day]:
    """Every day of the stay up to today, also one without a report; the other days last, when there is one."""
    last = min(inspection.ends_on, clock.today(), inspection.starts_on + timedelta(days=MOST_DAYS - 1))
    days = [inspection.starts_on + timedelta(days=n) for n in range((last - inspection.starts_on).days + 1)]
    known = Report.precision.in_((Precision.MOMENT, Precision.DAY))
    on = [
        (
            and_(
                known, Report.received_at >= clock.at_local(day, time.min), Report.received_at < clock.end_of_day(day)
            ),
            n,
        )
        for n, day in enumerate(days)
    ]
    place = case(*on, else_=OTHER) if on else case((known, OTHER), else_=OTHER)
    query = (
        select(place, Report.channel, func.count())
        .where(Report.inspection_id == inspection.id)
        .group_by(place, Report.channel)
    )
    counts: dict[int, dict[Channel, int]] = {}
    for at, channel, count in session.execute(query):
        counts.setdefault(int(at), {})[Channel(channel)] = int(count)
    found = [Day(day, counts.get(n, {})) for n, day in enumerate(days)]
    return found + ([Day(None, counts[OTHER])] if OTHER in counts else [])
