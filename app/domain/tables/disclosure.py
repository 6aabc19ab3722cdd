"""群众信访举报转办和边督边改公开情况一览表: what everybody may read; neither the report's words nor its reporter."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain import catalogue
from app.domain.batch import Batch
from app.domain.case import Case, Completion, Verdict
from app.domain.catalogue import printed_types
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.report import Channel, Precision, Report, ReportType
from app.domain.search import matching
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.outcomes import SIGNED_OFF
from app.domain.tables.streaming import how_many, stream
from app.domain.tables.table import Column, Line, PrintedTable
from app.domain.workflow.vocabulary import RectificationState
from app.kernel import clock

LONGEST_LABEL = 9
STATES = (*Completion, RectificationState.SIGNED_OFF)
"""What a reader may narrow by: how far the answer goes, and whether it was signed off."""
TITLE = "群众信访举报转办和边督边改公开情况一览表"
COLUMNS = (
    Column("序号", 6, number=True),
    Column("受理编号", 22),
    Column("受理方式", 10),
    Column("交办问题基本情况", 44),
    Column("行政区域", 14),
    Column("污染类型", 12),
    Column("调查核实情况", 50),
    Column("是否属实", 10),
    Column("办结目标", 28),
    Column("处理和整改情况", 44),
    Column("是否办结", 12),
    Column("问责情况", 18),
)


@dataclass(frozen=True)
class Narrowed:
    """What a reader may ask for; empty: everything. `kind` is a type or sub-tag, `area` and `town` regions' codes.

    `state` is a completion, or SIGNED_OFF; `since` and `until` are days of receipt, both included; `words` are
    looked for in what was published, and in nothing else.
    """

    area: str = ""
    town: str = ""
    kind: str = ""
    verdict: str = ""
    state: str = ""
    batch: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


def disclosure(session: Session, inspection: Inspection, narrowed: Narrowed | None = None) -> PrintedTable:
    """The published cases of an inspection, batch by batch."""
    every = select(Case.id).where(Case.inspection_id == inspection.id, PUBLISHED)
    query = narrow(session, printed(), inspection, narrowed or Narrowed()).order_by(
        Batch.ordinal.nulls_last(), Batch.sub, Case.id
    )
    return PrintedTable(
        name="disclosure",
        title=TITLE,
        subtitle=inspection.title,
        columns=COLUMNS,
        rows=lambda: stream(session, query, _line),
        total=how_many(session, every),
        moment=clock.now(),
    )


def printed(*more: Any) -> Any:
    """An allow-list of what is published; the report gives its channel, and nothing it says."""
    return (
        select(
            Case.number,
            Report.channel,
            Case.publication_problem,
            func.coalesce(func.nullif(Case.area_printed, ""), Region.zh, "").label("area"),
            Case.types,
            Case.publication_text,
            Case.verdict,
            Case.publication_target,
            Case.publication_handling,
            Case.completion,
            Case.accountability,
            *more,
        )
        .select_from(Case)
        .join(Report, Report.id == Case.report_id)
        .outerjoin(Region, Region.code == Case.area_code)
        .outerjoin(Batch, Batch.id == Case.batch_id)
    )


def narrow(session: Session, query: Select[Any], inspection: Inspection, wanted: Narrowed) -> Select[Any]:
    """The published cases of an inspection, narrowed to what a reader asked for."""
    query = query.where(Case.inspection_id == inspection.id, PUBLISHED)
    if wanted.area:
        query = query.where(Case.area_code == wanted.area)
    if wanted.town:
        query = query.where(Report.town_code == wanted.town)
    if wanted.kind:
        codes = [wanted.kind, *(tag.code for tag in catalogue.tags().values() if tag.parent == wanted.kind)]
        query = query.where(Case.report_id.in_(select(ReportType.report_id).where(ReportType.code.in_(codes))))
    if wanted.verdict:
        query = query.where(Case.verdict == wanted.verdict)
    if wanted.state:
        signed = wanted.state == RectificationState.SIGNED_OFF
        query = query.where(SIGNED_OFF if signed else Case.completion == wanted.state)
    if wanted.batch:
        query = query.where(_of_batch(wanted.batch))
    if wanted.number:
        query = query.where(Case.number.contains(wanted.number, autoescape=True))
    if wanted.since or wanted.until:
        query = query.where(*_received(wanted.since, wanted.until))
    if wanted.words:
        query = query.where(Case.id.in_(matching(session, inspection.id, wanted.words)))
    return query


def _received(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Received on these days; a report whose day is not known was received on none of them."""
    found: list[ColumnElement[bool]] = [Report.precision.in_((Precision.MOMENT, Precision.DAY))]
    if since:
        found.append(Report.received_at >= clock.at_local(since, time.min))
    if until:
        found.append(Report.received_at < clock.end_of_day(until))
    return found


def batch_labels(session: Session, inspection: Inspection) -> list[str]:
    """The batches that something was published of, ours first and then those printed in imported rows."""
    of_ours = select(Batch).where(
        Batch.id.in_(select(Case.batch_id).where(Case.inspection_id == inspection.id, PUBLISHED))
    )
    ours = [batch.label for batch in session.scalars(of_ours.order_by(Batch.ordinal, Batch.sub))]
    printed_ones = session.scalars(
        select(Report.batch_printed)
        .where(Report.inspection_id == inspection.id, Report.batch_printed != "")
        .group_by(Report.batch_printed)
        .order_by(func.length(Report.batch_printed), Report.batch_printed)
    )
    return list(dict.fromkeys([*ours, *printed_ones]))


def _of_batch(label: str) -> ColumnElement[bool]:
    ordinal, _, sub = label.partition("-")
    on_paper: ColumnElement[bool] = Report.batch_printed == label
    if not (ordinal.isdecimal() and (sub or "0").isdecimal()) or len(label) > LONGEST_LABEL:
        return on_paper
    return or_(on_paper, and_(Batch.ordinal == int(ordinal), Batch.sub == int(sub or 0)))


def _line(number: int, row: Any) -> Line:
    return (
        number,
        row.number,
        Channel(row.channel).zh,
        row.publication_problem,
        row.area,
        printed_types(row.types),
        row.publication_text,
        Verdict(row.verdict).zh if row.verdict else "",
        row.publication_target,
        row.publication_handling,
        Completion(row.completion).zh if row.completion else "",
        row.accountability,
    )
