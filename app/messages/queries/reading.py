"""Somebody's messages, how many are unread, what could not be sent, and the webhooks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.db import session
from app.domain.counting import Counted, capped
from app.domain.message import Delivery, Hook, Message, Sending, Way, Wish
from app.domain.people import Actor, Person
from app.domain.workflow.terms import Term
from app.messages.queries import wording
from app.messages.queries.wording import WordingRow, all_words, name_of
from app.web.paging import Page, read_page

MOST_UNREAD = 99


@dataclass(frozen=True)
class MessageRow:
    """`words` is the subject in the reader's language."""

    id: int
    words: str
    body: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class Failed:
    """A delivery that was given up."""

    id: int
    person: str
    way: Way
    number: str
    name: Term | None
    tries: int
    problem: str
    at: datetime


def unread(actor: Actor) -> int:
    """The number on the bell: exact to 99."""
    query = select(Message.id).where(Message.person_id == actor.person_id, Message.read_at.is_(None))
    return session().scalar(select(capped(query, MOST_UNREAD))) or 0


def messages(actor: Actor, language: str, cursor: str = "") -> Page[MessageRow]:
    """One's own, the newest first."""
    query = select(Message).where(Message.person_id == actor.person_id)

    page = read_page(
        session(), query, by=Message.at, key=Message.id, cursor=cursor, newest_first=True, make=lambda one: one[0]
    )
    words = all_words(session(), page.rows, language)
    rows = [
        MessageRow(one.id, words[one.id].subject, words[one.id].body, one.at, one.read_at is None) for one in page.rows
    ]
    return Page(rows, page.earlier, page.later)


def wish_of(actor: Actor) -> Wish:
    found = session().get(Wish, actor.person_id)
    return found or Wish(
        person_id=actor.person_id, mail="", mailing="never", daily_at="08:00", mobile="", quiet_from="22:00",
        quiet_to="07:00",
    )  # fmt: skip


def failures(cursor: str = "") -> Page[Failed]:
    """Of everybody: what was given up, the newest first."""
    query: Any = (
        select(Delivery, Message, Person.name)
        .join(Message, Message.id == Delivery.message_id)
        .join(Person, Person.id == Message.person_id)
        .where(Delivery.stage == str(Sending.GIVEN_UP))
    )
    return read_page(
        session(), query, by=Delivery.next_at, key=Delivery.id, cursor=cursor, newest_first=True,
        make=lambda row: Failed(
            row[0].id, row[2], Way(row[0].way), row[1].number, name_of(f"{row[1].noun}.{row[1].event}"),
            row[0].tries, row[0].problem, row[1].at,
        ),
    )  # fmt: skip


def how_many_failed() -> Counted:
    query = select(Delivery.id).where(Delivery.stage == str(Sending.GIVEN_UP))
    return Counted(session().scalar(select(capped(query))) or 0)


def wordings(inspection_id: int, language: str) -> list[WordingRow]:
    """Every event and how an inspection tells it."""
    return wording.wordings(session(), inspection_id, language)


def hooks() -> list[Hook]:
    """Those in use, then those that were ended."""
    return list(session().scalars(select(Hook).order_by(Hook.ended_at.is_not(None), Hook.id)))


def waiting_since() -> datetime | None:
    """Since when the oldest delivery should have gone: for whoever watches the machine."""
    return session().scalar(select(func.min(Delivery.next_at)).where(Delivery.stage == str(Sending.WAITING)))
