"""What the public reads: frozen rows of an allow-list; dates only, and of history no more than was printed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.db import session
from app.domain.batch import Batch
from app.domain.case import Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.region import areas_of as regions_of
from app.domain.report import Channel, Precision, Report
from app.domain.tables.disclosure import Narrowed, batch_labels, disclosure, narrow, printed
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.streaming import how_many
from app.domain.tables.table import PrintedTable
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.paging import Page, read_page


@dataclass(frozen=True)
class PublicRow:
    """One published case. `received_on` is None where the day is not known; then `received_printed` says what is."""

    id: int
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
    history: bool


@dataclass(frozen=True)
class Listing:
    """A page of the table, how many cases fit the filters, and how many are published in all."""

    page: Page[PublicRow]
    fitting: int
    every: int


def listing(inspection: Inspection, wanted: Narrowed, cursor: str = "") -> Listing:
    """The newest publications first."""
    query = narrow(_allowed(), inspection, wanted)
    page = read_page(session(), query, by=Case.published_at, key=Case.id, cursor=cursor, make=_row)
    fitting = how_many(session(), query)
    every = fitting if wanted == Narrowed() else how_many(session(), narrow(_allowed(), inspection, Narrowed()))
    return Listing(page, fitting, every)


def published_case(case_id: int) -> tuple[PublicRow, Inspection]:
    """Raises NotFound alike for a case that is not published and one that is not there."""
    query = _allowed().add_columns(Case.inspection_id).where(PUBLISHED, Case.id == case_id)
    found = session().execute(query).one_or_none()
    if found is None:
        raise NotFound
    return _row(found), session().get_one(Inspection, found.inspection_id)


def disclosed(inspection: Inspection, wanted: Narrowed) -> PrintedTable:
    """The printed table, narrowed as the page is."""
    return disclosure(session(), inspection, wanted)


def offered_areas(inspection: Inspection) -> list[Region]:
    """The areas a reader may choose."""
    return regions_of(session(), inspection.region_code)


def offered_batches(inspection: Inspection) -> list[str]:
    return batch_labels(session(), inspection)


def _allowed() -> Any:
    return printed(
        Case.id,
        Case.published_at,
        Case.history,
        Region.en.label("area_en"),
        Report.received_at,
        Report.precision,
        Report.received_printed,
        Report.batch_printed,
        Batch.ordinal,
        Batch.sub,
    )


def _row(row: Any) -> PublicRow:
    known = row.precision in (Precision.MOMENT, Precision.DAY)
    sub = f"-{row.sub}" if row.sub else ""
    return PublicRow(
        id=row.id,
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
        history=row.history,
    )
