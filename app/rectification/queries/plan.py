"""The plan as it is read: its versions and what each changed, a change that waits, month by month; 整改情况公示表."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.db import session
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.plan import Difference, PlanText, differences, next_month
from app.domain.rectification import Measure, Progress, Rectification
from app.domain.tables.table import Column, Line, PrintedTable
from app.kernel import clock
from app.web.paging import Page, read_page

COLUMNS = (
    Column("问题序号", 8, number=True),
    Column("具体内容", 40),
    Column("整改目标", 30),
    Column("整改措施", 50),
    Column("完成情况", 24),
    Column("责任单位", 24),
    Column("完成时限", 16),
)
"""Headings exactly as printed (docs: domain, 整改情况公示表)."""


@dataclass(frozen=True)
class MonthView:
    """`late`: it was told after the month had ended."""

    month: date
    progress: Progress
    note: str
    told_at: datetime
    late: bool


@dataclass(frozen=True)
class VersionView:
    """An adopted plan, and what differs from the one before it; `reason` why it was changed."""

    number: int
    at: datetime
    by: str
    text: PlanText
    found: tuple[Difference, ...]
    reason: str


@dataclass(frozen=True)
class ChangeView:
    """A change that was proposed; `found`: what would differ from the plan it was proposed to."""

    at: datetime
    by: str
    reason: str
    text: PlanText
    found: tuple[Difference, ...]


@dataclass(frozen=True)
class PlanView:
    """`versions`: the latest first. `cost`: of all measures together. `shown_at`: since when everybody reads it."""

    text: PlanText
    versions: tuple[VersionView, ...]
    waiting: ChangeView | None
    shown_at: datetime | None

    @property
    def cost(self) -> Decimal | None:
        return self.text.cost


@dataclass(frozen=True)
class PlanRow:
    """A row of 整改情况公示表: published texts, and the plan as it stands."""

    number: str
    problem: str
    target: str
    lines: tuple[tuple[str, Progress, date | None, str, date], ...]
    units: tuple[str, ...]
    target_on: date | None


def months_of(measure: Measure) -> tuple[MonthView, ...]:
    """The latest first."""
    return tuple(
        MonthView(
            one.month,
            Progress(one.progress),
            one.note,
            one.told_at,
            clock.local_date(one.told_at) >= next_month(one.month),
        )
        for one in reversed(measure.told)
    )


def plan_of(record: Rectification, names: Mapping[int, str]) -> PlanView:
    """Everything of a cycle's plan; `names` of those who have acted on it."""
    now, change = PlanText.of(record), record.open_change
    waiting = None
    if change is not None:
        wanted = PlanText.read(change.content)
        by = names.get(change.proposed_by_id or 0, "")
        waiting = ChangeView(change.proposed_at, by, change.reason, wanted, tuple(differences(now, wanted)))
    return PlanView(now, tuple(_versions(record, names))[::-1], waiting, record.plan_shown_at)


def _versions(record: Rectification, names: Mapping[int, str]) -> Iterator[VersionView]:
    reasons = {change.id: change.reason for change in record.changes}
    before: PlanText | None = None
    for version in record.versions:
        text = PlanText.read(version.content)
        found = tuple(differences(before, text)) if before else ()
        by, reason = names.get(version.adopted_by_id or 0, ""), reasons.get(version.change_id or 0, "")
        yield VersionView(version.number, version.adopted_at, by, text, found, reason)
        before = text


def plan_rows(inspection: Inspection, cursor: str = "") -> Page[PlanRow]:
    """What everybody may read, the case that was handed over first at the top."""
    return read_page(
        session(), _shown(inspection), by=Rectification.id, key=Rectification.id, cursor=cursor,
        make=lambda row: _row(row[0]), key_of=lambda row: row[0].id,
    )  # fmt: skip


def plan_table(inspection: Inspection) -> PrintedTable:
    """整改情况公示表 as it is printed."""
    shown: Any = _shown(inspection)
    total = session().scalar(select(func.count()).select_from(shown.with_only_columns(Rectification.id).subquery()))
    return PrintedTable(
        name="plans",
        title="整改情况公示表",
        subtitle=inspection.title,
        columns=COLUMNS,
        rows=lambda: _lines(session().scalars(shown.order_by(Rectification.id))),
        total=total or 0,
        moment=clock.now(),
        notes=("完成情况为各项措施最近一次月度报送的进展。",),
    )


def _shown(inspection: Inspection) -> Select[Any]:
    """Of each case only its latest cycle, once its plan was published; never a case that is not public."""
    later = aliased(Rectification)
    return (
        select(Rectification)
        .join(Case, Case.id == Rectification.case_id)
        .where(
            Rectification.inspection_id == inspection.id,
            Rectification.plan_shown_at.is_not(None),
            Case.published_at.is_not(None),
            ~select(later.id).where(later.case_id == Case.id, later.cycle > Rectification.cycle).exists(),
        )
        .options(joinedload(Rectification.case), selectinload(Rectification.measures).selectinload(Measure.told))
    )


def _row(record: Rectification) -> PlanRow:
    names = [measure.unit.name if measure.unit else "" for measure in record.measures]
    return PlanRow(
        number=record.case.number,
        problem=record.case.publication_problem,
        target=record.target,
        lines=tuple(
            (one.text, Progress(one.progress), one.told[-1].month if one.told else None, name, one.due_on)
            for one, name in zip(record.measures, names, strict=True)
        ),
        units=tuple(dict.fromkeys(filter(None, names))),
        target_on=record.target_on,
    )


def _lines(records: Any) -> Iterator[Line]:
    for number, record in enumerate(records, 1):
        row = _row(record)
        yield (
            number,
            f"{row.number} {row.problem}",
            row.target,
            _numbered(text for text, *_ in row.lines),
            _numbered(_so_far(progress, month) for _, progress, month, *_ in row.lines),
            "、".join(row.units),
            row.target_on.isoformat() if row.target_on else "",
        )


def _so_far(progress: Progress, month: date | None) -> str:
    return f"{progress.zh}（{month:%Y年%m月}）" if month else progress.zh


def _numbered(texts: Any) -> str:
    kept = list(texts)
    return kept[0] if len(kept) == 1 else "\n".join(f"{at}. {text}" for at, text in enumerate(kept, 1))
