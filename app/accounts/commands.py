"""What a person says to their account."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SignIn:
    """Never printed: whoever logs a command must not log a password."""

    login: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class ChangePassword:
    present: str = field(repr=False)
    new: str = field(repr=False)
