"""The day's bulletin 「每日通报」 of a batch, made of figures alone: nobody's words are in it.

It rests on the frozen manifest, so it says the same on every day; and each sum is made a second time, from the
records: a bulletin whose parts do not add up is refused (a bulletin once said 24 cases, and then 18).
"""

from collections import Counter
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
from app.domain.tables.areas import Area, areas_of
from app.domain.tables.figures import HANDED
from app.domain.tables.shares import Share, classes, ranked
from app.kernel import clock
from app.kernel.errors import N_, Refused


@dataclass(frozen=True)
class Part:
    """Reports, the further parts of split ones (+N), and how many are key. `cases` are what they make: 分解后."""

    reports: int = 0
    further: int = 0
    key: int = 0

    @property
    def cases(self) -> int:
        return self.reports + self.further

    def __add__(self, other: "Part") -> "Part":
        return Part(self.reports + other.reports, self.further + other.further, self.key + other.key)


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
    channels: Mapping[Channel, int]
    areas: tuple[AreaPart, ...]
    kinds: tuple[Share, ...]


@dataclass(frozen=True)
class Handed:
    """A batch in the list: its label, the day it was handed over, how many cases, and whether its figures agree."""

    label: str
    handed_at: datetime
    window: tuple[datetime, datetime]
    cases: int
    sound: bool

    @property
    def handed_on(self) -> date:
        return clock.local_date(self.handed_at)


def handed(session: Session, inspection: Inspection) -> list[Handed]:
    """The batches that were handed over, in order."""
    counted: Counter[int] = Counter()
    for (_, batch_id), part in _records(session, inspection).items():
        counted[batch_id] += part.cases
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
            cases=row.frozen,
            sound=row.frozen == counted[row.id],
        )
        for row in session.execute(query)
    ]


def bulletin(session: Session, inspection: Inspection, batch: Batch) -> Bulletin:
    """Raises Refused when its parts do not add up, or the batch has not been handed over."""
    if batch.handed_over_at is None:
        raise Refused(N_("This batch has not been handed over."))
    areas, before = areas_of(session, inspection), _up_to(session, inspection, batch)
    frozen = [(areas.of(row["area_code"]), row) for row in batch.manifest]
    ours: dict[str, Part] = {}
    in_all: dict[str, Part] = {}
    for (code, batch_id), part in _records(session, inspection).items():
        if batch_id in before:
            in_all[areas.of(code)] = in_all.get(areas.of(code), Part()) + part
        if batch_id == batch.id:
            ours[areas.of(code)] = ours.get(areas.of(code), Part()) + part
    found = Bulletin(
        label=batch.label,
        title=inspection.title,
        locality=inspection.region.zh,
        window=(batch.window_from, batch.window_to),
        handed_on=clock.local_date(batch.handed_over_at),
        today=_part(batch.manifest),
        in_all=_sum(in_all.values()),
        channels=_channels(session, batch),
        areas=tuple(
            AreaPart(area, _part(row for code, row in frozen if code == area.code), in_all.get(area.code, Part()))
            for area in areas.rows()
            if area.code in in_all
        ),
        kinds=tuple(ranked(_tags(batch.manifest))),
    )
    if not _adds_up(found, ours):
        raise Refused(N_("The figures of this batch do not add up."))
    return found


def _adds_up(found: Bulletin, records: Mapping[str, Part]) -> bool:
    """Areas sum to the batch, channels to its reports, and the frozen figures are those of the records."""
    areas_foot = _sum(one.today for one in found.areas) == found.today and _sum(one.in_all for one in found.areas) == (
        found.in_all
    )
    agree = all(_cases(one.today) == _cases(records.get(one.area.code, Part())) for one in found.areas)
    return areas_foot and agree and sum(found.channels.values()) == found.today.reports


def _cases(part: Part) -> tuple[int, int]:
    """What a key flag set later does not touch."""
    return part.reports, part.further


def _records(session: Session, inspection: Inspection) -> dict[tuple[str | None, int], Part]:
    """What was handed over, by (area code, batch id), in one statement."""
    first, key = (func.sum(case((condition, 1), else_=0)) for condition in (Case.part == 1, Case.key.is_(True)))
    query = (
        select(Case.area_code, Case.batch_id, func.count(), first, key)
        .where(Case.inspection_id == inspection.id, HANDED, Case.batch_id.is_not(None))
        .group_by(Case.area_code, Case.batch_id)
    )
    return {
        (code, batch_id): Part(int(firsts), int(count) - int(firsts), int(keys))
        for code, batch_id, count, firsts, keys in session.execute(query)
    }


def _up_to(session: Session, inspection: Inspection, batch: Batch) -> set[int]:
    """The batches handed over up to this one, itself included."""
    query = select(Batch.id, Batch.ordinal, Batch.sub).where(
        Batch.inspection_id == inspection.id, Batch.handed_over_at.is_not(None)
    )
    return {row.id for row in session.execute(query) if (row.ordinal, row.sub) <= (batch.ordinal, batch.sub)}


def _channels(session: Session, batch: Batch) -> dict[Channel, int]:
    query = (
        select(Report.channel, func.count())
        .join(Case, Case.report_id == Report.id)
        .where(Case.batch_id == batch.id, HANDED, Case.part == 1)
        .group_by(Report.channel)
    )
    found = {code: int(count) for code, count in session.execute(query)}
    return {channel: found[str(channel)] for channel in Channel if str(channel) in found}


def _part(rows: Iterable[Mapping[str, Any]]) -> Part:
    every = list(rows)
    return Part(
        sum(r["part"] == 1 for r in every), sum(r["part"] > 1 for r in every), sum(bool(r["key"]) for r in every)
    )


def _sum(parts: Iterable[Part]) -> Part:
    return sum(parts, Part())


def _tags(rows: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """The classes the cases carry; a class and a sub-tag of it count once."""
    known = classes()
    return Counter(kind for row in rows for kind in {known.get(code, "") for code in row["types"]})
