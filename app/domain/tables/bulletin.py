"""The day's bulletin 「每日通报」 of a batch, made of figures alone: nobody's words are in it.

It rests on the frozen manifest, so it says the same on every day; and each sum is made a second time, from the
records: a bulletin whose parts do not add up is refused (a bulletin once said 24 cases, and then 18).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.report import Channel, Report
from app.domain.tables.areas import Area, Areas, areas_of
from app.domain.tables.figures import HANDED
from app.domain.tables.halves import Count, counted, sent_first, sent_weight, total, weight
from app.domain.tables.shares import Share, classes, ranked
from app.kernel import clock
from app.kernel.errors import N_, Refused


@dataclass(frozen=True)
class Part:
    """Reports, the further parts of split ones (+N), and how many are key. `cases` are what they make: 分解后.

    Of a case that two areas share, each area's part has one half.
    """

    reports: Count = 0
    further: Count = 0
    key: Count = 0

    @property
    def cases(self) -> Count:
        return counted(self.reports + self.further)

    def __add__(self, other: "Part") -> "Part":
        return Part(
            counted(self.reports + other.reports),
            counted(self.further + other.further),
            counted(self.key + other.key),
        )


@dataclass(frozen=True)
class AreaPart:
    """One area's part of the batch, and of all batches up to it."""

    area: Area
    today: Part
    in_all: Part


@dataclass(frozen=True)
class Bulletin:
    """`channels` count the reports of the batch; `kinds` are shares of tags, for a case may have several types."""

    label: str
    title: str
    locality: str
    window: tuple[datetime, datetime]
    handed_on: date
    today: Part
    in_all: Part
    channels: Mapping[Channel, Count]
    areas: tuple[AreaPart, ...]
    kinds: tuple[Share, ...]


@dataclass(frozen=True)
class Handed:
    """A batch in the list: its label, the day it was handed over, how many cases, and whether its figures agree."""

    label: str
    handed_at: datetime
    window: tuple[datetime, datetime]
    cases: Count
    sound: bool

    @property
    def handed_on(self) -> date:
        return clock.local_date(self.handed_at)


def handed(session: Session, inspection: Inspection) -> list[Handed]:
    """The batches that were handed over, in order."""
    standing = _standing(session, inspection)
    cases: dict[int, Part] = {}
    for key, part in _records(session, inspection).items():
        cases[key.batch_id] = cases.get(key.batch_id, Part()) + part
    query = (
        select(Batch.id, Batch.ordinal, Batch.sub, Batch.handed_over_at, Batch.window_from, Batch.window_to)
        .add_columns(func.json_array_length(Batch.manifest).label("frozen"))
        .where(Batch.inspection_id == inspection.id, Batch.handed_over_at.is_not(None))
        .order_by(Batch.ordinal, Batch.sub)
    )
    return [
        Handed(
            label=f"{row.ordinal}-{row.sub}" if row.sub else str(row.ordinal),
            handed_at=row.handed_over_at,
            window=(row.window_from, row.window_to),
            cases=cases.get(row.id, Part()).cases,
            sound=row.frozen == standing.get(row.id, 0),
        )
        for row in session.execute(query)
    ]


def _standing(session: Session, inspection: Inspection) -> dict[int, int]:
    """How many records each batch has, a shared case's two as two: as many as its manifest has rows."""
    query = select(Case.batch_id, func.count()).where(Case.inspection_id == inspection.id, HANDED)
    return {int(id_ or 0): count for id_, count in session.execute(query.group_by(Case.batch_id))}


def bulletin(session: Session, inspection: Inspection, batch: Batch) -> Bulletin:
    """Raises Refused when its parts do not add up, or the batch has not been handed over."""
    if batch.handed_over_at is None:
        raise Refused(N_("This batch has not been handed over."))
    before, records = _up_to(session, inspection, batch), _records(session, inspection)
    areas = areas_of(session, inspection).with_units(session, (one.unit_id for one in records))
    frozen = [(areas.answering(row["area_code"], row.get("unit_id")), row) for row in batch.manifest]
    ours = _by_area(areas, {key: part for key, part in records.items() if key.batch_id == batch.id})
    in_all = _by_area(areas, {key: part for key, part in records.items() if key.batch_id in before})
    found = Bulletin(
        label=batch.label,
        title=inspection.title,
        locality=inspection.region.zh,
        window=(batch.window_from, batch.window_to),
        handed_on=clock.local_date(batch.handed_over_at),
        today=part_of(batch.manifest),
        in_all=_sum(in_all.values()),
        channels=_channels(session, batch),
        areas=tuple(
            AreaPart(area, part_of(row for code, row in frozen if code == area.code), in_all.get(area.code, Part()))
            for area in areas.rows()
            if area.code in in_all
        ),
        kinds=tuple(ranked(tags_of(batch.manifest))),
    )
    must_add_up(found, ours)
    return found


def must_add_up(found: Bulletin, records: Mapping[str, Part]) -> None:
    """Areas sum to the batch, channels to its reports, and the frozen figures are those of the records.

    Raises Refused with both figures and their difference. A key flag set later is no difference.
    """
    areas, areas_in_all = _sum(one.today for one in found.areas), _sum(one.in_all for one in found.areas)
    _equal(AREAS, areas.cases, found.today.cases)
    _equal(REPORTS, areas.reports, found.today.reports)
    _equal(KEYS, areas.key, found.today.key)
    _equal(IN_ALL, areas_in_all.cases, found.in_all.cases)
    _equal(CHANNELS, total(found.channels.values()), found.today.reports)
    for one in found.areas:
        standing = records.get(one.area.code, Part())
        _equal(RECORDS, standing.cases, one.today.cases, area=one.area.zh)
        _equal(RECORDS, standing.reports, one.today.reports, area=one.area.zh)


AREAS = N_("The areas sum to %(parts)s cases, the batch has %(whole)s: a difference of %(difference)s.")
REPORTS = N_("The areas sum to %(parts)s reports, the batch has %(whole)s: a difference of %(difference)s.")
KEYS = N_("The areas sum to %(parts)s key cases, the batch has %(whole)s: a difference of %(difference)s.")
IN_ALL = N_("All areas so far sum to %(parts)s cases, all batches to %(whole)s: a difference of %(difference)s.")
CHANNELS = N_("The channels sum to %(parts)s reports, the batch has %(whole)s: a difference of %(difference)s.")
RECORDS = N_(
    "%(area)s: the records hold %(parts)s, %(whole)s were handed over to it in this batch: "
    "a difference of %(difference)s."
)


def _equal(message: str, parts: Count, whole: Count, area: str = "") -> None:
    if parts != whole:
        raise Refused(message, parts=parts, whole=whole, difference=counted(parts - whole), area=area)


@dataclass(frozen=True)
class _Key:
    """What records are counted by."""

    area_code: str | None
    unit_id: int | None
    batch_id: int


def _records(session: Session, inspection: Inspection) -> dict[_Key, Part]:
    """What was handed over, in one statement."""
    first, key = (func.sum(case((condition, 1), else_=0)) for condition in (Case.item == 1, Case.key.is_(True)))
    places = (Case.area_code, Case.named_unit_id, Case.batch_id, Case.shared)
    query = (
        select(*places, func.count(), first, key)
        .where(Case.inspection_id == inspection.id, HANDED, Case.batch_id.is_not(None))
        .group_by(*places)
    )
    found: dict[_Key, Part] = {}
    for code, unit, batch_id, shared, count, firsts, keys in session.execute(query):
        each, place = weight(shared=shared), _Key(code, unit, batch_id)
        part = Part(firsts * each, (count - firsts) * each, keys * each)
        found[place] = found.get(place, Part()) + part
    return found


def _by_area(areas: Areas, records: Mapping[_Key, Part]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for key, part in records.items():
        code = areas.answering(key.area_code, key.unit_id)
        found[code] = found.get(code, Part()) + part
    return found


def _up_to(session: Session, inspection: Inspection, batch: Batch) -> set[int]:
    """The batches handed over up to this one, itself included."""
    query = select(Batch.id, Batch.ordinal, Batch.sub).where(
        Batch.inspection_id == inspection.id, Batch.handed_over_at.is_not(None)
    )
    return {row.id for row in session.execute(query) if (row.ordinal, row.sub) <= (batch.ordinal, batch.sub)}


def _channels(session: Session, batch: Batch) -> dict[Channel, Count]:
    query = (
        select(Report.channel, Case.shared, func.count())
        .join(Case, Case.report_id == Report.id)
        .where(Case.batch_id == batch.id, HANDED, Case.item == 1)
        .group_by(Report.channel, Case.shared)
    )
    found: dict[str, Count] = {}
    for code, shared, count in session.execute(query):
        found[code] = counted(found.get(code, 0) + count * weight(shared=shared))
    return {channel: found[str(channel)] for channel in Channel if str(channel) in found}


def part_of(rows: Iterable[Mapping[str, Any]]) -> Part:
    every = [(row, sent_weight(row)) for row in rows]
    return Part(
        total(each for row, each in every if sent_first(row)),
        total(each for row, each in every if not sent_first(row)),
        total(each for row, each in every if row["key"]),
    )


def _sum(parts: Iterable[Part]) -> Part:
    return sum(parts, Part())


def tags_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Count]:
    """The classes the cases carry; a class and a sub-tag of it count once, those of a shared case one half each."""
    known = classes()
    found: dict[str, Count] = {}
    for row in rows:
        for kind in {known.get(code, "") for code in row["types"]}:
            found[kind] = counted(found.get(kind, 0) + sent_weight(row))
    return found
