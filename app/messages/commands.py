"""What somebody wants of the messages room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TellMe:
    """How I want to be told. Hours are HH:MM."""

    mail: str
    mailing: str
    daily_at: str
    mobile: str
    quiet_from: str
    quiet_to: str


@dataclass(frozen=True)
class AddHook:
    name: str
    address: str
    only_mobile: bool


@dataclass(frozen=True)
class WordEvent:
    """An inspection's own words for an event, in one language; both empty: the shipped ones again."""

    inspection_id: int
    event: str
    language: str
    subject: str
    body: str
