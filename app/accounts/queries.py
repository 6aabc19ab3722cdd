"""What the accounts' pages read."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Actor, Deputy, Person, PersonRole, may_stand_in
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
    duties = joinedload(Person.deputised_by).joinedload(Deputy.person).joinedload(Person.roles)
    query = select(Person).where(Person.id == person_id).options(joinedload(Person.roles), duties)
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


@dataclass(frozen=True)
class DeputyRow:
    """`acts`: the time has come; it is over once `ended`."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    ended: bool
    acts: bool


def deputies(actor: Actor, inspection: Inspection) -> list[DeputyRow]:
    """Whom somebody named as their deputy, the latest first."""
    query = select(Deputy).where(Deputy.person_id == actor.person_id, Deputy.inspection_id == inspection.id)
    today = clock.today()
    return [
        DeputyRow(
            one.id,
            one.deputy.name,
            one.starts_on,
            one.ends_on,
            one.ended_at is not None or one.ends_on < today,
            one.runs(today),
        )
        for one in session().scalars(query.order_by(Deputy.id.desc()))
    ]


def possible_deputies(actor: Actor, inspection: Inspection) -> list[tuple[int, str]]:
    """Who could act for somebody in an inspection."""
    me = person(actor.person_id or 0)
    held = select(PersonRole.person_id).where(PersonRole.inspection_id.in_([inspection.id]))
    query = select(Person).where(Person.active, Person.id.in_(held), Person.id != actor.person_id)
    others = session().scalars(query.order_by(Person.id).options(selectinload(Person.roles)))
    return [(one.id, one.name) for one in others if me is not None and may_stand_in(one, me, inspection.id)]
