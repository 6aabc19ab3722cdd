"""What a reply rests on besides its words: documents behind figures, measures, pictures in pairs, remarks answered.

Each belongs to one version and is never edited. Files are the exception: a later version points at the file that an
earlier one brought, so that nobody has to send it twice.
"""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.workflow.terms import Term


class MeasureKind(Term):
    """What was put right at once, and what is still to be done by a day."""

    AT_ONCE = "at_once", "立行立改", "Put right at once"
    PLANNED = "planned", "后续整改措施", "Still to be done"


class ReplySource(Base):
    """Where a figure comes from: whose act, which document of which day, and its copy."""

    __tablename__ = "reply_sources"
    __table_args__ = (Index("ix_reply_sources_reply_id", "reply_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    figure: Mapped[str]
    unit: Mapped[str]
    document: Mapped[str]
    dated: Mapped[date]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))

    def bound(self) -> list[Any]:
        return [self.figure, self.unit, self.document, str(self.dated), self.attachment_id]


class ReplyMeasure(Base):
    """One measure. `day`: on which it was done, or by which it will be; `unit` as the reply names it."""

    __tablename__ = "reply_measures"
    __table_args__ = (Index("ix_reply_measures_reply_id", "reply_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    day: Mapped[date]

    def bound(self) -> list[Any]:
        return [self.kind, self.text, self.unit, str(self.day)]


class ReplySpot(Base):
    """One spot, photographed before and after from the same place. One of the two may be missing, never both."""

    __tablename__ = "reply_spots"
    __table_args__ = (Index("ix_reply_spots_reply_id", "reply_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    position: Mapped[int]
    place: Mapped[str]
    before_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))

    def bound(self) -> list[Any]:
        return [self.place, self.before_id, self.after_id]


class ReplyRemark(Base):
    """Something that does not fit together, and why it stands all the same: the reviewers read both."""

    __tablename__ = "reply_remarks"
    __table_args__ = (Index("ix_reply_remarks_reply_id", "reply_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    position: Mapped[int]
    code: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    stated: Mapped[str] = mapped_column(default="")
    answer: Mapped[str]

    def bound(self) -> list[Any]:
        return [self.code, self.about, self.stated, self.answer]
