"""What can go wrong, in the office's words. `message` is an English msgid; app.web.errors turns it into a page."""

from collections.abc import Mapping
from typing import Any


def N_(message: str) -> str:
    """Mark a sentence for translation where it is written; it is translated where it is read."""
    return message


class OfficeError(Exception):
    """Anything a person can be told in a sentence."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class NotFound(OfficeError):
    """There is no such thing, or not for this person: the two must look alike (docs/adr)."""

    def __init__(self, message: str = "There is nothing at this address.") -> None:
        super().__init__(message)


class NotAllowed(OfficeError):
    """This person may not do this, though they may see it."""


class Refused(OfficeError):
    """The request cannot be carried out as it stands; `fields` maps a field name to its own sentence."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, **params: Any) -> None:
        super().__init__(message, **params)
        self.fields = dict(fields or {})


class Stale(OfficeError):
    """Somebody else was faster: the record has moved on since this page was drawn."""


class TooLarge(OfficeError):
    """A file or a request is larger than the house takes."""


class Misconfigured(OfficeError):
    """The installation cannot start or work as it is set up."""
