"""Reports that are like one, and what became of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.domain.report import Referral, Report
from app.domain.suggesting.weighing import Fates
from app.domain.workflow.vocabulary import ReportState

MOST = 8
ACCEPTED = (ReportState.ACCEPTED, ReportState.ANSWERED)


@dataclass(frozen=True)
class Similar:
    """A report of the same inspection, and how like it is (0 to 1)."""

    report_id: int
    score: float


def similar(session: Session, report: Report) -> list[Similar]:
    """The likeliest first: the same words, the same polluter in the same area."""
    ways: list[ColumnElement[bool]] = []
    if report.words_digest:
        ways.append(Report.words_digest == report.words_digest)
    if report.polluter and report.area_code:
        ways.append((Report.polluter == report.polluter) & (Report.area_code == report.area_code))
    if not ways:
        return []
    here = (Report.inspection_id == report.inspection_id, Report.id != report.id)
    query = select(Report.id, Report.words_digest).where(*here, or_(*ways)).order_by(Report.id.desc()).limit(MOST)
    rows = [
        (report_id, digest is not None and digest == report.words_digest)
        for report_id, digest in session.execute(query)
    ]
    return [Similar(report_id, 0.9 if same else 0.6) for report_id, same in sorted(rows, key=lambda row: not row[1])]


def fates(session: Session, ids: Sequence[int]) -> Fates:
    """What became of these reports; one that is not judged yet, or void, counts for nothing."""
    if not ids:
        return Fates()
    standing = (Referral.report_id == Report.id) & Referral.withdrawn_at.is_(None)
    query = select(Report.state, Referral.referral_class).outerjoin(Referral, standing).where(Report.id.in_(ids))
    rows = session.execute(query).all()
    accepted = sum(1 for state, _ in rows if state in ACCEPTED)
    classes = Counter(code for state, code in rows if state == ReportState.REFERRED and code)
    return Fates(accepted + classes.total(), accepted, classes)
