"""What the public reads: frozen rows of an allow-list; dates only, and of history no more than was printed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.db import session
from app.domain.batch import Batch
from app.domain.case import Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.region import areas_of as regions_of
from app.domain.report import Channel, Precision, Report
from app.domain.tables.areas import Area, areas_of
from app.domain.tables.disclosure import Narrowed, batch_labels, disclosure, narrow, printed
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.outcomes import SIGNED_OFF_AT
from app.domain.tables.streaming import how_many
from app.domain.tables.table import PrintedTable
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page


@dataclass(frozen=True)
class PublicRow:
    """One published case. `received_on` is None where the day is not known; then `received_printed` says what is."""

    id: int
    inspection: str
    number: str
    channel: Channel
    received_on: date | None
    received_printed: str
    problem: str
    area: str
    area_en: str
    types: tuple[str, ...]
    findings: str
    verdict: Verdict | None
    target: str
    handling: str
    completion: Completion | None
    accountability: str
    batch: str
    published_on: date
    signed_off_on: date | None
    history: bool


@dataclass(frozen=True)
class Listing:
    """A page of the table, how many cases fit the filters, and how many are published in all."""

    page: Page[PublicRow]
    fitting: int
    every: int


def listing(inspection: Inspection, wanted: Narrowed, cursor: str = "") -> Listing:
    """The newest publications first."""
    query = narrow(session(), _allowed(), inspection, wanted)
    page = read_page(session(), query, by=Case.published_at, key=Case.id, cursor=cursor, make=_row)
    fitting = how_many(session(), query)
    every = fitting if wanted == Narrowed() else _every(inspection)
    return Listing(page, fitting, every)


def newest(inspection: Inspection, wanted: Narrowed, most: int) -> list[PublicRow]:
    """The latest publications, of this inspection's own work."""
    return [row for row, _moment in newest_moments(inspection, wanted, most)]


def newest_moments(inspection: Inspection, wanted: Narrowed, most: int) -> list[tuple[PublicRow, datetime]]:
    """The same, each with the moment of its publication. Rows entered from earlier ones are no news."""
    query = narrow(session(), _allowed(), inspection, wanted).where(Case.history.is_(False))
    latest = query.order_by(Case.published_at.desc(), Case.id.desc()).limit(most)
    return [(_row(row), row.published_at) for row in session().execute(latest)]


def count_by_area(inspection: Inspection, wanted: Narrowed) -> list[tuple[Area, int]]:
    """How many published cases fit in each area, in printed order; what lies in none last, when there is some."""
    areas = areas_of(session(), inspection)
    query: Any = select(Case.area_code, func.count()).select_from(Case).join(Report, Report.id == Case.report_id)
    query = narrow(session(), query.outerjoin(Batch, Batch.id == Case.batch_id), inspection, wanted)
    counted: Counter[str] = Counter()
    for code, count in session().execute(query.group_by(Case.area_code)):
        counted[areas.of(code)] += int(count)
    return [(area, counted[area.code]) for area in areas.rows() if area.code in counted or area in areas.every]


def published_cases(number: str, inspection: str = "") -> list[tuple[PublicRow, Inspection]]:
    """The published cases that carry this number: one, but for imported rows that several inspections printed."""
    query = _allowed().add_columns(Case.inspection_id).where(PUBLISHED, Case.number == number)
    if inspection:
        query = query.where(Inspection.code == inspection)
    found = session().execute(query.order_by(Case.inspection_id)).all()
    return [(_row(row), session().get_one(Inspection, row.inspection_id)) for row in found]


def number_of(case_id: int) -> tuple[str, str]:
    """The number of a published case, and its inspection's code. Raises NotFound."""
    query = select(Case.number, Inspection.code).join(Inspection, Inspection.id == Case.inspection_id)
    found = session().execute(query.where(PUBLISHED, Case.id == case_id)).one_or_none()
    if found is None:
        raise NotFound
    return found.number, found.code


def disclosed(inspection: Inspection, wanted: Narrowed) -> PrintedTable:
    """The printed table, narrowed as the page is."""
    return disclosure(session(), inspection, wanted)


def offered_areas(inspection: Inspection) -> list[Region]:
    """The areas a reader may choose."""
    return regions_of(session(), inspection.region_code)


def offered_towns(inspection: Inspection, area: str) -> list[Region]:
    """The towns of an area that something was published of."""
    with_cases = select(Report.town_code).join(Case, Case.report_id == Report.id)
    with_cases = with_cases.where(Case.inspection_id == inspection.id, Case.area_code == area, PUBLISHED)
    query = select(Region).where(Region.parent_code == area, Region.code.in_(with_cases))
    return list(session().scalars(query.order_by(Region.position, Region.code)))


def offered_batches(inspection: Inspection) -> list[str]:
    return batch_labels(session(), inspection)


def _every(inspection: Inspection) -> int:
    """How many are published in all."""
    query = select(func.count()).select_from(Case).where(Case.inspection_id == inspection.id, PUBLISHED)
    return session().scalar(query) or 0


def _allowed() -> Any:
    columns = printed(
        Case.id,
        Inspection.code.label("inspection"),
        Case.published_at,
        Case.history,
        Region.en.label("area_en"),
        Report.received_at,
        Report.precision,
        Report.received_printed,
        Report.batch_printed,
        Batch.ordinal,
        Batch.sub,
        SIGNED_OFF_AT.label("signed_off_at"),
    )
    return columns.join(Inspection, Inspection.id == Case.inspection_id)


def _row(row: Any) -> PublicRow:
    known = row.precision in (Precision.MOMENT, Precision.DAY)
    sub = f"-{row.sub}" if row.sub else ""
    return PublicRow(
        id=row.id,
        inspection=row.inspection,
        number=row.number,
        channel=Channel(row.channel),
        received_on=clock.local_date(row.received_at) if known else None,
        received_printed=row.received_printed,
        problem=row.publication_problem,
        area=row.area,
        area_en="" if row.history else (row.area_en or ""),
        types=tuple(row.types),
        findings=row.publication_text,
        verdict=Verdict(row.verdict) if row.verdict else None,
        target=row.publication_target,
        handling=row.publication_handling,
        completion=Completion(row.completion) if row.completion else None,
        accountability=row.accountability,
        batch=row.batch_printed or (f"{row.ordinal}{sub}" if row.ordinal else ""),
        published_on=clock.local_date(row.published_at),
        signed_off_on=clock.local_date(row.signed_off_at) if row.signed_off_at else None,
        history=row.history,
    )
