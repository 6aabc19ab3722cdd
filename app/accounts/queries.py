"""What the accounts' pages read."""

from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Person
from app.kernel import clock


@dataclass(frozen=True)
class DayRow:
    """Where an inspection stands today: day `number` of `days`; before the first, after the last, or within."""

    number: int
    days: int
    begun: bool
    over: bool

    @property
    def until_start(self) -> int:
        return 1 - self.number


def day_of(inspection: Inspection) -> DayRow:
    today = clock.today()
    days = inspection.day_number(inspection.ends_on)
    return DayRow(
        inspection.day_number(today), days, begun=today >= inspection.starts_on, over=today > inspection.ends_on
    )


def person(person_id: int) -> Person | None:
    """A person with everything their actor is made of, in one statement: every page of the staff begins with it."""
    query = select(Person).where(Person.id == person_id).options(joinedload(Person.roles))
    return session().scalars(query).unique().one_or_none()


def person_by_login(login: str) -> Person | None:
    return session().scalar(select(Person).where(Person.login == login).options(selectinload(Person.roles)))


def database_answers() -> bool:
    """Whether the database can be read at this moment."""
    try:
        session().execute(text("SELECT 1 FROM people WHERE id = 0"))
    except SQLAlchemyError:
        return False
    return True
