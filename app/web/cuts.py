"""How a long list's cut stands in its address: read without complaint, written without what is standard.

So that a list can be kept, shared and passed on; what an address says wrongly is left out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

EVERY, YES = "all", "yes"
ROW = 2**31


def one_of(vocabulary: Any, value: str, otherwise: Any) -> Any:
    """A term of a vocabulary."""
    return vocabulary(value) if value in set(vocabulary) else otherwise


def a_row(value: str) -> int:
    """The number of a row; 0 for what is none."""
    return int(value) if value.isdecimal() and value.isascii() and int(value) < ROW else 0


def days(given: Mapping[str, str]) -> tuple[date | None, date | None]:
    """From `begins` to `ends`, in their order."""
    begins, ends = _day(given.get("begins", "")), _day(given.get("ends", ""))
    return (ends, begins) if begins and ends and begins > ends else (begins, ends)


def address_of(filters: object, standard: object) -> str:
    """The query string that says the same; "" for the standard."""
    said = {
        name: YES if value is True else EVERY if value is None else str(value)
        for name, value in vars(filters).items()
        if value != getattr(standard, name)
    }
    return urlencode(said)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
