"""Ringing a reporter up 「电话询问」: an open question put by telephone, and the number lent for it (ADR 0022).

A ring-up stands for as long as its question does: it begins with the question, in the same transaction, and ends with
whatever ends the question. Nothing of the reporter is in it but a number, locked for the one clerk it is lent to.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.db import Base, transaction
from app.domain.installation import Installation
from app.domain.ledger import LedgerEntry, LedgerWord
from app.domain.people import Actor
from app.domain.performing import hears
from app.domain.report import Channel, Report
from app.domain.reporter import Identity, Opening, padded
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, ReportAction, ReportState
from app.jobs import job
from app.kernel import clock, crypto
from app.kernel.errors import N_, Stale

LENT_HOURS = 48
"""A number is lent for the tries of a day and of the next; then it has to be asked for again."""
NUMBER_BLOCK = 64
MEANWHILE = N_("The question is no longer open: nobody has to be rung up any more.")


class RingOutcome(Term):
    """What came of a try in which no answer was given; kept as the words of its ledger entry."""

    NO_ANSWER = "no_answer", "无人接听", "Nobody answered"
    ENGAGED = "engaged", "占线、关机或不在服务区", "Engaged or switched off"
    LATER = "later", "对方现在不便，约定再拨", "Asked to be rung later"
    WRONG = "wrong", "空号，或者接听的不是举报人", "Not in use, or not the reporter's"


class Again(Term):
    """When to try again."""

    SOON = "soon", "1小时后", "In an hour"
    LATER = "later", "3小时后", "In three hours"
    TOMORROW = "tomorrow", "明天开始接听时", "Tomorrow, when the telephone opens"


class RingUp(Base):
    """One question to be put by telephone. `begins_on`: from which day; `again_at`: not before this moment.

    `entry_id` is the ledger entry that holds the question. `clerk_id` has it in hand: they asked for the number, which
    lies in `locked` from the moment it was lent to them (`lent_at`).
    """

    __tablename__ = "ring_ups"
    __table_args__ = (
        Index("ix_ring_ups_open", "inspection_id", "ended_at", "begins_on"),
        Index("ix_ring_ups_report_id", "report_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    begins_on: Mapped[date]
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    locked: Mapped[bytes | None] = mapped_column(LargeBinary)
    lent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(lazy="joined", innerjoin=True)

    def expect_open(self) -> None:
        """Raises Stale when the question was answered, or ended otherwise, meanwhile."""
        if self.ended_at is not None:
            raise Stale(MEANWHILE)

    def is_lent_to(self, actor: Actor) -> bool:
        """Whether this person may look at the number now."""
        fresh = self.lent_at is not None and actor.now() - self.lent_at < timedelta(hours=LENT_HOURS)
        return fresh and self.locked is not None and self.clerk_id == actor.person_id and self.ended_at is None

    def tried(self, actor: Actor, outcome: RingOutcome, again: Again) -> None:
        """A try came to nothing. A number that is not the reporter's is not tried again: the question waits alone."""
        self.tries, self.tried_at = self.tries + 1, actor.now()
        self.again_at = self._again_at(actor.now(), again)
        if outcome is RingOutcome.WRONG:
            self.end(actor.now())

    def _again_at(self, now: datetime, again: Again) -> datetime:
        """Nobody is rung up outside the hours of the telephone: then the next time it opens."""
        settings = self.report.inspection.settings
        opens, closes = time.fromisoformat(settings.opens), time.fromisoformat(settings.closes)
        today, wish = clock.local_date(now), now + timedelta(hours=3 if again is Again.LATER else 1)
        if again is Again.TOMORROW or wish >= clock.at_local(today, closes):
            return clock.at_local(today + timedelta(days=1), opens)
        return max(wish, clock.at_local(today, opens))

    def end(self, at: datetime) -> None:
        """Nothing of the number stays."""
        self.ended_at, self.locked, self.lent_at = at, None, None


@hears("report")
def follow(
    session: Session, report: Report, entry: LedgerEntry, _said: Mapping[Need, str], _facts: Mapping[str, Any]
) -> None:
    """Begin a ring-up with a question whose reporter left a telephone; end it with whatever ends the question."""
    if entry.action == ReportAction.ASK:
        if left_a_telephone(session, report.id):
            session.add(
                RingUp(
                    inspection_id=report.inspection_id,
                    report_id=report.id,
                    entry_id=entry.id,
                    begins_on=begins_on(report.channel, clock.local_date(entry.at), report.due_on),
                )
            )
    elif entry.source == ReportState.ASKED != entry.target:
        ended = {"ended_at": entry.at, "locked": None, "lent_at": None}
        mine = (RingUp.report_id == report.id, RingUp.ended_at.is_(None))
        session.execute(update(RingUp).where(*mine).values(**ended))


def left_a_telephone(session: Session, report_id: int) -> bool:
    whose = (Identity.noun == "report", Identity.noun_id == report_id)
    return bool(session.scalar(select(Identity.has_phone).where(*whose)))


def begins_on(channel: str, asked_on: date, due_on: date | None) -> date:
    """At once for whoever has nothing but their telephone; who reported on the web gets half the time to look there."""
    if channel != Channel.WEB or due_on is None:
        return asked_on
    return asked_on + timedelta(days=((due_on - asked_on).days + 1) // 2)


def lend(house: Installation, ring_up: RingUp, phone: str, at: datetime) -> None:
    """Lock a number for the clerk who asked for it. The caller has opened it by the vault's rules."""
    ring_up.locked = crypto.lock(_key(house, ring_up), padded(phone.encode(), NUMBER_BLOCK))
    ring_up.lent_at = at


def lent_number(house: Installation, ring_up: RingUp) -> str:
    """The number that was lent. The caller has committed the ledger entry of this look before (docs: trust, Vault)."""
    return (crypto.unlocked(_key(house, ring_up), ring_up.locked or b"") or b"").decode().strip()


def question(session: Session, ring_up: RingUp) -> str:
    """What the reporter is asked."""
    words = select(LedgerWord.text).where(LedgerWord.entry_id == ring_up.entry_id, LedgerWord.need == Need.QUESTION)
    return session.scalar(words) or ""


def newest_opening(session: Session, ring_up_id: int) -> Opening | None:
    """How far its last request for the number has got; None before the first."""
    query = select(Opening).where(Opening.ring_up_id == ring_up_id).order_by(Opening.id.desc()).limit(1)
    return session.scalar(query)


def facts_of(opening: Opening) -> dict[str, int]:
    """What the ledger says of a step of a request."""
    return {"opening_id": opening.id} | ({"ring_up_id": opening.ring_up_id} if opening.ring_up_id else {})


@job("ringing.tidy", every=60)
def tidy(_house: Installation) -> None:
    """Forget numbers whose time is over."""
    over = RingUp.lent_at < clock.now() - timedelta(hours=LENT_HOURS)
    with transaction() as session:
        session.execute(update(RingUp).where(over).values(locked=None, lent_at=None))


def _key(house: Installation, ring_up: RingUp) -> bytes:
    """A key of its own for each ring-up and clerk: a row that is moved to another person cannot be read there."""
    return bytes.fromhex(crypto.keyed_digest(house.draft_key, f"ring-up {ring_up.id} for {ring_up.clerk_id}"))
