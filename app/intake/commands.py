"""What a citizen's form says, frozen on its way to the service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent: the name it had on the sender's device, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class StateReport:
    """A citizen's statement. Only `description` must say something; `key` belongs to the form that was drawn."""

    inspection_id: int
    key: str
    description: str
    area_code: str | None = None
    place: str = ""
    polluter: str = ""
    types: tuple[str, ...] = ()
    since: str = ""
    name: str = ""
    phone: str = ""
    anonymous: bool = False
    wants_answer: bool = False
    files: tuple[SentFile, ...] = ()
