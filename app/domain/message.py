"""Messages 「消息」: what the ledger has to tell, to whom it was told, and by which way it went out.

An outbox row is left in the transaction in which something happened, so nothing that happened is told to nobody and
nothing is told that did not happen. Everything after it can be done twice: a message is one for each person, a
delivery one for each way. A message holds what everybody who is told may know: which record, what happened, by when.
Nothing of a reporter stands in it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.domain.partial import partial
from app.domain.people import Actor
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Role

HISTORY = timedelta(days=1)
"""What is entered later than this after it happened is history, and no news to anybody (ADR 0003)."""
EMPTY = text("''")


class Reminder(Term):
    """What nobody does and time brings: told before, on and after a day that must be kept."""

    DUE_SOON = "due_soon", "即将到期", "Due soon"
    DUE_TODAY = "due_today", "今日到期", "Due today"
    OVERDUE = "overdue", "已逾期", "Overdue"
    MEASURE_SOON = "measure_soon", "整改措施即将到期", "A measure is due soon"
    MEASURE_TODAY = "measure_today", "整改措施今日到期", "A measure is due today"
    MEASURE_LATE = "measure_late", "整改措施已逾期", "A measure is overdue"
    LOOK_BACK_SOON = "look_back_soon", "回头看即将到期", "A look-back is due soon"
    LOOK_BACK_TODAY = "look_back_today", "回头看今日到期", "A look-back is due today"
    LOOK_BACK_LATE = "look_back_late", "回头看已逾期", "A look-back is overdue"
    NOTICE_OVER = "notice_over", "公示期满", "Notice has ended"
    UNANSWERED = "unanswered", "补充期满未回复", "No answer came in time"


class Way(Term):
    """How a message leaves the system; the bell in the application needs no way."""

    MAIL = "mail", "电子邮件", "E-mail"
    HOOK = "hook", "接口推送", "Webhook"


class Sending(Term):
    WAITING = "waiting", "待发送", "Waiting"
    SENT = "sent", "已发送", "Sent"
    GIVEN_UP = "given_up", "发送失败", "Given up"
    DROPPED = "dropped", "不再发送", "Not to be sent"


class Mailing(Term):
    """How often somebody wants mail."""

    NEVER = "never", "不发邮件", "No mail"
    EACH = "each", "随时发送", "One for each message"
    DAILY = "daily", "每日汇总", "Once a day, together"


class Outbox(Base):
    """Something to be told. `key` names it once: the ledger's entry, or the reminder of a day.

    `roles` are told, over the record as it stands when it is told; `person_id` did it and knows already. `due`: the day
    it is about (ISO), where that is not the record's own: a measure's, a look-back's.
    """

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("key"), partial("ix_outbox_waiting", "told_at IS NULL", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    noun: Mapped[str]
    noun_id: Mapped[int]
    event: Mapped[str]
    roles: Mapped[list[str]]
    person_id: Mapped[int | None]
    due: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class Message(Base):
    """One thing told to one person. `number` is the record's; `due` the day it must be done by (ISO), or ""."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("outbox_id", "person_id"),
        Index("ix_messages_person", "person_id", "id"),
        partial("ix_messages_unread", "read_at IS NULL", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    noun: Mapped[str]
    noun_id: Mapped[int]
    event: Mapped[str]
    number: Mapped[str]
    due: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Outgoing:
    """What is on its way out of the house, once for each way. `claimed_until`: a worker has it in hand."""

    id: Mapped[int] = mapped_column(primary_key=True)
    hook_id: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(default=str(Sending.WAITING))
    next_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]


STAGES = f"stage IN ({', '.join(repr(str(stage)) for stage in Sending)})"


class Delivery(Outgoing, Base):
    """A message on its way out; `hook_id` 0 for what is no webhook."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "way", "hook_id"),
        CheckConstraint(f"way IN ({', '.join(repr(str(way)) for way in Way)})", name="way"),
        CheckConstraint(STAGES, name="stage"),
        partial("ix_deliveries_waiting", f"stage = '{Sending.WAITING}'", "next_at", "id"),
        partial("ix_deliveries_given_up", f"stage = '{Sending.GIVEN_UP}'", "id"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    way: Mapped[str]


class Wish(Base):
    """How somebody wants to be told outside the application. Hours are of the office's wall clock, HH:MM.

    Between `quiet_from` and `quiet_to` nothing is sent; the same twice: there is no such time.
    """

    __tablename__ = "wishes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    mail: Mapped[str] = mapped_column(default="")
    mailing: Mapped[str] = mapped_column(default=str(Mailing.NEVER))
    daily_at: Mapped[str] = mapped_column(default="08:00")
    mobile: Mapped[str] = mapped_column(default="")
    quiet_from: Mapped[str] = mapped_column(default="22:00")
    quiet_to: Mapped[str] = mapped_column(default="07:00")


class Hook(Base):
    """A system that is told by webhook: a gateway for text messages, an office system. `only_mobile`: only what is for

    somebody who left a mobile telephone's number. Its secret is derived from `salt` and the installation's.
    """

    __tablename__ = "hooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    salt: Mapped[str]
    only_mobile: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Wording(Base):
    """An inspection's own words for an event, in a language; without a row the shipped ones."""

    __tablename__ = "wordings"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    body: Mapped[str]


OUTBOX = Outbox.__table__
PUT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def leave(session: Session, entry: Any, record: Any, tells: Iterable[Role], actor: Actor) -> None:
    """Leave an entry of the ledger to be told, in its transaction; of a citizen only where they asked for it (news).

    A record may be told of as a part of another (`told_with`: noun, id): that is told once.
    """
    roles = [str(role) for role in tells]
    if not roles or entry.recorded_at - entry.at > HISTORY:
        return
    whole = record.told_with(entry.action)
    noun, noun_id = whole or (entry.noun, entry.noun_id)
    key = f"{noun}:{noun_id}:{entry.action}" if whole else f"entry:{entry.id}"
    put = PUT[session.connection().dialect.name](OUTBOX).on_conflict_do_nothing(index_elements=["key"])
    told = {"inspection_id": entry.chain, "noun": noun, "noun_id": noun_id, "event": entry.action, "at": entry.at}
    session.connection().execute(put.values(key=key, roles=roles, person_id=actor.person_id, **told))


def remind(session: Session, key: str, reminder: Reminder, about: Outbox) -> bool:
    """Leave a reminder to be told, once for its key; False when it was left before. `about` says of what."""
    if session.scalar(select(Outbox.id).where(Outbox.key == key)) is not None:
        return False
    about.key, about.event = key, str(reminder)
    session.add(about)
    return True
