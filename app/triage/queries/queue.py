"""The queue: one page of reports, and how many each view holds; in a fixed number of statements at any length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, cast, func, null, select
from sqlalchemy.orm import aliased

from app.db import session
from app.domain.changes import Remembered
from app.domain.counting import Counted, capped, counted, counting
from app.domain.inspection import Inspection
from app.domain.people import Actor, Person, PersonRole
from app.domain.region import Region
from app.domain.report import Channel, Report, ReportRead
from app.domain.scope import scoped, sees_whole
from app.domain.workflow.vocabulary import ReportState, Role
from app.kernel import clock, text
from app.triage.queries.filters import COPIES, Copy, Filters, cut
from app.web.paging import Page, read_cut

LONG_ENOUGH = 200
MOST_COPIES = 999


@dataclass(frozen=True)
class Place:
    """An area's names."""

    zh: str
    en: str


@dataclass(frozen=True)
class Area:
    """An area that the queue can be cut by."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class QueueRow:
    """One report in the queue. `due_on` is the day its present state must end by, if it must."""

    id: int
    version: int
    number: str
    channel: Channel
    state: ReportState
    received_at: datetime
    words: str
    area: Place | None
    area_printed: str
    place: str
    polluter: str
    types: tuple[str, ...]
    key: bool
    out_of_hours: bool
    repeat: bool
    due_on: date | None
    in_hand: str
    unread: bool
    copies: int = 0
    last_copy_at: datetime | None = None


def queue(actor: Actor, inspection_id: int, filters: Filters, cursor: str = "") -> Page[QueueRow]:
    """Two statements: which reports stand on this page, found along an index; then what is told of them.

    While nothing is filtered, reports of the same words are one line: the first of them says how many they are.
    """
    grouped = filters == Filters()
    page = read_cut(session(), cut(actor, inspection_id, filters, grouped=grouped), cursor)
    rows = _told(actor, inspection_id, page.rows, grouped=grouped)
    return Page([rows[one] for one in page.rows if one in rows], page.earlier, page.later)


def _told(actor: Actor, inspection_id: int, ids: Sequence[int], *, grouped: bool) -> dict[int, QueueRow]:
    if not ids:
        return {}
    query = _telling(grouped=grouped) if sees_whole(actor, inspection_id) else _in_scope(actor, grouped=grouped)
    asked = {"ids": list(ids), "here": inspection_id, "me": actor.person_id}
    return {row.id: _row(row) for row in session().execute(query, asked)}


@cache
def _telling(*, grouped: bool) -> Select[Any]:
    """What is told of each report, for those who see the whole inspection: made once, asked with other numbers.

    The sum keeps SQLite from walking through the whole inspection instead, which it takes for a short way.
    """
    return _columns(select(Report).where(IDS, Report.inspection_id + 0 == bindparam("here", type_=Integer)), grouped)


def _in_scope(actor: Actor, *, grouped: bool) -> Select[Any]:
    return _columns(scoped(actor, Report).where(IDS), grouped)


IDS = Report.id.in_(bindparam("ids", expanding=True))


def _columns(query: Select[Any], grouped: bool) -> Select[Any]:  # noqa: FBT001  (a part of the two above)
    holder = aliased(Person)
    read = (ReportRead.report_id == Report.id) & (ReportRead.person_id == bindparam("me", type_=Integer))
    return (
        query.with_only_columns(
            Report.id,
            Report.version,
            Report.number,
            Report.channel,
            Report.state,
            Report.received_at,
            func.substr(Report.description, 1, LONG_ENOUGH).label("words"),
            Region.zh,
            Region.en,
            Report.area_printed,
            Report.place,
            Report.polluter,
            func.coalesce(Report.filed_under, Report.types).label("types"),
            Report.key,
            Report.out_of_hours,
            Report.matter_id,
            Report.due_on,
            holder.name.label("in_hand"),
            ReportRead.report_id.label("read"),
            (_copies() if grouped else null()).label("copies"),
            (_last_copy() if grouped else null()).label("last_copy_at"),
        )
        .outerjoin(Region, Region.code == Report.area_code)
        .outerjoin(holder, holder.id == Report.assigned_to_id)
        .outerjoin(ReportRead, read)
    )


def _copies() -> Any:
    """How many of the same words wait; of a flood no more are counted than one wants to read a number of."""
    return capped(select(Copy.id).where(COPIES).correlate(Report), MOST_COPIES)


def _last_copy() -> Any:
    newest = (Copy.received_at.desc(), Copy.id.desc())
    return select(Copy.received_at).where(COPIES).correlate(Report).order_by(*newest).limit(1).scalar_subquery()


def _row(row: Any) -> QueueRow:
    return QueueRow(
        id=row.id,
        version=row.version,
        number=row.number,
        channel=Channel(row.channel),
        state=ReportState(row.state),
        received_at=row.received_at,
        words=text.excerpt(row.words),
        area=Place(row.zh, row.en) if row.zh else None,
        area_printed=row.area_printed,
        place=row.place,
        polluter=row.polluter,
        types=tuple(row.types or ()),
        key=row.key,
        out_of_hours=row.out_of_hours,
        repeat=row.matter_id is not None,
        due_on=row.due_on,
        in_hand=row.in_hand or "",
        unread=row.read is None,
        copies=row.copies or 0,
        last_copy_at=row.last_copy_at,
    )


def count_each(actor: Actor, inspection_id: int, views: Mapping[str, Filters]) -> dict[str, Counted]:
    """How many each view holds, none counted beyond a limit; one statement."""
    if not views:
        return {}
    query = _counting(actor, inspection_id, tuple(views.values()), clock.today())
    return counted(session(), views, query)


@lru_cache(maxsize=512)
def _counting(actor: Actor, inspection_id: int, filters: tuple[Filters, ...], _day: date) -> Select[Any]:
    """The same for the same person all day long: putting it together costs as much as asking it."""
    return counting(cut(actor, inspection_id, one).queries for one in filters)


@dataclass(frozen=True)
class Menus:
    """What a list may be cut by that the database knows: the areas, and who may be given a report."""

    areas: list[Area]
    colleagues: list[tuple[int, str]]


MENUS: Remembered[Menus] = Remembered()
"""Somebody newly appointed appears in them a few seconds later."""


def menus(inspection: Inspection) -> Menus:
    """One statement, every few seconds."""
    id_, code = inspection.id, inspection.region_code
    return MENUS.get(id_, lambda: _menus(id_, code))


def _menus(inspection_id: int, region_code: str) -> Menus:
    held = (PersonRole.inspection_id == inspection_id) | PersonRole.inspection_id.is_(None)
    inspectors = select(PersonRole.person_id).where(PersonRole.role == str(Role.INSPECTOR), held)
    places = select(Region.code, Region.zh, Region.en, Region.position).where(Region.parent_code == region_code)
    people = select(cast(Person.id, String), Person.name, null(), null()).where(
        Person.active, Person.id.in_(inspectors)
    )
    rows = session().execute(places.union_all(people)).all()
    areas = sorted((row for row in rows if row.en is not None), key=lambda row: row.position)
    return Menus(
        [Area(row.code, row.zh, row.en) for row in areas],
        sorted(((int(row.code), row.zh) for row in rows if row.en is None), key=lambda one: one[1]),
    )


@dataclass(frozen=True)
class Chosen:
    """A report that was ticked, as it stands now."""

    id: int
    version: int
    number: str
    state: ReportState
    words: str


def chosen(actor: Actor, inspection_id: int, ids: Sequence[int]) -> list[Chosen]:
    """The ticked reports this actor may see, in the order they were ticked."""
    columns = (Report.id, Report.version, Report.number, Report.state, func.substr(Report.description, 1, LONG_ENOUGH))
    wanted = scoped(actor, Report).where(Report.inspection_id == inspection_id, Report.id.in_(ids))
    found = session().execute(wanted.with_only_columns(*columns)).all()
    rows = {row[0]: Chosen(row[0], row[1], row[2], ReportState(row[3]), text.excerpt(row[4])) for row in found}
    return [rows[one] for one in ids if one in rows]
