"""The frozen words between the pages of spot checks and their services."""

from dataclasses import dataclass

from app.domain.spot_check import DrawnAs, SpotFound


@dataclass(frozen=True)
class DrawList:
    """How many, and of which area ("" of all)."""

    inspection_id: int
    size: int
    area_code: str = ""
    drawn_as: DrawnAs = DrawnAs.ANSWERS


@dataclass(frozen=True)
class NoteCheck:
    """What the check of one line found."""

    list_id: int
    line_id: int
    found: SpotFound
    note: str
