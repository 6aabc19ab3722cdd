"""The rectification 「整改」: one cycle of putting right, with its measures, ladder, notice and objections."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain import ledger
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.ladder import Rung, read
from app.domain.people import Actor, Reach, Unit, paths
from app.domain.performing import Performer
from app.domain.plan_version import PlanChange, PlanVersion
from app.domain.sign_off import ChecklistEvidence, SameFault
from app.domain.workflow.rectification import RECTIFICATION, STEP_OF, signers
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role, StepKind
from app.kernel import clock


class Progress(Term):
    DONE = "done", "完成", "Done"
    ON_SCHEDULE = "on_schedule", "达到序时进度", "On schedule"
    BEHIND = "behind", "未达序时进度", "Behind schedule"


CHECKLIST: dict[str, tuple[str, str]] = {
    "measures": ("整改措施全部完成", "All measures are done"),
    "punished": ("违法行为已依法查处", "Violations have been punished"),
    "effect": ("整改效果达标：污染消除、生态修复、群众满意", "The effect meets the standard"),
    "elsewhere": ("举一反三，同类问题一并整改", "The same fault elsewhere has been put right too"),
    "lasting": ("长效机制已建立", "A lasting mechanism is in place"),
}
"""The five conditions of a sign-off, each with its evidence: code → (zh, en)."""
PRINTED: dict[str, tuple[str, str]] = {
    "problem": ("反馈问题", "Problem fed back"),
    "unit": ("责任单位", "Responsible unit"),
    "target": ("整改目标", "Target"),
    "measures": ("整改措施", "Measures"),
    "done": ("整改完成情况", "What has been done"),
    "opinion": ("销号意见", "Opinion on the sign-off"),
    "period": ("公示时间", "Notice period"),
    "office": ("受理部门", "Office that takes objections"),
    "phone": ("联系电话", "Telephone"),
    "address": ("联系地址", "Address"),
}
"""销号公示: its fields under the headings exactly as they are printed: code → (zh, en)."""


class Rectification(Performer, Base):
    """「整改」, cycle `cycle` of its case. `ladder` is a copy of the inspection's (app/domain/ladder.py): changing that
    one touches no running cycle. `climb` counts the tries: a refused step sends the cycle back, and the next try
    signs every step anew; what was signed before is kept.
    """

    __tablename__ = "rectifications"
    __table_args__ = (
        CheckConstraint(RECTIFICATION.check_sql(), name="state"),
        UniqueConstraint("case_id", "cycle"),
    )
    TABLE = RECTIFICATION

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    cycle: Mapped[int]
    ladder: Mapped[list[dict[str, Any]]]
    climb: Mapped[int] = mapped_column(default=0)
    target: Mapped[str] = mapped_column(default="")
    target_on: Mapped[date | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime | None]
    signed_off_at: Mapped[datetime | None]
    look_back_on: Mapped[date | None]
    plan_shown_at: Mapped[datetime | None]

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)
    case: Mapped[Case] = relationship(back_populates="rectifications")
    measures: Mapped[list["Measure"]] = relationship(
        primaryjoin="and_(Measure.rectification_id == Rectification.id, Measure.dropped_at.is_(None))",
        order_by="Measure.position",
    )
    versions: Mapped[list[PlanVersion]] = relationship(order_by=PlanVersion.number)
    evidence: Mapped[list[ChecklistEvidence]] = relationship(order_by=ChecklistEvidence.id)
    faults: Mapped[list[SameFault]] = relationship(order_by=SameFault.id)
    changes: Mapped[list[PlanChange]] = relationship(order_by=PlanChange.id)
    all_steps: Mapped[list["LadderStep"]] = relationship(
        back_populates="rectification", order_by="(LadderStep.climb, LadderStep.position)"
    )
    notices: Mapped[list["Notice"]] = relationship(back_populates="rectification", order_by="Notice.id")

    def reach(self) -> Reach:
        return Reach(self.inspection_id, paths([self.case.lead_unit]))

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The ladder of this cycle, step by step."""
        return read(self.ladder)

    @property
    def steps(self) -> list["LadderStep"]:
        """The steps of the present climb, in order."""
        return [step for step in self.all_steps if step.climb == self.climb]

    @property
    def step(self) -> "LadderStep | None":
        """The step whose turn it is; none once this climb was refused."""
        step = next((step for step in self.steps if step.signed_at is None), None)
        return None if step is None or step.refused_at else step

    @property
    def notice(self) -> "Notice | None":
        """The notice of the present climb."""
        return next((notice for notice in reversed(self.notices) if notice.climb == self.climb), None)

    def roles_of(self, actor: Actor, action: Term | None = None) -> frozenset[Role]:
        """Their own roles and those they act in as a deputy; to sign or refuse a step only the role it is given to."""
        here = action is not None and self.step is not None and STEP_OF.get(A(action), self.step.kind) == self.step.kind
        signer = self.signer(actor) if here and (action == A.REFUSE or action in STEP_OF) else None
        if signer is not None:
            return frozenset({signer[0]})
        return actor.roles_over(self.reach()) | actor.standing_in(self.reach()).keys()

    def signer(self, actor: Actor) -> tuple[Role, int | None] | None:
        """The role in which somebody would sign the step whose turn it is, and for whom; their own role goes first."""
        step, own, lent = self.step, actor.roles_over(self.reach()), actor.standing_in(self.reach())
        if step is None:
            return None
        mine = next((role for role in Role if role in step.signers & own), None)
        other = next((role for role in Role if role in step.signers and role in lent), None)
        if mine is not None:
            return mine, None
        return None if other is None else (other, lent[other])

    def open_objections(self) -> list["Objection"]:
        return [o for o in self.notice.objections if o.answered_at is None] if self.notice else []

    def guard_has_measures(self, actor: Actor, action: Term) -> bool:
        return bool(self.measures)

    def guard_measures_done(self, actor: Actor, action: Term) -> bool:
        return all(measure.progress == Progress.DONE for measure in self.measures)

    @property
    def open_change(self) -> PlanChange | None:
        """The change of the plan that waits for its decision; None without one."""
        return next((change for change in self.changes if change.decided_at is None), None)

    def guard_no_open_change(self, actor: Actor, action: Term) -> bool:
        return self.open_change is None

    def guard_open_change(self, actor: Actor, action: Term) -> bool:
        return self.open_change is not None

    def guard_not_own_change(self, actor: Actor, action: Term) -> bool:
        change = self.open_change
        return change is not None and actor.person_id not in {None, change.proposed_by_id}

    def guard_look_back_set(self, actor: Actor, action: Term) -> bool:
        return self.look_back_on is not None

    def guard_plan_not_shown(self, actor: Actor, action: Term) -> bool:
        return self.plan_shown_at is None

    def guard_result_published(self, actor: Actor, action: Term) -> bool:
        return self.case.published_at is not None

    def guard_at_step(self, actor: Actor, action: Term) -> bool:
        if self.step is None:
            return False
        if action == A.REFUSE:
            return self.signer(actor) is not None
        return STEP_OF[A(action)] == self.step.kind

    def guard_own_step(self, actor: Actor, action: Term) -> bool:
        return self.signer(actor) is not None

    def guard_not_signed_before(self, actor: Actor, action: Term) -> bool:
        """A deputy counts as themselves and as whom they act for; so does whoever was acted for before."""
        _, instead_of = self.signer(actor) or (None, None)
        done = [step for step in self.steps if step.signed_at]
        before = {self.submitted_by_id, *(one.signed_by_id for one in done), *(one.signed_for_id for one in done)}
        return actor.person_id is not None and not ({actor.person_id, instead_of} & before) - {None}

    def guard_no_notice_yet(self, actor: Actor, action: Term) -> bool:
        return self.notice is None

    def guard_notice_running(self, actor: Actor, action: Term) -> bool:
        notice = self.notice
        return notice is not None and notice.closed_at is None and notice.is_running(clock.local_date(actor.now()))

    def guard_notice_over(self, actor: Actor, action: Term) -> bool:
        return self.notice is not None and clock.local_date(actor.now()) > self.notice.ends_on

    def guard_objections_answered(self, actor: Actor, action: Term) -> bool:
        return not self.open_objections()

    def guard_evidence_gathered(self, actor: Actor, action: Term) -> bool:
        return CHECKLIST.keys() <= {one.line for one in self.evidence}

    def guard_open_objection(self, actor: Actor, action: Term) -> bool:
        return bool(self.open_objections())


class Measure(Base):
    """One measure of the plan: who, by when, at what cost (元, to the cent), how far.

    `planned_at`: since when it is part of the plan; `dropped_at`: since when it is no longer. `position` stays its
    number for ever, so that two versions of a plan can be laid beside each other. `progress` is the latest month's.
    """

    __tablename__ = "measures"
    __table_args__ = (UniqueConstraint("rectification_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    position: Mapped[int]
    text: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    due_on: Mapped[date]
    cost: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    planned_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    progress: Mapped[str] = mapped_column(default=str(Progress.ON_SCHEDULE))
    note: Mapped[str] = mapped_column(default="")
    progress_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship(lazy="joined")
    told: Mapped[list["MonthlyProgress"]] = relationship(order_by="MonthlyProgress.month")


class MonthlyProgress(Base):
    """How far one measure was in one month (`month`: its first day). Told anew within the month, the later stands

    here and the ledger holds both; `told_at` after the month's end shows that it came late.
    """

    __tablename__ = "monthly_progress"
    __table_args__ = (UniqueConstraint("measure_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    month: Mapped[date]
    progress: Mapped[str]
    note: Mapped[str]
    told_at: Mapped[datetime]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class LadderStep(Base):
    """One step of one climb: signed once, or refused once. `said` is the evidence, the note, or the reason.

    `role` is whom the ladder gives it to (None: any that the table lets sign it), `due_on` its day once its turn has
    come. `lines` holds what was said to each line of its evidence, `checklist` to each line of CHECKLIST (at the
    sign-off). `seal` is the signature (app/domain/signing.py); signed before there were any, a step has none. Once
    signed, a row refuses every change.
    """

    __tablename__ = "ladder_steps"
    __table_args__ = (UniqueConstraint("rectification_id", "climb", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    climb: Mapped[int]
    position: Mapped[int]
    kind: Mapped[str]
    role: Mapped[str | None]
    due_on: Mapped[date | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_as: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(default="")
    checklist: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lines: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seal: Mapped[dict[str, Any]] = mapped_column(default=dict)

    rectification: Mapped[Rectification] = relationship(back_populates="all_steps")

    @property
    def term(self) -> StepKind:
        return StepKind(self.kind)

    @property
    def rung(self) -> Rung:
        """What the ladder asks of this step."""
        return self.rectification.rungs[self.position - 1]

    @property
    def signers(self) -> frozenset[Role]:
        return signers(self.term) if self.role is None else frozenset({Role(self.role)})


ledger.protect(LadderStep.__table__, once="signed_at")


class Notice(Base):
    """「公示」: both days included. `announced` is False where the calendar of a year is not known. `printed`: the

    fields of 销号公示 as they were put up, by name (PRINTED); empty for a notice put up before they were kept.
    """

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_rectification_id", "rectification_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    climb: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    announced: Mapped[bool] = mapped_column(default=True)
    closed_at: Mapped[datetime | None]
    printed: Mapped[dict[str, Any]] = mapped_column(default=dict)

    rectification: Mapped[Rectification] = relationship(back_populates="notices")
    objections: Mapped[list["Objection"]] = relationship(back_populates="notice", order_by="Objection.id")

    def is_running(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class Objection(Base):
    """Something said against a sign-off during its notice. Whoever gave a name is in the vault."""

    __tablename__ = "objections"
    __table_args__ = (Index("ix_objections_notice_id", "notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    made_at: Mapped[datetime]
    words: Mapped[str]
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")

    notice: Mapped[Notice] = relationship(back_populates="objections")
