"""Reports that are like one, and what became of them."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.report import Referral, Report
from app.domain.search import Repeat, repeats
from app.domain.suggesting.kinds import SHOWN, Ground, Kind, Suggestion, Voice
from app.domain.suggesting.weighing import Fates
from app.domain.workflow.vocabulary import ReportState

MOST = 8
SUREST = 0.95
ACCEPTED = (ReportState.ACCEPTED, ReportState.ANSWERED)
GONE = (ReportState.VOIDED, ReportState.WITHDRAWN)


def similar(session: Session, report: Report) -> list[Repeat]:
    """The likeliest first (app/domain/search/repeats.py); telephones are not compared."""
    point = None if report.latitude is None or report.longitude is None else (report.latitude, report.longitude)
    return repeats(
        session,
        report.inspection_id,
        report.description,
        area_code=report.area_code,
        types=report.types,
        point=point,
        polluter=report.polluter,
        besides=report.id,
        most=MOST,
    )


def fates(session: Session, likes: Sequence[Repeat]) -> Fates:
    """What became of these reports; one that is not judged yet, or void, counts for nothing."""
    judged = [one.report_id for one in likes if one.state in (*ACCEPTED, ReportState.REFERRED)]
    if not judged:
        return Fates()
    standing = Referral.withdrawn_at.is_(None) & Referral.report_id.in_(judged)
    classes = Counter(session.scalars(select(Referral.referral_class).where(standing)))
    accepted = sum(1 for one in likes if one.state in ACCEPTED)
    return Fates(accepted + classes.total(), accepted, classes)


def earlier_ones(report: Report, likes: Sequence[Repeat]) -> list[Suggestion]:
    """Those that this report could be merged into, as suggestions; a score of likeness is no probability."""
    standing = [one for one in likes if one.state not in GONE and one.received_on <= report.received_on]
    return [
        Suggestion(
            Kind.REPEAT, str(one.report_id), min(SUREST, max(SHOWN, one.score)), (Ground(Voice.LIKE, "", one.score),)
        )
        for one in standing
    ]
