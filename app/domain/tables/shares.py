"""Pollution types as shares: of tags, not of cases, for one case may have several (practice of the bulletins)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain import catalogue
from app.domain.catalogue import Entry
from app.domain.inspection import Inspection
from app.domain.report import Report, ReportType
from app.domain.tables.figures import ACCEPTED_STATES
from app.domain.tables.halves import Count, total

UNKNOWN = Entry("", "未列入目录", "Not in the catalogue")
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """One class: how many accepted reports carry it, and that as a share of all tags."""

    entry: Entry
    count: Count
    percent: Decimal


def shares(session: Session, inspection: Inspection) -> list[Share]:
    """The reporting classes of the inspection's accepted reports, the most frequent first; [] when there are none.

    A sub-tag counts for its class; a report with a class and a sub-tag of it counts there once.
    """
    kind = case(classes(), value=ReportType.code, else_="")
    query = (
        select(kind, func.count(func.distinct(ReportType.report_id)))
        .join(Report, Report.id == ReportType.report_id)
        .where(Report.inspection_id == inspection.id, Report.state.in_(ACCEPTED_STATES))
        .group_by(kind)
    )
    return ranked({str(code): int(count) for code, count in session.execute(query)})


def classes() -> dict[str, str]:
    """The class of each type and sub-tag."""
    parents = {code: entry.parent or "" for code, entry in catalogue.tags().items()}
    return parents | {code: code for code in catalogue.types()}


def ranked(counted: Mapping[str, Count]) -> list[Share]:
    """Classes with how many carry each, the most frequent first, each as its share of all tags."""
    tags = total(counted.values())
    found = [Share(catalogue.types().get(code, UNKNOWN), n, percent(n, tags)) for code, n in counted.items()]
    return sorted(found, key=lambda share: (-share.count, share.entry.code))


def percent(part: Count, whole: Count) -> Decimal:
    """A share in hundredths, to one decimal."""
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)
