"""What is known beside a report that is being taken down: how often this telephone has called, what is reported nearby.

A clerk sees own entries only (visibility.toml). Of a report that is not theirs they are shown number, day, area and
types, and never a word that they did not just write themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from app.db import session
from app.desk.commands import Look
from app.desk.queries.likely import Likely, likely
from app.domain import geography
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Report
from app.domain.reporter import Identity
from app.domain.scope import load
from app.domain.workflow.terms import Term
from app.kernel import clock, crypto, text

NEARBY_DAYS = 30
MOST_NEARBY = 5
NEARBY_METRES = 500
"""A caller points at a place no more exactly than that."""
MOST_AROUND = 200


@dataclass(frozen=True)
class Near:
    """A report of the same town or place, or from around the same point.

    `id` and `state` are None where the reader may not open it.
    """

    id: int | None
    number: str
    received_on: date
    area: Region | None
    types: tuple[str, ...]
    state: Term | None


@dataclass(frozen=True)
class Beside:
    """`same`: how many reports may have come from this telephone, None where none was given."""

    same: int | None
    near: list[Near]
    near_count: int
    likely: list[Likely]


def beside(house: Installation, actor: Actor, inspection_id: int, look: Look) -> Beside:
    """Raises NotFound for an inspection that is not this actor's."""
    load(session(), actor, Inspection, inspection_id)
    same = reports_by_telephone(house, actor, inspection_id, look.phone) if text.phone_digits(look.phone) else None
    near, count = nearby(actor, inspection_id, look)
    return Beside(same, near, count, likely(actor, inspection_id, look))


def nearby(actor: Actor, inspection_id: int, look: Look) -> tuple[list[Near], int]:
    """Reports of the last weeks from the same named place, and from around the point or else the same town.

    The newest first, and how many there are. A point says more than a town: what lies far off in it is left out.
    """
    since = clock.now() - timedelta(days=NEARBY_DAYS)
    ways: list[ColumnElement[bool]] = []
    if look.point:
        ways.append(Report.id.in_(around(inspection_id, since, look.point)))
    elif look.town_code:
        ways.append(Report.town_code == look.town_code)
    if look.area_code and look.place:
        ways.append((Report.area_code == look.area_code) & (Report.place == look.place))
    if not ways:
        return [], 0
    there = (Report.inspection_id == inspection_id, Report.received_at >= since, or_(*ways))
    count = session().scalar(select(func.count()).select_from(Report).where(*there)) or 0
    query = select(Report).where(*there).order_by(Report.received_at.desc(), Report.id.desc()).limit(MOST_NEARBY)
    return [_near(actor, one) for one in session().scalars(query.options(selectinload(Report.area)))], count


def around(inspection_id: int, since: datetime, here: tuple[float, float]) -> list[int]:
    """The reports since then whose points lie within NEARBY_METRES, the nearest first; at most MOST_AROUND."""
    (south, west), (north, east) = geography.box_around(here, NEARBY_METRES)
    query = select(Report.id, Report.latitude, Report.longitude).where(
        Report.inspection_id == inspection_id,
        Report.received_at >= since,
        Report.latitude.between(south, north),
        Report.longitude.between(west, east),
    )
    found = [
        (geography.metres(here, (latitude, longitude)), report)
        for report, latitude, longitude in session().execute(query)
        if latitude is not None and longitude is not None
    ]
    return [report for distance, report in sorted(found) if distance <= NEARBY_METRES][:MOST_AROUND]


def _near(actor: Actor, report: Report) -> Near:
    own = report.taken_by_id == actor.person_id
    number, day = report.number, report.received_on
    state = report.status if own else None
    return Near(report.id if own else None, number, day, report.area, tuple(report.types), state)


def reports_by_telephone(
    house: Installation, actor: Actor, inspection_id: int, phone: str, besides: int | None = None
) -> int:
    """How many reports of this inspection may have come from a telephone: a count, by the blind index, of no one."""
    load(session(), actor, Inspection, inspection_id)
    digits = text.phone_digits(phone)
    if not digits:
        return 0
    index = crypto.blind_index(house.vault.index, digits)
    query = select(func.count()).select_from(Identity).where(Identity.noun == "report", Identity.phone_index == index)
    same = query.where(Identity.inspection_id == inspection_id)
    return session().scalar(same if besides is None else same.where(Identity.noun_id != besides)) or 0


def under_foreign_number(inspection_id: int, number: str, besides_key: str | None = None) -> str | None:
    """The number of ours under which a foreign number was taken down already in this inspection; None if it was not."""
    if not number:
        return None
    there = select(Report.number).where(Report.inspection_id == inspection_id, Report.foreign_number == number)
    if besides_key is not None:
        there = there.where(Report.submission_key.is_distinct_from(besides_key))
    return session().scalar(there.order_by(Report.id).limit(1))
