"""Who was given a case, level by level, and the disputes about it (ADR 0027).

The city gives a case to a unit; that unit may give it on to one below it, and so on. Everybody on that way holds the
case; the last of them leads. What is given anew ends what was given below; nothing is overwritten.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import takewhile

from sqlalchemy import ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.partial import partial
from app.domain.people import Unit


class Assignment(Base):
    """「分办」: a unit was given a case, by the city (`by_unit_id` None) or by a unit above it.

    `dispute_by`: until when it may say that it is not responsible. `entry_id`: the ledger's, with the words.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_case_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    by_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    entry_id: Mapped[int | None]
    given_at: Mapped[datetime]
    dispute_by: Mapped[date | None]
    announced: Mapped[bool] = mapped_column(default=True, server_default=true())
    ended_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)
    by_unit: Mapped[Unit | None] = relationship(foreign_keys=[by_unit_id], lazy="joined")


class Dispute(Base):
    """「管辖异议」. `unit_id` says it is not responsible and may name `other_unit_id`; `superior_id` decides (None: the

    city) by `decide_by`. Past that day the city may decide in its place.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        Index("ix_disputes_case_id", "case_id"),
        partial("ix_disputes_open", "decided_at IS NULL", "case_id", "superior_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    other_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime]
    decide_by: Mapped[date | None]
    announced: Mapped[bool] = mapped_column(default=True, server_default=true())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    upheld: Mapped[bool | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)
    other_unit: Mapped[Unit | None] = relationship(foreign_keys=[other_unit_id], lazy="joined")
    superior: Mapped[Unit | None] = relationship(foreign_keys=[superior_id], lazy="joined")

    def is_overdue(self, today: date) -> bool:
        return self.decide_by is not None and self.decide_by < today


def above_both(one: str, other: str) -> int | None:
    """The id of the lowest unit strictly above both of two paths; None without one."""
    same = list(takewhile(lambda pair: pair[0] == pair[1], zip(_above(one), _above(other), strict=False)))
    return int(same[-1][0]) if same else None


def _above(path: str) -> Iterable[str]:
    return path.strip("/").split("/")[:-1]
