"""The batch 「第N批」: the day's cases, handed over together, frozen and signed for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain import ledger
from app.domain.inspection import Inspection
from app.domain.workflow.terms import Term


class BatchStage(Term):
    """Read from the batch's moments, never written."""

    CLOSED = "closed", "已编待交办", "Closed, to be handed over"
    HANDED_OVER = "handed_over", "已交办待签收", "Handed over"
    SIGNED = "signed", "已签收", "Signed for"


class BatchAction(Term):
    """What is done to a batch as a whole, in the ledger's words; who may is the case's table's matter."""

    CLOSE = "close", "编批", "Close the day"
    HAND_OVER = "hand_over", "交办", "Hand over"
    SIGN_FOR = "sign_for", "签收", "Sign for"
    TAKE_COPY = "take_copy", "领取文书", "Take a copy of a document"


class Batch(Base):
    """`manifest` holds numbers, texts as sent and their hashes; once handed over it never changes."""

    __tablename__ = "batches"
    __table_args__ = (UniqueConstraint("inspection_id", "ordinal", "sub"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    ordinal: Mapped[int]
    sub: Mapped[int] = mapped_column(default=0)
    window_from: Mapped[datetime]
    window_to: Mapped[datetime]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handed_over_at: Mapped[datetime | None]
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    manifest: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    manifest_hash: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)
    cases: Mapped[list[Any]] = relationship("Case", back_populates="batch", order_by="Case.number")

    @property
    def label(self) -> str:
        """「第35批」, or 35-1 for a sub-batch."""
        return f"{self.ordinal}-{self.sub}" if self.sub else str(self.ordinal)

    @property
    def stage(self) -> BatchStage:
        if self.signed_at:
            return BatchStage.SIGNED
        return BatchStage.HANDED_OVER if self.handed_over_at else BatchStage.CLOSED


ledger.protect(Batch.__table__, "manifest, manifest_hash, handed_over_at, handed_over_by_id", once="handed_over_at")
