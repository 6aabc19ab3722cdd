"""The ledger sheet 「台账」: what an office kept in a spreadsheet, on its way to being reports.

The file names reporters: it lies under the house's own key, is read by the one who brought it, and goes when its rows
have been taken. What the row here says is how far it has come, and nothing of what is in it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.inspection import Inspection
from app.domain.workflow.terms import Term


class SheetStage(Term):
    ARRIVED = "arrived", "待确认各列", "Columns to be named"
    CHECKING = "checking", "核对中", "Being checked"
    CHECKED = "checked", "待导入", "To be taken in"
    TAKING = "taking", "导入中", "Being taken in"
    TAKEN = "taken", "已导入", "Taken in"
    STOPPED = "stopped", "已停止", "Stopped"
    REMOVED = "removed", "已删除", "Removed"


AT_WORK = (SheetStage.CHECKING, SheetStage.TAKING)
IN_HAND = (SheetStage.ARRIVED, SheetStage.CHECKED, SheetStage.STOPPED)
"""Waiting for the one who brought it: its columns can still be named anew, or the file removed."""


class Sheet(Base):
    """`columns`: what each column means (a column's place, from 0, by the code of its field).

    `done`: rows behind us, whether they were taken or not; the next one is taken up there after a crash.
    `good`, `wrong`, `known`: rows that can be taken, that cannot, and (of the good ones) that are reports already.
    `taken`: rows that became reports by this sheet. `whole`: all rows or none. `problem`: why it was stopped.
    """

    __tablename__ = "sheets"
    __table_args__ = (
        CheckConstraint(f"stage IN ({', '.join(repr(str(stage)) for stage in SheetStage)})", name="stage"),
        Index("ix_sheets_whose", "inspection_id", "brought_by_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    brought_at: Mapped[datetime]
    stage: Mapped[str]
    ending: Mapped[str]
    locked_label: Mapped[bytes] = mapped_column(LargeBinary)
    locked_name: Mapped[str | None]
    told_name: Mapped[str | None]
    heading_row: Mapped[int] = mapped_column(default=1)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    channel: Mapped[str] = mapped_column(default="")
    whole: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    good: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)

    @property
    def stands(self) -> SheetStage:
        return SheetStage(self.stage)


ITS_ROW = {"of": Sheet}
"""What is locked while a sheet goes on: its own row, not the inspection it belongs to."""
