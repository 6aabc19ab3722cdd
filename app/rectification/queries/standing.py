"""Where cycles stand, as conditions of a query: at a step, late, behind, done."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from app.domain.rectification import LadderStep, Measure, Progress, Rectification
from app.domain.workflow.rectification import LADDER
from app.domain.workflow.vocabulary import RectificationState as S
from app.domain.workflow.vocabulary import StepKind

Condition = ColumnElement[bool]
WORKING = (S.PLANNING, S.RECTIFYING)
OVER = (S.CONSOLIDATED, S.RELAPSED)


def at_step(*kinds: StepKind) -> Condition:
    """On the ladder, with one of these as the step whose turn it is."""
    step, earlier = aliased(LadderStep), aliased(LadderStep)
    before = exists().where(
        earlier.rectification_id == step.rectification_id,
        earlier.climb == step.climb,
        earlier.position < step.position,
        earlier.signed_at.is_(None),
    )
    here = exists().where(
        step.rectification_id == Rectification.id,
        step.climb == Rectification.climb,
        step.kind.in_([str(kind) for kind in kinds]),
        step.signed_at.is_(None),
        ~before,
    )
    return and_(Rectification.state.in_(LADDER), here)


def due_before(day: date) -> Condition:
    """Something of it was to be done before this day: a measure, the target, or the look-back."""
    unsigned = Rectification.signed_off_at.is_(None)
    return and_(
        Rectification.state.not_in(OVER),
        or_(
            and_(Rectification.state.in_(WORKING), unfinished(Measure.due_on < day)),
            and_(unsigned, Rectification.target_on < day),
            Rectification.look_back_on < day,
        ),
    )


def unfinished(*more: Condition) -> Condition:
    """It has a measure that is not done."""
    return exists().where(Measure.rectification_id == Rectification.id, Measure.progress != str(Progress.DONE), *more)


def behind() -> Condition:
    return unfinished(Measure.progress == str(Progress.BEHIND))


def all_done() -> Condition:
    return and_(exists().where(Measure.rectification_id == Rectification.id), ~unfinished())
