"""Ringing a reporter up: for an open question 「电话询问」 or a call-back 「回访」, on a lent number (ADR 0022).

A ring-up stands for as long as its occasion does: it begins with the question, or with the arrangement of the
call-back, in the same transaction, and ends with whatever ends that. Nothing of the reporter is in it but a number,
locked for the one clerk it is lent to.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.db import Base, transaction
from app.domain.installation import Installation
from app.domain.ledger import LedgerEntry, LedgerWord
from app.domain.people import Actor
from app.domain.performing import hears
from app.domain.report import Channel, Report
from app.domain.reporter import Identity, Opening, padded
from app.domain.workflow.case import ANSWERED
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction, Need, ReportAction, ReportState
from app.jobs import job
from app.kernel import clock, crypto
from app.kernel.errors import N_, Stale

LENT_HOURS = 48
"""A number is lent for the tries of a day and of the next; then it has to be asked for again."""
NUMBER_BLOCK = 64
ASKED = (Need.QUESTION, Need.SCRIPT)
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


class Occasion(Term):
    """What a reporter is rung up for."""

    QUESTION = "question", "询问", "A question"
    CALL_BACK = "call_back", "回访", "Call-back"


class CallBack(Term):
    """What a call-back brought. Nobody has to say anything; who was not reached after MOST_TRIES is left in peace."""

    SATISFIED = "satisfied", "满意", "Satisfied"
    MOSTLY = "mostly", "基本满意", "Mostly satisfied"
    DISSATISFIED = "dissatisfied", "不满意", "Dissatisfied"
    DECLINED = "declined", "不愿评价", "Did not wish to say"
    NOT_REACHED = "not_reached", "未联系上", "Not reached"


MOST_TRIES = 3


class RingUp(Base):
    """One ring-up. `begins_on`: from which day; `again_at`: not before this moment.

    `entry_id` is the ledger entry that holds the question, or the script of the call-back; `case_id` the case whose
    answer a call-back is about, and `result` what it brought (CallBack). `clerk_id` has it in hand: they asked for the
    number, which lies in `locked` from the moment it was lent to them (`lent_at`).
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
    occasion: Mapped[str] = mapped_column(default=str(Occasion.QUESTION), server_default=text(f"'{Occasion.QUESTION}'"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    result: Mapped[str | None]
    begins_on: Mapped[date]
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    locked: Mapped[bytes | None] = mapped_column(LargeBinary)
    lent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(lazy="joined", innerjoin=True)
    case: Mapped[Any] = relationship("Case")

    @property
    def is_call_back(self) -> bool:
        return self.occasion == Occasion.CALL_BACK

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
        if outcome is RingOutcome.WRONG or (self.is_call_back and self.tries >= MOST_TRIES):
            self.result = str(CallBack.NOT_REACHED) if self.is_call_back else None
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
        _end(session, entry, RingUp.report_id == report.id, RingUp.occasion == Occasion.QUESTION)


@hears("case")
def follow_case(
    session: Session, case: Any, entry: LedgerEntry, _said: Mapping[Need, str], _facts: Mapping[str, Any]
) -> None:
    """Begin a call-back where one is arranged; end it where the answer it asks about is no longer the answer."""
    if entry.action == CaseAction.CALL_BACK:
        session.add(
            RingUp(
                inspection_id=case.inspection_id,
                report_id=case.report_id,
                case_id=case.id,
                entry_id=entry.id,
                occasion=str(Occasion.CALL_BACK),
                begins_on=clock.local_date(entry.at),
            )
        )
    elif entry.source in ANSWERED and entry.target not in ANSWERED:
        _end(session, entry, RingUp.case_id == case.id)


def _end(session: Session, entry: LedgerEntry, *which: ColumnElement[bool]) -> None:
    ended = {"ended_at": entry.at, "locked": None, "lent_at": None}
    session.execute(update(RingUp).where(*which, RingUp.ended_at.is_(None)).values(**ended))


def call_back_of(session: Session, case_id: int) -> RingUp | None:
    """The call-back of a case that is under way."""
    return session.scalar(select(RingUp).where(RingUp.case_id == case_id, RingUp.ended_at.is_(None)).limit(1))


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
    """What the reporter is asked: the team's question, or what is said at the call-back."""
    words = select(LedgerWord.text).where(LedgerWord.entry_id == ring_up.entry_id, LedgerWord.need.in_(ASKED))
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
