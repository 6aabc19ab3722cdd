"""Changing an adopted plan: proposed with a reason, decided by somebody else, the former version kept (ADR 0025)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.people import Actor, Unit
from app.domain.plan import PlanLine, PlanText, differences, in_words
from app.domain.plan_version import PlanChange, PlanVersion
from app.domain.rectification import Measure, Progress, Rectification
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel.errors import N_, Refused
from app.rectification.commands import DecideChange, MeasureLine, ProposeChange
from app.rectification.services.holding import hold


def unit_of(session: Session, unit_id: int) -> Unit:
    """The unit that is to answer for a measure. Raises Refused for one that cannot."""
    unit = session.get(Unit, unit_id)
    if unit is None or not unit.active:
        told = N_("Please choose one of the choices shown.")
        raise Refused(told, fields={str(Need.UNIT): told})
    return unit


def keep_version(session: Session, record: Rectification, actor: Actor, change: PlanChange | None = None) -> None:
    """The plan as it now stands, word by word, under the next number."""
    number = len(record.versions) + 1
    record.versions.append(
        PlanVersion(
            number=number,
            adopted_at=actor.now(),
            adopted_by_id=actor.person_id,
            change_id=change.id if change else None,
            content=PlanText.of(record).kept(),
        )
    )
    session.flush()


def propose_change(actor: Actor, words: ProposeChange) -> None:
    """Ask for another plan; the adopted one stands until somebody else has approved it.

    Raises Refused, field by field, for a measure that ends after the plan, and where nothing differs.
    """
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        wanted = _wanted(session, record, words)
        found = differences(PlanText.of(record), wanted)
        if not found:
            raise Refused(N_("Nothing differs from the plan as it stands."))
        said = {Need.CHANGE: in_words(found), Need.REASON: words.reason}
        record.perform(A.PROPOSE_CHANGE, actor, said, {"change": len(record.changes) + 1})
        _refuse_unfit(wanted)
        record.changes.append(
            PlanChange(
                proposed_at=actor.now(), proposed_by_id=actor.person_id, reason=words.reason, content=wanted.kept()
            )
        )


def _wanted(session: Session, record: Rectification, words: ProposeChange) -> PlanText:
    """The plan as it would be; new measures get the numbers after every one there ever was."""
    known = {measure.position: measure for measure in record.measures}
    query = select(func.max(Measure.position)).where(Measure.rectification_id == record.id)
    free, lines = session.scalar(query) or 0, list[PlanLine]()
    for line in words.lines:
        if line.position in known:
            position = line.position
        else:
            free = position = free + 1
        lines.append(_line(session, known.get(line.position), position, line))
    if not lines:
        raise Refused(N_("At least one measure has to be left in the plan."))
    return PlanText(words.target, words.target_on, tuple(lines))


def _line(session: Session, kept: Measure | None, position: int, line: MeasureLine) -> PlanLine:
    """A unit that was given before stays as it is, also when it has been closed since."""
    same = kept is not None and kept.unit_id == line.unit_id
    unit = kept.unit if kept and same else unit_of(session, line.unit_id)
    name = unit.name if unit else ""
    return PlanLine(position, line.text, line.unit_id or None, name, line.due_on, line.cost)


def _refuse_unfit(plan: PlanText) -> None:
    late = [one.position for one in plan.lines if plan.target_on and one.due_on > plan.target_on]
    if late:
        told = N_("One of the measures ends after this day.")
        raise Refused(told, fields={"target_on": told})


def decide_change(actor: Actor, words: DecideChange) -> None:
    """Approve the change that waits, and the plan is what it says; or refuse it with a reason."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        change = record.open_change
        action = A.APPROVE_CHANGE if words.approved else A.REFUSE_CHANGE
        facts = {"change": record.changes.index(change) + 1} if change else {}
        said = {} if words.approved else {Need.REASON: words.reason}
        record.perform(action, actor, said, facts)
        if change is None:
            raise RuntimeError("the table let a change be decided that is not there")
        change.decided_at, change.decided_by_id = actor.now(), actor.person_id
        change.approved, change.answer = words.approved, words.reason
        if words.approved:
            _carry_out(session, record, PlanText.read(change.content), actor)
            keep_version(session, record, actor, change)


def _carry_out(session: Session, record: Rectification, plan: PlanText, actor: Actor) -> None:
    record.target, record.target_on = plan.target, plan.target_on
    known = {measure.position: measure for measure in record.measures}
    for position in known.keys() - {line.position for line in plan.lines}:
        known[position].dropped_at = actor.now()
    for line in plan.lines:
        measure = known.get(line.position) or Measure(rectification_id=record.id, position=line.position)
        is_new = line.position not in known
        if is_new or (measure.text != line.text and measure.progress == Progress.DONE):
            # To be done, or to be done otherwise than it was: it is told of from now on.
            measure.progress, measure.planned_at = str(Progress.ON_SCHEDULE), actor.now()
        measure.text, measure.due_on, measure.cost = line.text, line.due_on, line.cost
        measure.unit_id = line.unit_id
        session.add(measure)
    session.flush()
    session.expire(record, ["measures"])
