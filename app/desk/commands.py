"""The frozen words between a clerk's form and the service."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.receiving import Statement
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import Need, ReportAction


@dataclass(frozen=True)
class TakeDown:
    """One report as it is taken down. The same `submission_key` again is the same report and the same receipt."""

    statement: Statement
    reporter: Reporter
    submission_key: str


@dataclass(frozen=True)
class Act:
    """What a clerk does later to a report of their own; `said` as the report's table asks."""

    report_id: int
    action: ReportAction
    said: Mapping[Need, str]
    version: int | None = None
