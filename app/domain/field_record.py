"""The field record 「现场核查记录」: what an officer saw at the place, written there, and never changed afterwards.

It may arrive hours after it was written: a telephone keeps it where there is no network. `seen_at` is what its writer
says of the moment, `kept_at` when it came here.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.db import Base
from app.domain.case import Case
from app.domain.people import Person
from app.kernel import crypto

FIELD = "field_record"
"""The noun under which its pictures and its line in the ledger stand."""


class FieldRecord(Base):
    """One visit to the place of a case. `submission_key`: the form's; the same one again is the same record."""

    __tablename__ = "field_records"
    __table_args__ = (
        UniqueConstraint("written_by_id", "submission_key"),
        Index("ix_field_records_case_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    submission_key: Mapped[str]
    seen_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    place: Mapped[str]
    finding: Mapped[str]
    measures: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship()
    written_by: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @property
    def digest(self) -> str:
        """SHA-256 of its words, as the ledger holds it: a later change of any would show."""
        words = [self.case_id, self.seen_at.isoformat(), self.place, self.finding, self.measures]
        return crypto.digest(words)


def field_records_of(session: Session, case_id: int) -> list[FieldRecord]:
    """A case's records, the latest visit first. The caller has loaded the case through the scope."""
    query = select(FieldRecord).where(FieldRecord.case_id == case_id)
    return list(session.scalars(query.order_by(FieldRecord.seen_at.desc(), FieldRecord.id.desc())))
