"""The dashboard of one inspection: a fixed number of statements, whatever its size; each sum is the sum of its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.db import session
from app.domain.batch import Batch
from app.domain.case import COUNTED_FROM, Case
from app.domain.inspection import Inspection
from app.domain.people import Unit
from app.domain.rectification import Rectification
from app.domain.region import Region
from app.domain.report import Channel
from app.domain.tables.areas import Area, areas_of
from app.domain.tables.figures import CaseFigure, ReportFigure, Tally, added, cases_by, tally_cases, tally_reports
from app.domain.tables.press import handed_batches
from app.domain.tables.shares import Share, shares
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import RectificationState

LATE_SHOWN = 20
AREA = func.coalesce(func.nullif(Case.area_printed, ""), Region.zh, "").label("area")
LEAD = func.coalesce(Unit.name, "").label("unit")
Counts = Mapping[Term, int]


@dataclass(frozen=True)
class Group:
    """One row of a table: what it is of, and its counts."""

    of: Any
    counts: Counts


@dataclass(frozen=True)
class LateRow:
    """A case whose reply has not come in time."""

    id: int
    number: str
    area: str
    unit: str
    due_on: date
    days: int


@dataclass(frozen=True)
class Board:
    """Everything the dashboard shows. `split` is the (+N) of 分解: cases beyond one for each accepted report."""

    totals: Counts
    split: int
    channels: list[Group]
    areas: list[Group]
    batches: list[Group]
    shares: list[Share]
    rectifications: dict[RectificationState, int]
    late: list[LateRow]

    @property
    def is_empty(self) -> bool:
        return not self.totals[ReportFigure.RECEIVED]


def board(inspection: Inspection, today: date) -> Board:
    reports, cases = tally_reports(session(), inspection), tally_cases(session(), inspection, today)
    totals = added(reports, ReportFigure) | added(cases, CaseFigure)
    return Board(
        totals=totals,
        split=totals[CaseFigure.CASES] - totals[ReportFigure.ACCEPTED],
        channels=_by_channel(reports),
        areas=_by_area(inspection, reports, cases),
        batches=_by_batch(handed_batches(session(), inspection), cases),
        shares=shares(session(), inspection),
        rectifications=_rectifications(inspection),
        late=_late(inspection, today),
    )


def _by_channel(reports: list[Tally]) -> list[Group]:
    groups = [
        Group(channel, added((tally for tally in reports if tally.keys[1] == channel), ReportFigure))
        for channel in Channel
    ]
    return [group for group in groups if group.counts[ReportFigure.RECEIVED]]


def _by_area(inspection: Inspection, reports: list[Tally], cases: list[Tally]) -> list[Group]:
    areas = areas_of(session(), inspection)

    def here(area: Area, tallies: Iterable[Tally]) -> list[Tally]:
        return [tally for tally in tallies if areas.of(tally.keys[0]) == area.code]

    groups = [
        Group(area, added(here(area, reports), ReportFigure) | added(here(area, cases), CaseFigure))
        for area in areas.rows()
    ]
    known = {area.code for area in areas.every}
    return [group for group in groups if group.of.code in known or any(group.counts.values())]


def _by_batch(batches: list[Batch], cases: list[Tally]) -> list[Group]:
    return [
        Group(batch, added((tally for tally in cases if tally.keys[1] == batch.id), CaseFigure)) for batch in batches
    ]


def _rectifications(inspection: Inspection) -> dict[RectificationState, int]:
    """How many cycles stand in each state; {} when there is none."""
    query = (
        select(Rectification.state, func.count())
        .where(Rectification.inspection_id == inspection.id)
        .group_by(Rectification.state)
    )
    counted = {key: count for key, count in session().execute(query)}  # noqa: C416  (rows, not pairs)
    return {state: counted[state] for state in RectificationState if state in counted}


def _late(inspection: Inspection, today: date) -> list[LateRow]:
    """The longest overdue first."""
    query = (
        select(Case.id, Case.number, AREA, Case.feedback_due_on, COUNTED_FROM.label("since"), LEAD)
        .outerjoin(Unit, Unit.id == Case.lead_unit_id)
        .outerjoin(Region, Region.code == Case.area_code)
        .where(Case.inspection_id == inspection.id, cases_by(today)[CaseFigure.OVERDUE])
        .order_by(COUNTED_FROM, Case.id)
        .limit(LATE_SHOWN)
    )
    return [
        LateRow(row.id, row.number, row.area, row.unit, row.feedback_due_on, (today - row.since).days)
        for row in session().execute(query)
    ]
