"""After the answer: how far a case has been put right, as its reporter may know it. Figures and days, no texts."""

from app.domain.case import Case
from app.domain.rectification import Notice, Progress, Rectification
from app.domain.workflow.vocabulary import RectificationState
from app.kernel import clock
from app.tracking.ladder import running
from app.tracking.rows import PutRight, Shown
from app.tracking.wording import RIGHT_STANDING

UNDER_WAY = (RectificationState.PLANNING, RectificationState.RECTIFYING)


def put_right(case: Case) -> PutRight | None:
    """The latest cycle of a case; None while there is none."""
    if not case.rectifications:
        return None
    cycle: Rectification = case.rectifications[-1]
    return PutRight(
        standing=RIGHT_STANDING[cycle.status],
        measures=len(cycle.measures),
        done=sum(measure.progress == Progress.DONE for measure in cycle.measures),
        target_on=cycle.target_on if cycle.status in UNDER_WAY else None,
        look_back_on=cycle.look_back_on if cycle.status == RectificationState.SIGNED_OFF else None,
        notice=_shown(cycle.notices[-1]) if cycle.notices and case.published_at else None,
    )


def _shown(notice: Notice) -> Shown:
    closed = clock.local_date(notice.closed_at) if notice.closed_at else None
    return Shown(
        id=notice.id,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        running=running(notice) is not None,
        returned=closed is not None and closed <= notice.ends_on,
    )
