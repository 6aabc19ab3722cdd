"""The report 「来件」: what one person said, once, by one channel; with its points, matter and referral."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, delete, false, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.db import Base
from app.domain import ledger
from app.domain.inspection import Inspection
from app.domain.letter import Letter
from app.domain.partial import partial
from app.domain.people import Actor, Reach
from app.domain.performing import Performer
from app.domain.region import Region
from app.domain.workflow.report import REPORT, WAITING
from app.domain.workflow.table import Row
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction, Need, ReportState, Role
from app.kernel import clock


class Channel(Term):
    """The letter that begins a number. UNSTATED occurs only in imported history."""

    CALL = "D", "来电", "Call"
    LETTER = "X", "来信", "Letter"
    WEB = "W", "网络", "Web"
    VISIT = "F", "走访", "Visit"
    PASSED_ON = "Z", "上级转来", "Passed on"
    UNSTATED = "-", "未载明", "Not stated"


class PassedBy(Term):
    """Who passed a report on to the team; kept in `Report.passed_by`."""

    ABOVE = "above", "上级交办", "From above"
    LINE_12345 = "12345", "12345 政务服务便民热线", "12345 citizens' line"
    LINE_12369 = "12369", "12369 生态环境举报平台", "12369 environmental reports"
    OTHER = "other", "其他单位转来", "Another body"


class Precision(Term):
    """How exactly a time of receipt is known: a live report knows the moment (one of a ledger sheet perhaps the day
    alone), history what was published.
    """

    MOMENT = "moment", "时刻", "Moment"
    DAY = "day", "日", "Day"
    MONTH = "month", "月", "Month"
    YEAR = "year", "年", "Year"
    UNKNOWN = "unknown", "未载明", "Not stated"


class Rating(Term):
    """What its reporter thinks of the answer 「满意度」; kept in `Report.rating`."""

    SATISFIED = "satisfied", "满意", "Satisfied"
    MOSTLY = "mostly", "基本满意", "Mostly satisfied"
    DISSATISFIED = "dissatisfied", "不满意", "Dissatisfied"


class StillGoing(Term):
    """Whether what is reported still goes on, as its reporter says; kept in `Report.still`, "" when not said."""

    YES = "yes", "仍在发生", "Still going on"
    STOPPED = "stopped", "目前已停止", "It has stopped"
    UNSURE = "unsure", "不清楚", "Not sure"


class Matter(Base):
    """「同一事项」: the repeats of one matter; the report received first is its head."""

    __tablename__ = "matters"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))


KEY_ONLY, HAS_A_DAY = {"sqlite": "key = 1", "postgresql": "key"}, "due_on IS NOT NULL"
UNCLAIMED = f"assigned_to_id IS NULL AND state = '{ReportState.REGISTERED}'"


CUT_BY = ("channel", "area_code", "key", "due_on", "assigned_to_id")
"""All that the queue is cut by stands in the index of what is nobody's, so that no row has to be looked at for it."""


def _only(name: str, of: str | dict[str, str], *columns: str) -> Index:
    return partial(f"ix_reports_{name}", of, "inspection_id", *columns)


QUEUE_INDEXES = (
    Index("ix_reports_channel", "inspection_id", "channel", "received_at", "id"),
    Index("ix_reports_area", "inspection_id", "area_code", "received_at", "id"),
    Index("ix_reports_state_channel", "inspection_id", "state", "channel", "received_at", "id"),
    Index("ix_reports_state_area", "inspection_id", "state", "area_code", "received_at", "id"),
    Index("ix_reports_channel_area", "inspection_id", "channel", "area_code", "received_at", "id"),
    _only("key", KEY_ONLY, "received_at", "id"),
    _only("key_state", KEY_ONLY, "state", "received_at", "id"),
    _only("key_channel", KEY_ONLY, "channel", "received_at", "id"),
    _only("key_area", KEY_ONLY, "area_code", "received_at", "id"),
    _only("assigned", "assigned_to_id IS NOT NULL", "assigned_to_id", "received_at", "id"),
    _only("unclaimed", UNCLAIMED, "received_at", "id", "state", *CUT_BY),
    _only("due", HAS_A_DAY, "due_on", "id"),
    _only("due_state", HAS_A_DAY, "state", "due_on", "id"),
    _only("due_channel", HAS_A_DAY, "channel", "due_on", "id"),
    _only("due_area", HAS_A_DAY, "area_code", "due_on", "id"),
    _only("due_key", {d: f"{k} AND {HAS_A_DAY}" for d, k in KEY_ONLY.items()}, "due_on", "id"),
    _only("due_received", HAS_A_DAY, "received_at", "id", "due_on"),
)
"""The queue's page is read along one of these, whichever two filters are set: at the first row and at the millionth
it costs the same (bench/queue.py). Types have a table of their own (app/domain/filing.py)."""


class Report(Performer, Base):
    """「来件」. The words in `description` are stored once; the database refuses to change them.

    `area_printed` is the place's area as it was said or printed; `area_code` the region it was recognised as.
    `batch_printed` is the batch in which an imported row was published; it is none of ours.
    `key` is the 「重点件」 flag. `submission_key` makes a repeated submit the same report.
    `latitude` and `longitude` are the place of the matter (WGS84, six decimals), never where its reporter was.
    `answers` holds what was said to the inspection's own questions, by their codes; None when nothing was.
    `said_same_as` is the number of the published case that its reporter takes it for; merging stays a judgement.
    `real_name`: its reporter did not ask to stay anonymous. `given`: where in the words ([start, end]) something
    stands that its reporter also gave of themselves (ADR 0019). `follows_id`: the report it was merged into.
    `people` is how many say it together; `letter_id` the envelope it came in, which others may share.
    `assigned_to_id` is who has it in hand while it waits; a decision ends that. `filed_under` are the types that triage
    gave it, by which lists find it in place of those its reporter named; None until it is accepted.
    `words_digest` is a keyed digest of the words alone: equal for reports that say the same letter by letter.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint(REPORT.check_sql(), name="state"),
        CheckConstraint(f"channel IN ({', '.join(repr(str(c)) for c in Channel)})", name="channel"),
        UniqueConstraint("inspection_id", "number"),
        Index("ix_reports_queue", "inspection_id", "state", "received_at", "id"),
        Index("ix_reports_received", "inspection_id", "received_at", "id"),
        Index("ix_reports_foreign", "inspection_id", "foreign_number"),
        Index("ix_reports_words", "inspection_id", "words_digest", "state", "received_at", "id"),
        *QUEUE_INDEXES,
    )
    TABLE = REPORT

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    number: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    received_at: Mapped[datetime]
    precision: Mapped[str] = mapped_column(default=str(Precision.MOMENT))
    received_printed: Mapped[str] = mapped_column(default="")
    batch_printed: Mapped[str] = mapped_column(default="")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    history: Mapped[bool] = mapped_column(default=False)

    description: Mapped[str]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    area_printed: Mapped[str] = mapped_column(default="")
    town_code: Mapped[str | None]
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="", server_default=text("''"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    polluter: Mapped[str] = mapped_column(default="")
    since: Mapped[str] = mapped_column(default="")
    frequency: Mapped[str] = mapped_column(default="")
    still: Mapped[str] = mapped_column(default="", server_default=text("''"))
    earlier: Mapped[str] = mapped_column(default="")
    said_same_as: Mapped[str] = mapped_column(default="", server_default=text("''"))
    answers: Mapped[dict[str, Any] | None]
    types: Mapped[list[str]] = mapped_column(default=list)
    wants_answer: Mapped[bool] = mapped_column(default=False)

    call_started_at: Mapped[datetime | None]
    call_ended_at: Mapped[datetime | None]
    out_of_hours: Mapped[bool] = mapped_column(default=False)
    postmarked_on: Mapped[date | None]
    arrived_on: Mapped[date | None]
    foreign_number: Mapped[str] = mapped_column(default="")
    passed_by: Mapped[str] = mapped_column(default="", server_default=text("''"))
    people: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    letter_id: Mapped[int | None] = mapped_column(index=True)

    key: Mapped[bool] = mapped_column(default=False)
    real_name: Mapped[bool] = mapped_column(default=False, server_default=false())
    given: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True))
    assigned_to_id: Mapped[int | None]
    filed_under: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matters.id"), index=True)
    follows_id: Mapped[int | None]
    rating: Mapped[str | None]
    words_digest: Mapped[str | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    query_code_digest: Mapped[str | None] = mapped_column(unique=True)

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)
    area: Mapped[Region | None] = relationship(lazy="joined")
    letter: Mapped[Letter | None] = relationship(primaryjoin="foreign(Report.letter_id) == Letter.id", viewonly=True)
    matter: Mapped[Matter | None] = relationship(foreign_keys=[matter_id])
    points: Mapped[list["Point"]] = relationship(order_by="Point.position", cascade="all, delete-orphan")
    cases: Mapped[list[Any]] = relationship("Case", back_populates="report", order_by="Case.part")
    referral: Mapped["Referral | None"] = relationship(
        back_populates="report",
        primaryjoin="and_(Report.id == Referral.report_id, Referral.withdrawn_at.is_(None))",
    )

    def reach(self) -> Reach:
        return Reach(self.inspection_id)

    @property
    def received_on(self) -> date:
        return clock.local_date(self.received_at)

    def cancel_cases(self, actor: Actor, reason: str) -> None:
        """Take back the cases that triage made of it: its decision was undone, or its reporter withdrew it."""
        for case in self.cases:
            if case.is_live:
                case.perform(CaseAction.CANCEL, actor, {Need.REASON: reason})
                case.batch = None

    def acknowledged(self, actor: Actor, note: str) -> None:
        """Whoever received its referral has signed for it, and its clock is over; once the table has let it happen."""
        if self.referral is not None:
            self.referral.acknowledged_at, self.referral.acknowledgement = actor.now(), note
            self.due_on = None

    def _move(self, session: Session, row: Row, actor: Actor) -> None:
        """What is decided lies in nobody's hands; what tells the inspectors something new is unread once more."""
        super()._move(session, row, actor)
        if self.status not in WAITING:
            self.assigned_to_id = None
        if Role.INSPECTOR in row.tells:
            session.execute(delete(ReportRead).where(ReportRead.report_id == self.id))

    def guard_not_handed_over(self, actor: Actor, action: Term) -> bool:
        return all(case.guard_not_handed_over(actor, action) for case in self.cases)

    def guard_is_key(self, actor: Actor, action: Term) -> bool:
        return self.key

    def guard_not_key(self, actor: Actor, action: Term) -> bool:
        return not self.key

    def guard_in_hand(self, actor: Actor, action: Term) -> bool:
        return self.assigned_to_id is not None

    def guard_not_in_hand(self, actor: Actor, action: Term) -> bool:
        return self.assigned_to_id is None

    def guard_ask_over(self, actor: Actor, action: Term) -> bool:
        return self.due_on is not None and clock.local_date(actor.now()) > self.due_on

    def guard_not_acknowledged(self, actor: Actor, action: Term) -> bool:
        return self.referral is not None and self.referral.acknowledged_at is None

    def guard_all_published(self, actor: Actor, action: Term) -> bool:
        live = [case for case in self.cases if case.is_live]
        return bool(live) and all(case.is_published for case in live)

    def guard_not_rated(self, actor: Actor, action: Term) -> bool:
        """Each answer is rated once: after a dissatisfied one was reviewed, there is another to be rated."""
        again = self.rating == Rating.DISSATISFIED and self.guard_all_published(actor, action)
        return self.rating is None or again


class Point(Base):
    """「问题要点」: one thing a report says; findings and verdicts are given per point. `area_code`: whose it is."""

    __tablename__ = "points"
    __table_args__ = (Index("ix_points_report_id", "report_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    position: Mapped[int]
    text: Mapped[str]


class ReportType(Base):
    """A pollution type that triage gave a report (a type or a sub-tag of the catalogue)."""

    __tablename__ = "report_types"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class ReportRead(Base):
    """Who has opened a report since it last said something new; without a row it is unread for that person."""

    __tablename__ = "report_reads"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, index=True)


STANDING = text("withdrawn_at IS NULL")


class Referral(Base):
    """「移交」: an out-of-scope report given to the body that can deal with it.

    One that was undone keeps its row, with `withdrawn_at`; a report has at most one that stands.
    """

    __tablename__ = "referrals"
    __table_args__ = (
        Index("uq_referrals_standing", "report_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    referral_class: Mapped[str]
    receiving_body: Mapped[str]
    advice: Mapped[str]
    referred_at: Mapped[datetime]
    inform_by: Mapped[date]
    acknowledged_at: Mapped[datetime | None]
    acknowledgement: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(back_populates="referral")


ledger.protect(
    Report.__table__,
    "description, answers, said_same_as, inspection_id, number, channel, received_at, taken_by_id, history, "
    "submission_key",
)
