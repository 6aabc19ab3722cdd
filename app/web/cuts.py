"""How a long list's cut stands in its address: read without complaint, written without what is standard.

So that a list can be kept, shared and passed on; what an address says wrongly is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from app.domain.workflow.terms import Term
from app.web.language import sentence

EVERY, YES = "all", "yes"
ROW = 2**31


class Preset(Protocol):
    """A view that stands above a list. `label` is a msgid or a term; `counted`: whether a count is worth its while."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> str | Term: ...

    @property
    def filters(self) -> Any: ...

    @property
    def counted(self) -> bool: ...


HERE = "here"
"""What is counted of a list that is none of its views."""


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


def with_counts(
    views: Sequence[Preset],
    filters: Any,
    count: Callable[[Mapping[str, Any]], Mapping[str, int]],
    standard: object,
    otherwise: str,
) -> dict[str, Any]:
    """For the page: each view with its address, how many it holds and whether it is this one; how many stand here,

    and what that is called (`otherwise`, where it is none of the views). Counted in one go.
    """
    here = next((one for one in views if _same(one.filters, filters)), None)
    code = here.code if here else HERE
    counts = count({one.code: one.filters for one in views if one.counted} | {code: filters})
    told = {one.code: counts[one.code] for one in views if one.counted}
    return {
        "views": [
            (sentence(one.label), address_of(one.filters, standard), told.get(one.code), one is here) for one in views
        ],
        "total": counts[code],
        "heading": sentence(here.label) if here else otherwise,
    }


def _same(one: Any, other: Any) -> bool:
    """Whether two cuts show the same rows, in whatever order."""
    same: bool = replace(one, order=None) == replace(other, order=None)
    return same


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
