"""The frozen words between the pages of spot checks and their services."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.evidence.resting import SentFile
from app.domain.spot_check import DrawnAs, SpotFound


@dataclass(frozen=True)
class DrawList:
    """How many, and of which area ("" of all)."""

    inspection_id: int
    size: int
    area_code: str = ""
    drawn_as: DrawnAs = DrawnAs.ANSWERS


@dataclass(frozen=True)
class PointSeen:
    """Whether the reply holds for one point, and what was seen there."""

    found: SpotFound
    note: str = ""


@dataclass(frozen=True)
class RecordVisit:
    """What was found on the spot: when, where, who was there, what they saw; point by point in the case's order.

    `form_key` is the key under which its photographs wait.
    """

    list_id: int
    line_id: int
    visited_at: datetime
    place: str
    people: str
    seen: str
    points: tuple[PointSeen, ...]
    form_key: str = ""


@dataclass(frozen=True)
class KeepPictures:
    """Photographs sent with a visit's form, whether the rest of it can be taken or not."""

    list_id: int
    line_id: int
    form_key: str
    files: tuple[SentFile, ...]
