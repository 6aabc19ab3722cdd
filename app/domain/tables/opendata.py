"""The published cases as data: fields with keys that stay, each with what it means; an allow-list like the table's."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import catalogue
from app.domain.batch import Batch
from app.domain.case import Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.report import Channel, Precision, Report
from app.domain.tables.disclosure import Narrowed, narrow, printed
from app.domain.tables.figures import PUBLISHED
from app.domain.tables.outcomes import SIGNED_OFF_AT
from app.domain.tables.places import NEEDED
from app.domain.tables.streaming import AT_A_TIME, how_many
from app.domain.tables.table import Column, Line, PrintedTable
from app.domain.workflow.terms import Term
from app.kernel import clock

Value = str | bool | list[str] | None
TITLE = "办理情况公开数据"


@dataclass(frozen=True)
class OpenField:
    """One line of the data dictionary (opendata.toml). `kind` is text, code, codes, date or yes-no."""

    key: str
    zh: str
    en: str
    kind: str
    meaning_zh: str
    meaning_en: str
    example: Value
    width: int


CODES: Mapping[str, type[Term]] = {"channel": Channel, "verdict": Verdict, "completion": Completion}
FIELDS = tuple(
    OpenField(**raw) for raw in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["field"]
)
"""In the order of the columns."""

Record = Mapping[str, Value]


def records(session: Session, inspection: Inspection, wanted: Narrowed) -> tuple[Callable[[], Iterator[Any]], int]:
    """The rows of `query`, read one at a time by calling the first, and how many are published in all."""
    query = narrow(session, _allowed(), inspection, wanted).order_by(Case.id)
    every = how_many(session, select(Case.id).where(Case.inspection_id == inspection.id, PUBLISHED))

    def rows() -> Iterator[Any]:
        yield from session.execute(query.execution_options(yield_per=AT_A_TIME))

    return rows, every


def record(row: Any, inspection: Inspection) -> dict[str, Value]:
    """One case under its keys."""
    known = row.precision in (Precision.MOMENT, Precision.DAY)
    sub = f"-{row.sub}" if row.sub else ""
    found: dict[str, Value] = {
        "number": row.number,
        "inspection": inspection.code,
        "channel": Channel(row.channel).name.lower(),
        "received_on": _day(row.received_at) if known else None,
        "problem": row.publication_problem,
        "area_code": row.area_code,
        "area": row.area,
        "types": list(row.types),
        "findings": row.publication_text,
        "verdict": row.verdict,
        "target": row.publication_target,
        "handling": row.publication_handling,
        "completion": row.completion,
        "accountability": row.accountability,
        "batch": row.batch_printed or (f"{row.ordinal}{sub}" if row.ordinal else None),
        "published_on": None if row.history else _day(row.published_at),
        "signed_off_on": _day(row.signed_off_at),
        "history": row.history,
    }
    return found


def as_table(session: Session, inspection: Inspection, wanted: Narrowed) -> PrintedTable:
    """The records under their keys, for CSV and XLSX: several codes are joined by a semicolon."""
    rows, every = records(session, inspection, wanted)
    return PrintedTable(
        name="cases",
        title=TITLE,
        subtitle=inspection.title,
        columns=tuple(Column(field.key, field.width) for field in FIELDS),
        rows=lambda: (_line(record(row, inspection)) for row in rows()),
        total=every,
        moment=clock.now(),
    )


def codes_of(field: OpenField) -> list[Mapping[str, str]]:
    """Every code a field may hold; [] where they are not a list of ours."""
    if field.kind == "codes":
        known = [*catalogue.types().values(), *catalogue.tags().values()]
        return [{"code": one.code, "zh": one.zh, "en": one.en} for one in known]
    return [{"code": _code(term), "zh": term.zh, "en": term.en} for term in CODES.get(field.key, ())]


def _code(term: Term) -> str:
    """A channel is kept as one letter; its name says more."""
    return term.name.lower() if isinstance(term, Channel) else str(term)


def _allowed() -> Any:
    """The report's point is read for its rounding, and is none of the fields."""
    return printed(
        Case.id,
        *NEEDED,
        Case.published_at,
        Case.history,
        Report.received_at,
        Report.precision,
        Report.batch_printed,
        Batch.ordinal,
        Batch.sub,
        SIGNED_OFF_AT.label("signed_off_at"),
    )


def _line(kept: Record) -> Line:
    return tuple(_cell(kept[field.key]) for field in FIELDS)


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list) else value or ""


def _day(moment: Any) -> str | None:
    return None if moment is None else clock.local_date(moment).isoformat()
