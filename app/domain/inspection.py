"""The inspection: one team, one locality, one window, and every setting that differs between rounds."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain import ladder as ladders
from app.domain.ladder import DEFAULT_LADDER, Rung
from app.domain.region import Region
from app.domain.workflow.vocabulary import Clock
from app.kernel import clock
from app.kernel.calendar import Counted, WorkCalendar


@dataclass(frozen=True)
class InspectionSettings:
    """Days are calendar days unless a name says working, and those of the feedback are if `feedback_working`.

    Hours are the office's wall clock.
    """

    round_code: str = "2"
    area_code: str = "ZZ"
    number_pattern: str = "{channel}{round}{area}{received:%Y%m%d}{serial:04}"
    telephone: str = ""
    opens: str = "08:00"
    closes: str = "20:00"
    mailbox: str = ""
    cut_off: str = "20:00"
    feedback_days: int = 7
    feedback_working: bool = False
    refer_days: int = 15
    ask_days: int = 3
    dispute_working_days: int = 5
    decision_working_days: int = 3
    notice_working_days: int = 10
    look_back_days: int = 90
    alarm_reports: int = 3
    alarm_days: int = 7
    alarm_metres: int = 300
    spot_unfounded: int = 4
    spot_repeat: int = 2
    spot_key: int = 2
    types: tuple[str, ...] = ("air", "water", "noise", "ecology", "soil", "radiation", "other")
    ladder: tuple[Rung, ...] = DEFAULT_LADDER
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    """The notice page's texts: {"zh": {"title": …, "notice": …, "scope": …, "elsewhere": …, "secrecy": …}, "en": …}."""
    questions: tuple[dict[str, Any], ...] | None = None
    """What is asked in addition about each type (app.domain.catalogue.questions); None asks what is shipped."""

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "InspectionSettings":
        known = {name: kept[name] for name in cls.__annotations__ if name in kept}
        for name in ("types", "questions"):
            if known.get(name) is not None:
                known[name] = tuple(known[name])
        if "ladder" in known:
            known["ladder"] = ladders.read(known["ladder"])
        return cls(**known)

    def keep(self) -> dict[str, Any]:
        lists = {"types": list(self.types), "ladder": ladders.keep(self.ladder)}
        return asdict(self) | lists | {"questions": None if self.questions is None else list(self.questions)}


class Inspection(Base):
    """「督察」. `region_code` is the inspected locality; its areas are the regions below it."""

    __tablename__ = "inspections"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    round: Mapped[str]
    team: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    kept_settings: Mapped[dict[str, Any]] = mapped_column("settings")

    region: Mapped[Region] = relationship(lazy="joined")

    @property
    def settings(self) -> InspectionSettings:
        return InspectionSettings.read(self.kept_settings)

    @property
    def title(self) -> str:
        return f"{self.round} · {self.team} · {self.region.zh}"

    def day_number(self, day: date) -> int:
        """1 on the first day of the stay; outside the window the count simply goes on."""
        return (day - self.starts_on).days + 1

    def is_open(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def telephone_open(self, moment: datetime) -> bool:
        here = clock.local(moment)
        opens, closes = time.fromisoformat(self.settings.opens), time.fromisoformat(self.settings.closes)
        return self.is_open(here.date()) and opens <= here.time() < closes

    def deadline(self, which: Clock, start: datetime, calendar: WorkCalendar) -> Counted:
        """The last day of a clock that starts at `start`: a date, and whether its years are announced."""
        day, settings = clock.local_date(start), self.settings
        working = {
            Clock.DISPUTE: settings.dispute_working_days,
            Clock.DECISION: settings.decision_working_days,
            Clock.NOTICE: settings.notice_working_days,
        }
        if settings.feedback_working:
            working[Clock.FEEDBACK] = settings.feedback_days
        if which in working:
            return calendar.after_working_days(day, working[which])
        return Counted(day + timedelta(days=self.calendar_days(which)), announced=True)

    def calendar_days(self, which: Clock) -> int:
        """How long a clock runs that counts every day."""
        settings = self.settings
        days = {
            Clock.REFER: settings.refer_days,
            Clock.ASK: settings.ask_days,
            Clock.FEEDBACK: settings.feedback_days,
            Clock.LOOK_BACK: settings.look_back_days,
        }
        return days[which]
