"""The list's filters in the address, so that a list can be kept, shared and passed on."""

import re
from collections.abc import Mapping

from app.casework.queries.filters import STATES, Filters, Order, Standing
from app.domain.case import Verdict
from app.kernel import text
from app.web import cuts

STANDARD = Filters()
BATCH = re.compile(r"[1-9][0-9]{0,5}(-[1-9][0-9]{0,3})?", re.ASCII)


def read_filters(given: Mapping[str, str]) -> Filters:
    """What an address says; what it says wrongly is left out. Without a state: all that are open."""
    begins, ends = cuts.days(given)
    batch = given.get("batch", "").strip()
    state = given.get("state", "")
    return Filters(
        state=cuts.one_of(Standing, state, None) or next((one for one in STATES if one == state), STANDARD.state),
        mine=given.get("mine") == cuts.YES,
        area=text.one_line(given.get("area", ""))[:12],
        type=text.one_line(given.get("type", ""))[:20],
        unit=cuts.a_row(given.get("unit", "")),
        lead=given.get("lead") == cuts.YES,
        batch=batch if BATCH.fullmatch(batch) else "",
        verdict=cuts.one_of(Verdict, given.get("verdict", ""), None),
        key=given.get("key") == cuts.YES,
        late=given.get("late") == cuts.YES,
        begins=begins,
        ends=ends,
        order=cuts.one_of(Order, given.get("order", ""), None),
    )


def address_of(filters: Filters) -> str:
    """The query string that says the same; "" for the standard."""
    return cuts.address_of(filters, STANDARD)
