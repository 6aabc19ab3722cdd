"""The letter 「信件」: one envelope, whose scans several reports may share."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.domain.attachment import Attachment, attachments_of
from app.kernel import crypto

COPIED = (
    "kind", "media_type", "size", "width", "height", "safe_name", "sealed_name", "sha256", "kept_at", "standing",
    "received_name", "sealed_label", "found",
)  # fmt: skip


class Letter(Base):
    """What came in one envelope. `envelope` is the number the post room wrote on it."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_inspection_id", "inspection_id", "envelope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    envelope: Mapped[str] = mapped_column(default="")
    postmarked_on: Mapped[date | None]
    arrived_on: Mapped[date | None]


def share_scans(session: Session, source_id: int, report_id: int) -> None:
    """Give a report the scans of another one of the same letter: the files are the same, each report has its own rows,

    so that whoever reads, seals or hands out the files of a report need not know of letters.
    """
    there = len(attachments_of(session, "report", report_id))
    for position, one in enumerate(attachments_of(session, "report", source_id), there + 1):
        copied = {name: getattr(one, name) for name in COPIED}
        shared = Attachment(token=crypto.random_token(), noun="report", noun_id=report_id, position=position, **copied)
        session.add(shared)
    session.flush()
