"""People with their appointments."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Person, PersonRole
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page


@dataclass(frozen=True)
class AppointmentRow:
    id: int
    role: Role
    inspection: str
    unit: str


@dataclass(frozen=True)
class PersonRow:
    """`waits_until` is set while the account rests after wrong tries."""

    id: int
    login: str
    name: str
    active: bool
    waits_until: datetime | None
    appointments: tuple[AppointmentRow, ...]


def people(words: str = "", cursor: str = "") -> tuple[Page[PersonRow], int]:
    """People by sign-in name, those whose name or sign-in name holds the words, and how many they are."""
    held = or_(Person.name.contains(words, autoescape=True), Person.login.contains(words.lower(), autoescape=True))
    query = select(Person).where(held)
    total = session().scalar(query.with_only_columns(func.count())) or 0
    names = _inspection_names()
    page = read_page(
        session(), query.options(selectinload(Person.roles)), by=Person.login, key=Person.id,
        cursor=cursor, newest_first=False,
        make=lambda row: _row(row.Person, names), key_of=lambda row: row.Person.id,
    )  # fmt: skip
    return page, total


def person(person_id: int) -> PersonRow:
    """One person. Raises NotFound."""
    found = session().scalar(select(Person).where(Person.id == person_id).options(selectinload(Person.roles)))
    if found is None:
        raise NotFound
    return _row(found, _inspection_names())


def _inspection_names() -> dict[int | None, str]:
    return {one.id: one.title for one in session().scalars(select(Inspection))}


def _row(found: Person, names: dict[int | None, str]) -> PersonRow:
    waiting = found.locked_until is not None and found.locked_until > clock.now()
    return PersonRow(
        id=found.id,
        login=found.login,
        name=found.name,
        active=found.active,
        waits_until=found.locked_until if waiting else None,
        appointments=tuple(_appointment(one, names) for one in found.roles),
    )


def _appointment(one: PersonRole, names: dict[int | None, str]) -> AppointmentRow:
    return AppointmentRow(one.id, Role(one.role), names.get(one.inspection_id, ""), one.unit.name if one.unit else "")
