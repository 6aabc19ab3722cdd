"""The reports or cases behind a figure, by the figure's own condition."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.db import session
from app.domain.case import COUNTED_FROM, Case
from app.domain.inspection import Inspection
from app.domain.lateness import late_days
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Channel, Precision, Report
from app.domain.scope import scoped
from app.domain.tables.figures import REPORTS, CaseFigure, ReportFigure, cases_by
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseState, ReportState
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page


@dataclass(frozen=True)
class BehindRow:
    """One of them; `case` says what it is. Nothing of what was said, nor of who said it."""

    id: int
    case: bool
    number: str
    channel: Channel
    received_on: date | None
    received_printed: str
    area: str
    state: Term
    key: bool
    late_days: int


@dataclass(frozen=True)
class Behind:
    figure: Term
    page: Page[BehindRow]
    total: int


def figure_of(name: str) -> ReportFigure | CaseFigure:
    """The figure of that name. Raises NotFound."""
    for figures in (ReportFigure, CaseFigure):
        if name in set(figures):
            return figures(name)
    raise NotFound


def behind(actor: Actor, inspection: Inspection, figure: ReportFigure | CaseFigure, cursor: str) -> Behind:
    """A page of them, the newest first, and how many there are."""
    today = clock.today()
    noun: Any = Report if isinstance(figure, ReportFigure) else Case
    condition = REPORTS[figure] if isinstance(figure, ReportFigure) else cases_by(today)[figure]
    ids = scoped(actor, noun).where(noun.inspection_id == inspection.id, condition).with_only_columns(noun.id)
    query = _columns(noun).where(noun.id.in_(ids))
    page = read_page(
        session(), query, by=noun.id, key=noun.id, cursor=cursor, make=lambda row: _row(row, today, case=noun is Case)
    )
    total = session().scalar(select(func.count()).select_from(ids.subquery())) or 0
    return Behind(figure, page, total)


def _columns(noun: Any) -> Any:
    of_report = (Report.channel, Report.received_at, Report.precision, Report.received_printed)
    area = func.coalesce(func.nullif(noun.area_printed, ""), Region.zh, "").label("area")
    own = (noun.id, noun.number, area, noun.state, noun.key)
    in_area = Region.code == noun.area_code
    if noun is Report:
        return select(*own, *of_report).select_from(Report).outerjoin(Region, in_area)
    dates = (COUNTED_FROM.label("counted_from"), Case.replied_at)
    joined = select(*own, *of_report, *dates).select_from(Case).join(Report, Report.id == Case.report_id)
    return joined.outerjoin(Region, in_area)


def _row(row: Any, today: date, *, case: bool) -> BehindRow:
    known = row.precision in (Precision.MOMENT, Precision.DAY)
    return BehindRow(
        id=row.id,
        case=case,
        number=row.number,
        channel=Channel(row.channel),
        received_on=clock.local_date(row.received_at) if known else None,
        received_printed=row.received_printed,
        area=row.area,
        state=CaseState(row.state) if case else ReportState(row.state),
        key=row.key,
        late_days=late_days(row.counted_from, row.replied_at, today) if case else 0,
    )
