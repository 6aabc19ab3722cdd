"""What is said at the vault."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AskOpening:
    """For the reporter of the report of this number."""

    inspection_id: int
    number: str
    reason: str


@dataclass(frozen=True)
class RefuseOpening:
    opening_id: int
    reason: str


@dataclass(frozen=True)
class OpenIdentity:
    """The passphrase is never printed."""

    opening_id: int
    passphrase: str = field(repr=False)
    reason: str
