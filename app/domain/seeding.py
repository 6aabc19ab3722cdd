"""Regions and the calendar as shipped, put into an installation's own tables where they are still missing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.catalogue import seed
from app.domain.holidays import CalendarDay, CalendarYear
from app.domain.region import Region


def seed_regions(session: Session) -> int:
    """Add the shipped regions that are missing, parents first; what an office changed stays changed."""
    known = set(session.scalars(select(Region.code)))
    fresh = [raw for raw in seed("regions")["region"] if raw["code"] not in known]
    for position, raw in enumerate(fresh, len(known) + 1):
        session.add(
            Region(
                code=raw["code"],
                parent_code=raw["parent"] or None,
                zh=raw["zh"],
                en=raw["en"],
                short=raw["short"],
                kind=raw["kind"],
                division=raw["division"],
                position=position,
            )
        )
        session.flush()
    return len(fresh)


def seed_calendar(session: Session) -> int:
    """Add the shipped years that are missing, each whole."""
    known = set(session.scalars(select(CalendarYear.year)))
    fresh = [raw for raw in seed("calendar")["year"] if raw["year"] not in known]
    for raw in fresh:
        session.add(CalendarYear(year=raw["year"], announced=raw["announced"], source=raw.get("source", "")))
        for day in raw["day"]:
            session.add(CalendarDay(day=day["date"], kind=day["kind"], zh=day["zh"], en=day["en"]))
    return len(fresh)
