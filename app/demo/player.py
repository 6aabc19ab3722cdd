"""Playing the demonstration: once, into a database that has none of its people in it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import session
from app.demo import beside, people, reading
from app.demo.following import follow_up
from app.demo.score import before_all, days_of, score
from app.demo.stage import Stage
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.holidays import work_calendar
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.ledger import LedgerEntry
from app.domain.people import Person, Unit
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.kernel import clock
from app.kernel.errors import N_, Refused
from app.settings import Settings
from app.triage.alarms.raising import watch

NOUNS = (Report, Case, Rectification, Batch, LedgerEntry)
LAST_SUB = 2
"""The deed that closes this sub-batch is the last of all: where it is missing, the play was broken off."""


Tell = Callable[[int, int], None]


def quietly(done: int, of: int) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Played:
    """How many deeds were done, and how many records of each kind there are; 0 deeds: it was there already."""

    deeds: int
    counts: dict[str, int]


def play(house: Installation, tell: Tell = quietly) -> Played:
    """Play everything that has not been played. `tell(done, of)` is called now and then.

    Raises Refused in production, and where an earlier play was broken off.
    """
    refuse_in_production(house.settings)
    if not _is_new():
        return Played(0, _counts())
    present, stage = clock.now(), Stage(house)
    today = clock.local_date(present)
    stage.days = {stay.code: days_of(stay, today) for stay in reading.stays()}
    deeds = score(present, work_calendar(session()))
    people.set_up(stage, today, before_all(today))
    beside.engage(stage, before_all(today))
    for done, deed in enumerate(deeds):
        deed.play(stage)
        tell(done + 1, len(deeds))
    beside.visit(stage, present)
    follow_up(stage, clock.now())
    watch(house)  # what clusters in these days rings at once, and not a minute after somebody looks
    return Played(len(deeds), _counts())


def refuse_in_production(settings: Settings) -> None:
    """Raise Refused where real people's reports are kept."""
    if settings.production:
        raise Refused(N_("This is a production installation; no demonstration is made in it."))


def _is_new() -> bool:
    """Whether there is nothing of the demonstration yet. Raises Refused for half of one."""
    codes = [stay.code for stay in reading.stays()]
    kept = session().scalars(select(Inspection.id).where(Inspection.code.in_(codes))).all()
    last = select(Batch.id).where(Batch.inspection_id.in_(kept), Batch.sub == LAST_SUB)
    if kept and session().scalar(last.limit(1)) is None:
        raise Refused(N_("An earlier demonstration was broken off; please begin with an empty database."))
    return not kept


def in_use() -> bool:
    """Whether somebody works here already: people or units of their own stand where the demonstration's would."""
    if not _is_new():
        return False
    logins, units = [one.login for one in reading.people()], [one.code for one in reading.units()]
    queries = (select(Person.id).where(Person.login.in_(logins)), select(Unit.id).where(Unit.code.in_(units)))
    return any(session().scalar(query.limit(1)) is not None for query in queries)


def _counts() -> dict[str, int]:
    return {noun.__tablename__: session().scalar(select(func.count()).select_from(noun)) or 0 for noun in NOUNS}
