"""Every figure of the dashboards and the summary table, each defined once: a condition that both the count

and the list of what is behind it use. Counted by the database, grouped by area and channel or batch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from app.domain.case import BEFORE_HAND_OVER, COUNTED_FROM, Case, Completion
from app.domain.inspection import Inspection
from app.domain.lateness import late, overdue
from app.domain.report import Report
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseState, ReportState

Condition = ColumnElement[bool]


class ReportFigure(Term):
    """What became of the reports. RECEIVED is the sum of the others."""

    RECEIVED = "received", "收到来件", "Received"
    ACCEPTED = "accepted", "受理", "Accepted"
    REFERRED = "referred", "移交其他部门", "Referred elsewhere"
    MERGED = "merged", "重复件", "Repeats"
    VOIDED = "voided", "无效", "Void"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"
    PENDING = "pending", "待研判", "To be judged"


class CaseFigure(Term):
    """How far the cases have come. HANDED_OVER is DONE + STAGED + OPEN + UNSTATED."""

    CASES = "cases", "转办件", "Cases"
    HANDED_OVER = "handed_over", "交办", "Handed over"
    REPLIED = "replied", "已反馈", "Replied"
    PUBLISHED = "published", "已公开", "Published"
    DONE = "done", "已办结", "Completed"
    STAGED = "staged", "阶段性办结", "Completed for now"
    OPEN = "open", "未办结", "Not completed"
    UNSTATED = "unstated", "未载明办结情况", "Completion not stated"
    LATE = "late", "逾期", "Late"
    OVERDUE = "overdue", "逾期未反馈", "Overdue without a reply"
    KEY = "key", "重点件", "Key"


ACCEPTED_STATES = (ReportState.ACCEPTED, ReportState.ANSWERED)
REPORTS: Mapping[ReportFigure, Condition] = {
    ReportFigure.RECEIVED: true(),
    ReportFigure.ACCEPTED: Report.state.in_(ACCEPTED_STATES),
    ReportFigure.REFERRED: Report.state == ReportState.REFERRED,
    ReportFigure.MERGED: Report.state == ReportState.MERGED,
    ReportFigure.VOIDED: Report.state == ReportState.VOIDED,
    ReportFigure.WITHDRAWN: Report.state == ReportState.WITHDRAWN,
    ReportFigure.PENDING: Report.state.in_((ReportState.REGISTERED, ReportState.ASKED)),
}
LIVE = Case.state != CaseState.CANCELLED
HANDED = Case.state.not_in(BEFORE_HAND_OVER)
PUBLISHED = and_(LIVE, Case.published_at.is_not(None))
"""Stands in the public table: from its publication until it is unpublished, also while its review is reopened."""
NOT_STATED = and_(Case.history.is_(True), Case.completion.is_(None))


def cases_by(today: date) -> Mapping[CaseFigure, Condition]:
    """The conditions of the case figures, as they stand on a day of the office's calendar."""
    return {
        CaseFigure.CASES: LIVE,
        CaseFigure.HANDED_OVER: HANDED,
        CaseFigure.REPLIED: and_(HANDED, or_(Case.replied_at.is_not(None), Case.published_at.is_not(None))),
        CaseFigure.PUBLISHED: PUBLISHED,
        CaseFigure.DONE: and_(HANDED, Case.completion == Completion.DONE),
        CaseFigure.STAGED: and_(HANDED, Case.completion == Completion.STAGED),
        CaseFigure.OPEN: and_(
            HANDED, func.coalesce(Case.completion, str(Completion.OPEN)) == Completion.OPEN, ~NOT_STATED
        ),
        CaseFigure.UNSTATED: and_(HANDED, NOT_STATED),
        CaseFigure.LATE: and_(HANDED, late(COUNTED_FROM, Case.replied_at, today)),
        CaseFigure.OVERDUE: and_(HANDED, overdue(Case.feedback_due_on, Case.replied_at, today)),
        CaseFigure.KEY: and_(LIVE, Case.key.is_(True)),
    }


@dataclass(frozen=True)
class Tally:
    """How many of each figure there are in one group (`keys` says of what)."""

    keys: tuple[Any, ...]
    counts: Mapping[Term, int]


def tally_reports(session: Session, inspection: Inspection) -> list[Tally]:
    """The report figures by (area code, channel)."""
    query = _counting(REPORTS, Report.area_code, Report.channel).where(Report.inspection_id == inspection.id)
    return _tallies(session, query, REPORTS, 2)


def tally_cases(session: Session, inspection: Inspection, today: date) -> list[Tally]:
    """The case figures by (area code, batch id)."""
    figures = cases_by(today)
    query = _counting(figures, Case.area_code, Case.batch_id).where(Case.inspection_id == inspection.id)
    return _tallies(session, query, figures, 2)


def added(tallies: Iterable[Tally], figures: Iterable[Term]) -> dict[Term, int]:
    """The sum of several groups; zeros where there is none."""
    groups = list(tallies)
    return {figure: sum(group.counts[figure] for group in groups) for figure in figures}


def _counting(figures: Mapping[Any, Condition], *keys: Any) -> Select[Any]:
    counts = [func.sum(case((condition, 1), else_=0)) for condition in figures.values()]
    return select(*keys, *counts).group_by(*keys)


def _tallies(session: Session, query: Select[Any], figures: Iterable[Any], width: int) -> list[Tally]:
    order = list(figures)
    return [
        Tally(tuple(row[:width]), dict(zip(order, (int(count) for count in row[width:]), strict=True)))
        for row in session.execute(query)
    ]
