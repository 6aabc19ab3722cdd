"""Alarms 「集中反映预警」: many reports of one place or one polluter within few days.

Each report leaves marks by which its place and its polluter are looked up; whoever shares one within the days is near.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.inspection import Inspection
from app.domain.workflow.terms import Term


class AlarmKind(Term):
    """What the reports of an alarm have in common."""

    POINT = "point", "位置相近", "Near each other"
    PLACE = "place", "同一地点", "One place"
    POLLUTER = "polluter", "同一被举报单位", "One polluter"
    SIGNED_OFF = "signed_off", "已销号点位再次被反映", "A signed-off site"


class AlarmMark(Base):
    """By what one report is found again: of a kind, the mark; a row of the kind "read" says that it was looked at."""

    __tablename__ = "alarm_marks"
    __table_args__ = (Index("ix_alarm_marks_look", "inspection_id", "kind", "mark", "received_at"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
    inspection_id: Mapped[int]
    received_at: Mapped[datetime]


class Alarm(Base):
    """`reports` of it are known, `seen_reports` were when somebody last looked: it stands open while there are more.

    `label` is the place or the polluter as its latest report says it; `latitude` and `longitude` of the report that
    raised one of the kind POINT. Of the kind SIGNED_OFF the mark is the cycle's number, and the label tells the case.
    """

    __tablename__ = "alarms"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(str(kind)) for kind in AlarmKind)})", name="kind"),
        Index("ix_alarms_look", "inspection_id", "kind", "mark"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    kind: Mapped[str]
    mark: Mapped[str]
    label: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    raised_at: Mapped[datetime]
    last_at: Mapped[datetime]
    reports: Mapped[int]
    seen_reports: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_open(self) -> bool:
        return self.reports > self.seen_reports


class AlarmReport(Base):
    """That a report belongs to an alarm."""

    __tablename__ = "alarm_reports"

    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarms.id"), primary_key=True, autoincrement=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True, autoincrement=False)
