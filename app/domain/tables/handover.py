"""转办情况表: what was handed over to the locality, in the words that were sent; nothing of the reporter."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.catalogue import printed_types
from app.domain.inspection import Inspection
from app.domain.people import Unit, UnitKind
from app.domain.region import Region
from app.domain.tables.figures import HANDED
from app.domain.tables.streaming import how_many, stream
from app.domain.tables.table import Column, Line, PrintedTable
from app.kernel import clock

TITLE = "转办情况表"
COLUMNS = (
    Column("序号", 6, number=True),
    Column("受理编号", 22),
    Column("转办问题基本情况", 60),
    Column("涉及区域", 14),
    Column("污染类型", 14),
    Column("责任单位", 26),
)


def handover(session: Session, inspection: Inspection, batch: Batch | None = None) -> PrintedTable:
    """Of one batch, or of the whole stay. Cases that have not been handed over are not in it."""
    every = select(Case.id).where(Case.inspection_id == inspection.id, HANDED)
    query = _rows().where(Case.inspection_id == inspection.id, HANDED)
    if batch is not None:
        query = query.where(Case.batch_id == batch.id)
    return PrintedTable(
        name="handover",
        title=TITLE,
        subtitle=inspection.title + (f"　第{batch.label}批" if batch else ""),
        columns=COLUMNS,
        rows=lambda: stream(session, query, _line),
        total=how_many(session, every),
        moment=clock.now(),
    )


def _rows() -> Any:
    lead, named, county = aliased(Unit), aliased(Unit), aliased(Unit)
    government = (
        select(func.min(county.name))
        .where(county.region_code == Case.area_code, county.kind == UnitKind.COUNTY)
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        select(
            Case.number,
            func.coalesce(func.nullif(Case.handover_text, ""), Case.publication_problem).label("problem"),
            func.coalesce(func.nullif(Case.area_printed, ""), Region.zh, "").label("area"),
            Case.types,
            func.coalesce(lead.name, func.nullif(Case.unit_printed, ""), named.name, government, "").label("unit"),
        )
        .outerjoin(Region, Region.code == Case.area_code)
        .outerjoin(lead, lead.id == Case.lead_unit_id)
        .outerjoin(named, named.id == Case.named_unit_id)
        .outerjoin(Batch, Batch.id == Case.batch_id)
        .order_by(Batch.ordinal.nulls_last(), Batch.sub, Case.id)
    )


def _line(number: int, row: Any) -> Line:
    return (number, row.number, row.problem, row.area, printed_types(row.types), row.unit)
