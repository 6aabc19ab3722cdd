"""Playing the demonstration: once, into a database that has none of its people in it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import session
from app.demo import people, reading
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

NOUNS = (Report, Case, Rectification, Batch, LedgerEntry)
LAST_SUB = 2
"""The deed that closes this sub-batch is the last of all: where it is missing, the play was broken off."""


Tell = Callable[[int, int], None]


def quietly(done: int, of: int) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Played:
    """How many deeds were done, and how many records of each kind there are; 0 deeds: it had been played before."""

    deeds: int
    counts: dict[str, int]


def play(house: Installation, tell: Tell = quietly) -> Played:
    """Play everything that has not been played. `tell(done, of)` is called now and then.

    Raises Refused in production, in a database where somebody else's people or units are in the way, and where an
    earlier play was broken off.
    """
    if house.settings.production:
        raise Refused(N_("This is a production installation; no demonstration is made in it."))
    if not _is_new():
        return Played(0, _counts())
    present, stage = clock.now(), Stage(house)
    today = clock.local_date(present)
    stage.days = {stay.code: days_of(stay, today) for stay in reading.stays()}
    deeds = score(present, work_calendar(session()))
    people.set_up(stage, today, before_all(today))
    for done, deed in enumerate(deeds):
        deed.play(stage)
        tell(done + 1, len(deeds))
    return Played(len(deeds), _counts())


def _is_new() -> bool:
    """Whether there is nothing of the demonstration yet. Raises Refused for half of one, or something in its place."""
    codes = [stay.code for stay in reading.stays()]
    kept = session().scalars(select(Inspection.id).where(Inspection.code.in_(codes))).all()
    if kept:
        last = select(Batch.id).where(Batch.inspection_id.in_(kept), Batch.sub == LAST_SUB)
        if session().scalar(last.limit(1)) is None:
            raise Refused(N_("An earlier demonstration was broken off; please begin with an empty instance."))
        return False
    logins, units = [one.login for one in reading.people()], [one.code for one in reading.units()]
    taken = session().scalar(select(Person.id).where(Person.login.in_(logins)).limit(1))
    if taken or session().scalar(select(Unit.id).where(Unit.code.in_(units)).limit(1)):
        raise Refused(N_("People or units of this installation are in the way; a demonstration needs an empty one."))
    return True


def _counts() -> dict[str, int]:
    return {noun.__tablename__: session().scalar(select(func.count()).select_from(noun)) or 0 for noun in NOUNS}
