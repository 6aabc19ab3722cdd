"""The queue's filters in the address, so that a list can be kept, shared and passed on; and what may be chosen."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from app.domain.report import Channel
from app.domain.workflow.vocabulary import ReportState
from app.kernel import text
from app.triage.queries.filters import ME, NOBODY, Filters, Order

EVERY, YES = "all", "yes"
STANDARD = Filters()
ROW = 2**31
CUTS = [one.name for one in fields(Filters) if one.name != "order"]


def read_filters(given: Mapping[str, str]) -> Filters:
    """What an address says; what it says wrongly is left out. Without a state: what is to be judged."""
    state = _term(ReportState, given.get("state", ""), STANDARD.state)
    begins, ends = _day(given.get("begins", "")), _day(given.get("ends", ""))
    if begins and ends and begins > ends:
        begins, ends = ends, begins
    return Filters(
        state=None if given.get("state") == EVERY else state,
        channel=_term(Channel, given.get("channel", ""), None),
        area=text.one_line(given.get("area", ""))[:12],
        type=text.one_line(given.get("type", ""))[:20],
        key=given.get("key") == YES,
        late=given.get("late") == YES,
        unread=given.get("unread") == YES,
        assigned=_hands(given.get("assigned", "")),
        begins=begins,
        ends=ends,
        number=text.one_line(given.get("number", "")).upper()[:40],
        order=_term(Order, given.get("order", ""), None),
    )


def address_of(filters: Filters) -> str:
    """The query string that says the same; "" for the standard."""
    said: dict[str, Any] = {
        name: YES if value is True else value
        for name, value in vars(filters).items()
        if value and value != getattr(STANDARD, name)
    }
    if filters.state is None:
        said["state"] = EVERY
    return urlencode({name: str(value) for name, value in said.items()})


def same(one: Filters, other: Filters) -> bool:
    """Whether two lists show the same reports, in whatever order."""
    return all(getattr(one, name) == getattr(other, name) for name in CUTS)


def _term(vocabulary: Any, value: str, otherwise: Any) -> Any:
    return vocabulary(value) if value in set(vocabulary) else otherwise


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _hands(given: str) -> str:
    """Me, nobody, or the number of a person."""
    if given in {ME, NOBODY}:
        return given
    return given if given.isdecimal() and given.isascii() and int(given) < ROW else ""
