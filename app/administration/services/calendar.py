"""The calendar of working days, as the State Council announces it year by year (调休)."""

from datetime import date

from sqlalchemy.orm import Session

from app.administration.commands import DayWords
from app.administration.services import administering, refuse
from app.db import transaction
from app.domain.doings import Doing, write_down
from app.domain.holidays import CalendarDay, CalendarYear, DayKind
from app.domain.people import Actor
from app.kernel.calendar import SATURDAY
from app.kernel.errors import N_, NotFound

YEARS = (2015, 2099)


def announce_year(actor: Actor, year: int, source: str, *, announced: bool) -> None:
    """Say whether a year's holidays have been announced, and where. An announced year's deadlines are certain."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise NotFound
    with transaction() as session:
        if announced and not source:
            refuse("source", N_("Please name the announcement."))
        kept = _year(session, year)
        kept.announced, kept.source = announced, source
        _note(session, actor, year * 10000, {"year": year, "announced": announced})


def set_day(actor: Actor, words: DayWords) -> None:
    """Say what a day is. Raises Refused when its weekday contradicts it."""
    weekend = words.day.weekday() >= SATURDAY
    if words.kind == DayKind.WORKDAY and not weekend:
        refuse("day", N_("This is a working day anyway."))
    if words.kind == DayKind.MOVED and weekend:
        refuse("day", N_("This is a day off anyway."))
    if not YEARS[0] <= words.day.year <= YEARS[1]:
        refuse("day", N_("The calendar reaches from 2015 to 2099."))
    with transaction() as session:
        _year(session, words.day.year)
        session.merge(CalendarDay(day=words.day, kind=str(words.kind), zh=words.zh, en=words.en))
        _note(session, actor, _number(words.day), {"day": words.day.isoformat(), "kind": str(words.kind)})


def clear_day(actor: Actor, day: date) -> None:
    """Let a day be what its weekday says again. Raises NotFound."""
    with transaction() as session:
        kept = session.get(CalendarDay, day)
        if kept is None:
            raise NotFound
        session.delete(kept)
        _note(session, actor, _number(day), {"day": day.isoformat(), "kind": None})


def _year(session: Session, year: int) -> CalendarYear:
    kept = session.get(CalendarYear, year)
    if kept is None:
        kept = CalendarYear(year=year, announced=False, source="")
        session.add(kept)
        session.flush()
    return kept


def _note(session: Session, actor: Actor, number: int, facts: dict[str, object]) -> None:
    write_down(session, actor, administering(actor), Doing.CHANGE_CALENDAR, "calendar", number, facts=facts)


def _number(day: date) -> int:
    """A day as the ledger counts it: 20240315."""
    return day.year * 10000 + day.month * 100 + day.day
