"""办理情况台账: every case somebody may see, its days, extensions and lateness; nothing of the reporter."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.batch import Batch
from app.domain.case import COUNTED_FROM, Case
from app.domain.inspection import Inspection
from app.domain.lateness import late_days
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor, Unit
from app.domain.region import Region
from app.domain.scope import scoped
from app.domain.tables.figures import HANDED
from app.domain.tables.streaming import how_many, stream
from app.domain.tables.table import Column, Line, PrintedTable
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction
from app.kernel import clock

TITLE = "办理情况台账"
COLUMNS = (
    Column("序号", 6, number=True),
    Column("受理编号", 22),
    Column("涉及区域", 14),
    Column("牵头单位", 26),
    Column("交办日期", 12),
    Column("反馈期限", 12),
    Column("首次反馈日期", 14),
    Column("延期次数", 10, number=True),
    Column("延期批准前已过的期限", 20),
    Column("逾期天数", 10, number=True),
    Column("办理状态", 14),
)
NOTES = (
    "逾期天数自反馈期限次日起，计至首次反馈之日；尚未反馈的，计至制表之日。逾期后批准延期的，仍自原期限起算。",
    "标有†的期限涉及尚未公布放假安排的年份，暂按周末推算，待公布后须核对。",
)


def handling(session: Session, actor: Actor, inspection: Inspection) -> PrintedTable:
    """What this actor may see of an inspection, in the order of hand-over."""
    own = scoped(actor, Case).where(Case.inspection_id == inspection.id, HANDED).with_only_columns(Case.id)
    query, today = _rows().where(Case.id.in_(own)), clock.today()
    return PrintedTable(
        name="handling",
        title=TITLE,
        subtitle=inspection.title,
        columns=COLUMNS,
        rows=lambda: stream(session, query, lambda number, row: _line(number, row, today)),
        total=how_many(session, own),
        moment=clock.now(),
        notes=NOTES,
    )


def _rows() -> Any:
    extended = (
        select(func.count())
        .where(
            LedgerEntry.noun == CASE.noun,
            LedgerEntry.noun_id == Case.id,
            LedgerEntry.action == str(CaseAction.EXTEND),
        )
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        select(
            Case.number,
            Case.state,
            Case.handed_over_at,
            Case.feedback_due_on,
            Case.feedback_announced,
            Case.lapsed_on,
            COUNTED_FROM.label("counted_from"),
            Case.replied_at,
            func.coalesce(func.nullif(Case.area_printed, ""), Region.zh, "").label("area"),
            func.coalesce(Unit.name, Case.unit_printed).label("unit"),
            extended.label("extended"),
        )
        .outerjoin(Region, Region.code == Case.area_code)
        .outerjoin(Unit, Unit.id == Case.lead_unit_id)
        .outerjoin(Batch, Batch.id == Case.batch_id)
        .order_by(Batch.ordinal.nulls_last(), Batch.sub, Case.id)
    )


def _line(number: int, row: Any, today: date) -> Line:
    return (
        number,
        row.number,
        row.area,
        row.unit,
        _day(clock.local_date(row.handed_over_at) if row.handed_over_at else None),
        _day(row.feedback_due_on) + ("" if row.feedback_announced else "†"),
        _day(clock.local_date(row.replied_at) if row.replied_at else None),
        row.extended,
        _day(row.lapsed_on),
        late_days(row.counted_from, row.replied_at, today),
        CASE.states(row.state).zh,
    )


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
