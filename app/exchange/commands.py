"""What another system says, frozen on its way to the service or the query."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.evidence.resting import SentFile


@dataclass(frozen=True)
class Wanted:
    """Which published requests are asked for; empty: all. `numbers` overrides everything else."""

    numbers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    closed: bool | None = None
    page: int = 1
    size: int = 1000


@dataclass(frozen=True)
class ServiceRequest:
    """A report of a citizen, sent by another system. `attempt` makes a repeated request the same report."""

    jurisdiction: str
    service: str
    description: str
    place: str = ""
    address_id: str = ""
    point: tuple[float, float] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    email: str = ""
    api_key: str = field(default="", repr=False)
    attempt: str = field(default="", repr=False)
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True)
class NewKey:
    """A key for a system that reports."""

    name: str
    inspection: str = ""
    test: bool = False
