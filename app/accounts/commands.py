"""What a person says to their account."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class SignIn:
    """Never printed: whoever logs a command must not log a password."""

    login: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class ChangePassword:
    present: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True)
class NameDeputy:
    """Who acts for me in an inspection, from one day to another, both included."""

    inspection_id: int
    deputy_id: int
    starts_on: date
    ends_on: date
