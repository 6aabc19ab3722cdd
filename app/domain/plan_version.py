"""Plans as they are kept: every adopted version, and every change that was proposed (ADR 0025)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain import ledger


class PlanVersion(Base):
    """An adopted plan, word by word. `content` is a PlanText (app/domain/plan.py); no change led to the first."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("rectification_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    number: Mapped[int]
    adopted_at: Mapped[datetime]
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("plan_changes.id"))
    content: Mapped[dict[str, Any]]


ledger.protect(PlanVersion.__table__)


class PlanChange(Base):
    """A change that was proposed. `content` is the whole plan as it would be; `reason` why; `answer` why not."""

    __tablename__ = "plan_changes"
    __table_args__ = (Index("ix_plan_changes_rectification_id", "rectification_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]
    content: Mapped[dict[str, Any]]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
