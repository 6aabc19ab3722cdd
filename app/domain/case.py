"""The case 「转办件」: a report, or a part of it, handed to one responsible area; and the replies to it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    false,
    func,
    null,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Mapped, Session, foreign, mapped_column, object_session, relationship

from app.db import Base
from app.domain.assignment import Assignment, Dispute
from app.domain.batch import Batch
from app.domain.inspection import Inspection
from app.domain.lateness import late_days
from app.domain.people import Actor, Reach, Unit, paths
from app.domain.performing import Performer
from app.domain.region import Region
from app.domain.reply import ReplyMeasure, ReplyRemark, ReplySource, ReplySpot
from app.domain.report import Report
from app.domain.ringing import call_back_of, left_a_telephone
from app.domain.workflow.case import CASE
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction, CaseState, Role
from app.kernel import clock

FOR_A_UNIT = (Role.OFFICER, Role.UNIT_LEADER)
"""Who gives a unit's cases on to units below it, and decides between them."""
BEFORE_HAND_OVER = (CaseState.PREPARED, CaseState.BATCHED, CaseState.CANCELLED)


EMPTY = text("''")
LIVE = text(f"state <> '{CaseState.CANCELLED}'")
"""A cancelled case gives its number back: what triage takes back was never handed over."""


class Verdict(Term):
    TRUE = "true", "属实", "Substantiated"
    MOSTLY = "mostly", "基本属实", "Mostly substantiated"
    PARTLY = "partly", "部分属实", "Partly substantiated"
    UNFOUNDED = "unfounded", "不属实", "Unfounded"


class Completion(Term):
    DONE = "done", "已办结", "Completed"
    STAGED = "staged", "阶段性办结", "Completed for now"
    OPEN = "open", "未办结", "Not completed"


class Case(Performer, Base):
    """「转办件」. `number` is the report's, with -1, -2 … when it was split (分解).

    `item`: which of the report's separate matters it is; the first stands for the report, each further one is a
    (+1). `shared`: two areas answer for one matter; each has its own case of it, and each counts one half.
    `text_kept`: words that look as if they told who reported, why each stays (mark, words, reason); the team's alone.
    `named_unit_id` is the unit that triage names as responsible; the city still assigns.

    `handover_text` is what the locality reads instead of the reporter's words; `publication_*` what everybody reads.
    `place_hidden`: not even the rounded place is told, because the matter is somebody's home (ADR 0008).
    `lapsed_on`: the day of feedback that had passed without an answer when a later one was given; lateness counts
    from it for ever. Not `feedback_announced`: that day was counted over a year whose working days nobody knew.
    It stands in the public table from `published_at` until it is unpublished; a reopened review does not empty it.
    `*_printed` fields keep what an imported row printed where our vocabulary has no word for it.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(CASE.check_sql(), name="state"),
        Index("uq_cases_part", "report_id", "part", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("uq_cases_number", "inspection_id", "number", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_cases_queue", "inspection_id", "state", "feedback_due_on", "id"),
        Index("ix_cases_lead_unit_id", "lead_unit_id"),
        Index("ix_cases_batch_id", "batch_id"),
    )
    TABLE = CASE

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    part: Mapped[int]
    number: Mapped[str]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    area_printed: Mapped[str] = mapped_column(default="")
    key: Mapped[bool] = mapped_column(default=False)
    item: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    shared: Mapped[bool] = mapped_column(default=False)
    named_unit_id: Mapped[int | None]
    history: Mapped[bool] = mapped_column(default=False)
    points: Mapped[list[str]] = mapped_column(default=list)
    types: Mapped[list[str]] = mapped_column(default=list)

    handover_text: Mapped[str] = mapped_column(default="")
    text_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text_approved_at: Mapped[datetime | None]
    second_approved_by_id: Mapped[int | None]
    second_approved_at: Mapped[datetime | None]
    text_kept: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"))
    handed_over_at: Mapped[datetime | None]
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_printed: Mapped[str] = mapped_column(default="")
    feedback_due_on: Mapped[date | None]
    feedback_announced: Mapped[bool] = mapped_column(default=True, server_default=true())
    lapsed_on: Mapped[date | None]
    dispute_by: Mapped[date | None]
    replied_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    verdict: Mapped[str | None]
    completion: Mapped[str | None]
    publication_problem: Mapped[str] = mapped_column(default="")
    publication_text: Mapped[str] = mapped_column(default="")
    publication_handling: Mapped[str] = mapped_column(default="")
    publication_target: Mapped[str] = mapped_column(default="")
    accountability: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    place_hidden: Mapped[bool] = mapped_column(default=False, server_default=false())

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)
    report: Mapped[Report] = relationship(back_populates="cases")
    area: Mapped[Region | None] = relationship(lazy="joined")
    lead_unit: Mapped[Unit | None] = relationship(lazy="joined", foreign_keys=[lead_unit_id])
    named_unit: Mapped[Unit | None] = relationship(
        primaryjoin=lambda: foreign(Case.named_unit_id) == Unit.id, viewonly=True
    )
    supporting: Mapped[list["SupportingUnit"]] = relationship(cascade="all, delete-orphan")
    assignments: Mapped[list[Assignment]] = relationship(order_by=Assignment.id)
    disputes: Mapped[list[Dispute]] = relationship(order_by=Dispute.id)
    batch: Mapped[Batch | None] = relationship(back_populates="cases")
    replies: Mapped[list["Reply"]] = relationship(back_populates="case", order_by="Reply.number")
    rectifications: Mapped[list[Any]] = relationship(
        "Rectification", back_populates="case", order_by="Rectification.cycle"
    )

    def reach(self) -> Reach:
        return Reach(self.inspection_id, paths([self.lead_unit]))

    def told_with(self, action: str) -> tuple[str, int] | None:
        """A batch is handed over as a whole, and told of as one."""
        whole = action == CaseAction.HAND_OVER and self.batch_id is not None
        return ("batch", self.batch_id) if whole and self.batch_id else None

    @property
    def reply(self) -> "Reply | None":
        """The latest version of the locality's answer."""
        return self.replies[-1] if self.replies else None

    @property
    def is_live(self) -> bool:
        return self.state != CaseState.CANCELLED

    @property
    def is_published(self) -> bool:
        return self.state == CaseState.PUBLISHED

    @property
    def points_to_answer(self) -> list[str]:
        """What a reply has to answer: the points, or the whole text where none were taken out."""
        return list(self.points) or [self.handover_text]

    def late_days(self, today: date | None = None) -> int:
        """Days past the feedback deadline, counted to the reply, or to today while none is there; 0 when in time."""
        return late_days(self.lapsed_on or self.feedback_due_on, self.replied_at, today or clock.today())

    @property
    def holders(self) -> list[Assignment]:
        """The assignments in force, from the one the city gave down to the lead unit's."""
        return [one for one in self.assignments if one.ended_at is None]

    def held_by(self, actor: Actor) -> Assignment | None:
        """The highest assignment in force to a unit that this actor speaks for; None without one."""
        own = actor.units(self.inspection_id, *FOR_A_UNIT)
        return next((one for one in self.holders if one.unit_id in own), None)

    @property
    def dispute(self) -> Dispute | None:
        """The dispute that waits for its decision; None without one."""
        return next((one for one in self.disputes if one.decided_at is None), None)

    def guard_not_handed_over(self, actor: Actor, action: Term) -> bool:
        return self.state in BEFORE_HAND_OVER

    def guard_text_approved(self, actor: Actor, action: Term) -> bool:
        return self.text_approved_at is not None

    @property
    def needs_second(self) -> bool:
        """Whether its text needs the eyes of a second person: who reported is known, or much hangs on it."""
        return self.key or self.report.real_name

    @property
    def is_text_ready(self) -> bool:
        """Whether the text has every approval that it needs."""
        return self.text_approved_at is not None and (self.second_approved_at is not None or not self.needs_second)

    def write_text(self, actor: Actor, words: str) -> None:
        """Put an approved text in place; whoever had approved another one has not approved this."""
        self.handover_text = words
        self.text_approved_by_id, self.text_approved_at = actor.person_id, actor.now()
        self.second_approved_by_id = self.second_approved_at = None

    def guard_second_person(self, actor: Actor, action: Term) -> bool:
        return actor.person_id is not None and actor.person_id != self.text_approved_by_id

    def guard_second_approved(self, actor: Actor, action: Term) -> bool:
        return self.second_approved_at is not None or not self.needs_second

    def guard_in_signed_batch(self, actor: Actor, action: Term) -> bool:
        return self.batch is not None and self.batch.signed_at is not None

    def guard_holds(self, actor: Actor, action: Term) -> bool:
        held, session = self.held_by(actor), object_session(self)
        if held is None or session is None:
            return False
        below = select(Unit.id).where(Unit.parent_id == held.unit_id, Unit.active).limit(1)
        return session.scalar(below) is not None

    def guard_own_lead(self, actor: Actor, action: Term) -> bool:
        return not self.guard_passed_down(actor, action)

    def guard_passed_down(self, actor: Actor, action: Term) -> bool:
        held = self.held_by(actor)
        return held is not None and held.unit_id != self.lead_unit_id

    def guard_superior_decides(self, actor: Actor, action: Term) -> bool:
        """The common superior of both units, and nobody who raised it; the city too once the superior's day is over."""
        dispute = self.dispute
        if dispute is None or actor.person_id == dispute.raised_by_id:
            return False
        if dispute.superior_id in actor.units(self.inspection_id, *FOR_A_UNIT):
            return True
        city = dispute.superior_id is None or dispute.is_overdue(clock.local_date(actor.now()))
        return city and Role.COORDINATOR in actor.roles_over(self.reach())

    def guard_signs_for(self, actor: Actor, action: Term) -> bool:
        """Whom the city assigned answers to the city, whoever below it wrote the reply."""
        held = self.holders
        answers = held[0].unit if held else self.lead_unit
        return Role.UNIT_LEADER in actor.roles_over(Reach(self.inspection_id, paths([answers])))

    def guard_within_dispute(self, actor: Actor, action: Term) -> bool:
        return self.dispute_by is not None and clock.local_date(actor.now()) <= self.dispute_by

    def guard_unfounded(self, actor: Actor, action: Term) -> bool:
        return self.reply is not None and self.reply.verdict == Verdict.UNFOUNDED

    def guard_founded(self, actor: Actor, action: Term) -> bool:
        return not self.guard_unfounded(actor, action)

    def guard_left_telephone(self, actor: Actor, action: Term) -> bool:
        return left_a_telephone(self._session, self.report_id)

    def guard_no_call_back(self, actor: Actor, action: Term) -> bool:
        return call_back_of(self._session, self.id) is None

    def guard_call_back_open(self, actor: Actor, action: Term) -> bool:
        return call_back_of(self._session, self.id) is not None

    @property
    def _session(self) -> Session:
        found = object_session(self)
        if found is None:
            raise RuntimeError("a case outside a session cannot be asked")
        return found

    def guard_another_person(self, actor: Actor, action: Term) -> bool:
        return actor.person_id is not None and actor.person_id != self.checked_by_id


COUNTED_FROM: Any = func.coalesce(Case.lapsed_on, Case.feedback_due_on)
"""The day from which lateness counts, for the database."""


def forget_given(session: Session, batch_id: int) -> None:
    """Forget where reporters' own names stand in their words (ADR 0019), once no text of theirs can still change."""
    handed = select(Case.report_id).where(Case.batch_id == batch_id)
    open_still = select(Case.report_id).where(Case.state.in_([str(one) for one in BEFORE_HAND_OVER[:2]]))
    gone = Report.id.in_(handed), Report.id.not_in(open_still), Report.given.is_not(None)
    session.execute(update(Report).where(*gone).values(given=null()), execution_options={"synchronize_session": False})


class SupportingUnit(Base):
    """A unit that helps the lead unit 「配合单位」."""

    __tablename__ = "supporting_units"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)

    unit: Mapped[Unit] = relationship(lazy="joined")


class Reply(Base):
    """「办理情况反馈」: one version of the locality's answer. Fines are in 元, to the cent."""

    __tablename__ = "replies"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime | None]

    verdict: Mapped[str]
    completion: Mapped[str]
    report_upward: Mapped[str]
    publication_draft: Mapped[str]
    handling: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    answer: Mapped[str]
    accountability: Mapped[str] = mapped_column(default="")

    rectify_orders: Mapped[int] = mapped_column(default=0)
    penalty_cases: Mapped[int] = mapped_column(default=0)
    fines: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    seized: Mapped[int] = mapped_column(default=0)
    halted: Mapped[int] = mapped_column(default=0)
    criminal_cases: Mapped[int] = mapped_column(default=0)
    admin_detained: Mapped[int] = mapped_column(default=0)
    criminal_detained: Mapped[int] = mapped_column(default=0)
    interviewed: Mapped[int] = mapped_column(default=0)
    held_accountable: Mapped[int] = mapped_column(default=0)
    clues: Mapped[int] = mapped_column(default=0)

    case: Mapped[Case] = relationship(back_populates="replies")
    points: Mapped[list["ReplyPoint"]] = relationship(order_by="ReplyPoint.position", cascade="all, delete-orphan")
    sources: Mapped[list[ReplySource]] = relationship(order_by=ReplySource.id)
    measures: Mapped[list[ReplyMeasure]] = relationship(order_by=ReplyMeasure.position)
    spots: Mapped[list[ReplySpot]] = relationship(order_by=ReplySpot.position)
    remarks: Mapped[list[ReplyRemark]] = relationship(order_by=ReplyRemark.position)


FIGURES: dict[str, tuple[str, str]] = {
    "rectify_orders": ("责令整改(家)", "Ordered to rectify"),
    "penalty_cases": ("立案处罚(家)", "Penalised"),
    "fines": ("罚款(元)", "Fines (yuan)"),
    "seized": ("查封扣押(家)", "Sealed or seized"),
    "halted": ("停产限产(家)", "Halted or limited"),
    "criminal_cases": ("立案侦查(件)", "Criminal cases"),
    "admin_detained": ("行政拘留(人)", "Administrative detention"),
    "criminal_detained": ("刑事拘留(人)", "Criminal detention"),
    "interviewed": ("约谈(人)", "Interviewed"),
    "held_accountable": ("问责(人)", "Held accountable"),
    "clues": ("移送问题线索(件)", "Clues passed on"),
}
"""The enforcement figures of a reply, in printed order: field → (zh, en)."""


class ReplyPoint(Base):
    """What was found for one point, and whether it was true. `returned_for`: why this point was sent back, if it was.

    A version is returned once at most; the reason is shown at the point when the next one is written.
    """

    __tablename__ = "reply_points"
    __table_args__ = (Index("ix_reply_points_reply_id", "reply_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    position: Mapped[int]
    text: Mapped[str]
    finding: Mapped[str]
    verdict: Mapped[str]
    returned_for: Mapped[str] = mapped_column(default="", server_default=EMPTY)
