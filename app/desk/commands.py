"""The frozen words between a clerk's form and the service."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.receiving import Statement
from app.domain.reporter import Reporter
from app.domain.ringing import Again, CallBack, RingOutcome
from app.domain.workflow.vocabulary import Need, ReportAction

SCANS = 60
"""Files that may come with one letter: a page each, or a PDF of many."""


@dataclass(frozen=True)
class TakeDown:
    """One report as it is taken down. The same `submission_key` again is the same report and the same receipt.

    Of a letter: what stands on its `envelope`, or the clerk's own report (`same_letter`) that came in the same one.
    """

    statement: Statement
    reporter: Reporter
    submission_key: str
    envelope: str = ""
    same_letter: int | None = None


@dataclass(frozen=True)
class Look:
    """What is known so far of a report, to be looked up beside the typing. Nothing of it is kept by looking."""

    words: str
    area_code: str | None = None
    town_code: str | None = None
    place: str = ""
    point: tuple[float, float] | None = None
    polluter: str = ""
    types: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True)
class Answered:
    """What a reporter said on the telephone to the team's question."""

    ring_up_id: int
    words: str


@dataclass(frozen=True)
class Tried:
    """A try that came to nothing, and when to try again."""

    ring_up_id: int
    outcome: RingOutcome
    again: Again


@dataclass(frozen=True)
class CalledBack:
    """What a reporter said of the answer at a call-back; the words of a dissatisfied one are needed."""

    ring_up_id: int
    result: CallBack
    words: str


@dataclass(frozen=True)
class Act:
    """What a clerk does later to a report of their own; `said` as the report's table asks."""

    report_id: int
    action: ReportAction
    said: Mapping[Need, str]
    version: int | None = None
