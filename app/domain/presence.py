"""Who has a record open: so that the second is told of the first. Short-lived, and nothing of the ledger's.

A row says that somebody's page was drawn and until when that is believed. It is drawn again by their next page of
the same record and ended by leaving; nothing keeps it alive in between (a page that lies open asks for nothing).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, bindparam, delete, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, Moment
from app.domain.people import Actor, Person

BELIEVED_FOR = timedelta(minutes=5)
"""Long enough to read a letter and write a reason; whoever writes longer is told of when the other saves."""


class Presence(Base):
    """`visit` names the page that was drawn last: leaving an older one ends nothing."""

    __tablename__ = "presences"

    noun: Mapped[str] = mapped_column(primary_key=True)
    noun_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    visit: Mapped[str]


COME = text(
    "INSERT INTO presences (noun, noun_id, person_id, since, until, visit) "
    "VALUES (:noun, :noun_id, :person_id, :since, :until, :visit) "
    "ON CONFLICT (noun, noun_id, person_id) DO UPDATE SET until = excluded.until, visit = excluded.visit"
).bindparams(bindparam("since", type_=Moment()), bindparam("until", type_=Moment()))
"""One statement, so that two pages of one person that open at once do not trip over each other."""


@dataclass(frozen=True)
class Beside:
    """Somebody else who has the record open."""

    name: str
    since: datetime


def come(session: Session, actor: Actor, noun: str, noun_id: int, visit: str) -> None:
    """Somebody opened a page of it, in the caller's transaction. What has run out is swept on the way."""
    if actor.person_id is None:
        return
    now = actor.now()
    here = (Presence.noun == noun, Presence.noun_id == noun_id)
    session.execute(delete(Presence).where(*here, Presence.until < now))
    row = {"noun": noun, "noun_id": noun_id, "person_id": actor.person_id, "since": now, "visit": visit}
    session.execute(COME, row | {"until": now + BELIEVED_FOR})


def leave(session: Session, actor: Actor, noun: str, noun_id: int, visit: str) -> None:
    """They left the page of this visit; if another was drawn since, they are still there."""
    here = (Presence.noun == noun, Presence.noun_id == noun_id, Presence.person_id == actor.person_id)
    session.execute(delete(Presence).where(*here, Presence.visit == visit))


def beside(session: Session, actor: Actor, noun: str, noun_id: int) -> list[Beside]:
    """Who else has it open, the first to come first."""
    query = (
        select(Person.name, Presence.since)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.noun == noun, Presence.noun_id == noun_id, Presence.until >= actor.now())
        .where(Presence.person_id != actor.person_id)
        .order_by(Presence.since, Person.name)
    )
    return [Beside(name, since) for name, since in session.execute(query)]
