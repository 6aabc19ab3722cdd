"""How many cases wait for somebody, and how many of them are late: one statement, none counted beyond a limit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select

from app.casework.duties import Duty, duties_of
from app.casework.queries.filters import Filters, cut
from app.db import session
from app.domain.counting import Counted, counted, counting
from app.domain.people import Actor
from app.kernel import clock

LATE = Filters(late=True)


@dataclass(frozen=True)
class Waiting:
    """How many cases stand in a state that waits for this actor, and how many of them are past their day."""

    duty: Duty
    filters: Filters
    count: Counted
    late: Counted


def next_work(actor: Actor, inspection_id: int) -> tuple[list[Waiting], Counted]:
    """What this actor could do something about now, in the order of the work; and what is late of all they see."""
    duties = {duty: Filters(state=duty.state, mine=True) for duty in duties_of(actor, inspection_id)}
    asked = {"late": LATE}
    for duty, filters in duties.items():
        asked |= {duty.code: filters, f"{duty.code} late": replace(filters, late=True)}
    found = count_each(actor, inspection_id, asked)
    work = [Waiting(duty, own, found[duty.code], found[f"{duty.code} late"]) for duty, own in duties.items()]
    return work, found["late"]


def count_each(actor: Actor, inspection_id: int, views: Mapping[str, Filters]) -> dict[str, Counted]:
    """How many each view holds."""
    return counted(session(), views, _counting(actor, inspection_id, tuple(views.values()), clock.today()))


@lru_cache(maxsize=512)
def _counting(actor: Actor, inspection_id: int, filters: tuple[Filters, ...], _day: date) -> Select[Any]:
    """The same for the same person all day long: putting it together costs as much as asking it."""
    return counting(cut(actor, inspection_id, one).queries for one in filters)
