"""Names of the people behind ids, read at once."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.people import Person


def names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {one for one in ids if one is not None}
    found: dict[int, str] = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))).all())
    return found
