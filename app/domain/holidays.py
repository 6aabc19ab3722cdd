"""Days that are not what their weekday says, as an installation keeps them; read into a kernel calendar."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.domain.workflow.terms import Term
from app.kernel.calendar import WorkCalendar


class DayKind(Term):
    """What a day is instead of what its weekday says."""

    HOLIDAY = "holiday", "法定节假日", "Public holiday"
    MOVED = "moved", "调休休息", "Day off, worked for on another day"
    WORKDAY = "workday", "调休上班", "Weekend day that is worked"


class CalendarYear(Base):
    """A year and whether the State Council has announced its holidays."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    announced: Mapped[bool]
    source: Mapped[str] = mapped_column(default="")


class CalendarDay(Base):
    """A day of one of the kinds above, with its name."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    zh: Mapped[str] = mapped_column(default="")
    en: Mapped[str] = mapped_column(default="")


def work_calendar(session: Session) -> WorkCalendar:
    """The installation's calendar as it stands in its tables."""
    days = session.execute(select(CalendarDay.day, CalendarDay.kind)).all()
    years = session.scalars(select(CalendarYear.year).where(CalendarYear.announced))
    return WorkCalendar.of(
        (day for day, kind in days if kind != DayKind.WORKDAY),
        (day for day, kind in days if kind == DayKind.WORKDAY),
        years,
    )
