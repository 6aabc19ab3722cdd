"""What a citizen's form says, frozen on its way to the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.evidence.resting import SentFile

__all__ = ["Describe", "SentFile", "StateReport"]


@dataclass(frozen=True)
class StateReport:
    """A citizen's statement. Only `description` must say something; `key` belongs to the form that was drawn.

    `point` is where the matter is (degrees, WGS84); `same_as` the number of a published case it is said to be about;
    `home` the reporter's own address, sealed with name and telephone.
    """

    inspection_id: int
    key: str
    description: str
    area_code: str | None = None
    town_code: str | None = None
    address: str = ""
    place: str = ""
    point: tuple[float, float] | None = None
    polluter: str = ""
    types: tuple[str, ...] = ()
    since: str = ""
    frequency: str = ""
    still: str = ""
    earlier: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    same_as: str = ""
    name: str = ""
    phone: str = ""
    home: str = ""
    anonymous: bool = False
    wants_answer: bool = False
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True)
class Describe:
    """What somebody has written so far: published cases that may be the same are looked for."""

    inspection_id: int
    words: str
    area_code: str | None = None
    types: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
