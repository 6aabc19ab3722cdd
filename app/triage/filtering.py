"""The queue's filters in the address, so that a list can be kept, shared and passed on; and what may be chosen."""

from collections.abc import Mapping

from app.domain.report import Channel
from app.domain.workflow.vocabulary import ReportState
from app.kernel import text
from app.triage.queries.filters import ME, NOBODY, Filters, Order
from app.web import cuts

EVERY, YES = cuts.EVERY, cuts.YES
STANDARD = Filters()


def read_filters(given: Mapping[str, str]) -> Filters:
    """What an address says; what it says wrongly is left out. Without a state: what is to be judged."""
    state = cuts.one_of(ReportState, given.get("state", ""), STANDARD.state)
    begins, ends = cuts.days(given)
    return Filters(
        state=None if given.get("state") == EVERY else state,
        channel=cuts.one_of(Channel, given.get("channel", ""), None),
        area=text.one_line(given.get("area", ""))[:12],
        type=text.one_line(given.get("type", ""))[:20],
        key=given.get("key") == YES,
        late=given.get("late") == YES,
        unread=given.get("unread") == YES,
        assigned=_hands(given.get("assigned", "")),
        begins=begins,
        ends=ends,
        number=text.one_line(given.get("number", "")).upper()[:40],
        order=cuts.one_of(Order, given.get("order", ""), None),
    )


def address_of(filters: Filters) -> str:
    """The query string that says the same; "" for the standard."""
    return cuts.address_of(filters, STANDARD)


def _hands(given: str) -> str:
    """Me, nobody, or the number of a person."""
    return given if given in {ME, NOBODY} or cuts.a_row(given) else ""
