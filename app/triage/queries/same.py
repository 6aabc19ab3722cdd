"""Reports of the same words: the first of them, and the others that wait to be judged."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db import session
from app.domain.people import Actor
from app.domain.report import Report
from app.domain.scope import load, scoped
from app.domain.workflow.vocabulary import ReportState

GONE = (ReportState.VOIDED, ReportState.WITHDRAWN)
SHOWN = 200


@dataclass(frozen=True)
class Flood:
    """`first`: what the others can be merged into. `waiting`: the oldest of `total` others that wait."""

    first: Report
    waiting: list[Report]
    total: int


def flood(actor: Actor, report_id: int) -> Flood:
    """Raises NotFound as everywhere."""
    report = load(session(), actor, Report, report_id)
    others = copies_of(actor, first := first_of(session(), actor, report))
    total = session().scalar(select(func.count()).select_from(others.subquery())) or 0
    oldest = others.order_by(Report.received_at, Report.id).limit(SHOWN)
    return Flood(first, list(session().scalars(oldest).unique()), total)


def first_of(current: Session, actor: Actor, report: Report) -> Report:
    """The report of these words that came first and still stands; the report itself when it is the only one."""
    if report.words_digest is None:
        return report
    same = _same(actor, report).where(Report.state.not_in([str(state) for state in GONE]))
    return current.scalar(same.order_by(Report.received_at, Report.id).limit(1)) or report


def copies_of(actor: Actor, first: Report) -> Select[Report]:
    """The others of the same words that wait to be judged."""
    return _same(actor, first).where(Report.state == str(ReportState.REGISTERED), Report.id != first.id)


def _same(actor: Actor, report: Report) -> Select[Report]:
    return scoped(actor, Report).where(
        Report.inspection_id == report.inspection_id,
        Report.words_digest == report.words_digest,
        Report.words_digest.is_not(None),
    )
