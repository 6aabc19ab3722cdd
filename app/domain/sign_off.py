"""What a sign-off rests on: evidence for each line of the checklist, and the same fault elsewhere 「举一反三」."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.workflow.terms import Term


class SameGround(Term):
    """Why another case may be the same fault: read from what was handed over, never from what was reported."""

    WORDING = "wording", "交办内容表述相近", "Worded alike"
    AREA = "area", "同一行政区域", "Same area"
    TYPE = "type", "同类污染", "Same kind of pollution"
    UNIT = "unit", "同一责任单位", "Same responsible unit"


class ChecklistEvidence(Base):
    """One piece of evidence for a line of CHECKLIST: words with a document's number, or files (attached to it)."""

    __tablename__ = "checklist_evidence"
    __table_args__ = (Index("ix_checklist_evidence_rectification_id", "rectification_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    line: Mapped[str]
    words: Mapped[str]
    document: Mapped[str] = mapped_column(default="")
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class SameFault(Base):
    """Another case that a person has looked at: the same fault or not, and why. Decided anew, the ledger has both."""

    __tablename__ = "same_faults"
    __table_args__ = (UniqueConstraint("rectification_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    grounds: Mapped[list[str]]
    wording: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool]
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def grounds_in(kept: list[str]) -> tuple[SameGround, ...]:
    return tuple(SameGround(one) for one in kept)
