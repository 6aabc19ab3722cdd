"""Report numbers: one serial per inspection, channel and local day; gapless, because it is counted in the
same transaction that keeps the report (docs: trust, Numbers).
"""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.domain.inspection import Inspection

IMPORT_SERIES = "IMP"


class Counter(Base):
    """The last serial given in a series on a day."""

    __tablename__ = "counters"

    inspection_id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    serial: Mapped[int]


NEXT = text(
    "INSERT INTO counters (inspection_id, series, day, serial) VALUES (:inspection_id, :series, :day, 1) "
    "ON CONFLICT (inspection_id, series, day) DO UPDATE SET serial = counters.serial + 1 RETURNING serial"
)

TAKEN = text("SELECT 1 FROM reports WHERE inspection_id = :inspection_id AND number = :number")


def next_serial(session: Session, inspection_id: int, series: str, day: str) -> int:
    """The next serial of a series; whoever rolls back gives it back."""
    key = {"inspection_id": inspection_id, "series": series, "day": day}
    return int(session.execute(NEXT, key).scalar_one())


def next_number(session: Session, inspection: Inspection, channel: str, received: date) -> str:
    """A number by the inspection's pattern, e.g. D2ZZ202403150001."""
    settings = inspection.settings
    while True:
        serial = next_serial(session, inspection.id, channel, received.isoformat())
        number = settings.number_pattern.format(
            channel=channel, round=settings.round_code, area=settings.area_code, received=received, serial=serial
        )
        if not is_taken(session, inspection.id, number):
            return number


def is_taken(session: Session, inspection_id: int, number: str) -> bool:
    """Whether history was entered under this very number: a live report is never refused for that."""
    key = {"inspection_id": inspection_id, "number": number}
    return session.execute(TAKEN, key).first() is not None


def next_import_number(session: Session, inspection: Inspection) -> str:
    """A number for a published row that had none: never one of the live series."""
    serial = next_serial(session, inspection.id, IMPORT_SERIES, "")
    return f"{IMPORT_SERIES}-{inspection.code}-{serial:05}"
