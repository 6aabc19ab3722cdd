"""What waits for one person in one inspection: plans, steps to sign, objections to answer, look-backs."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from app.db import session
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.people import UNIT_BOUND, Actor, Appointment, Unit
from app.domain.rectification import LadderStep, Notice, Objection, Rectification
from app.domain.workflow.rectification import signers
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import RectificationState as S
from app.domain.workflow.vocabulary import Role, StepKind
from app.kernel import clock
from app.kernel.errors import N_
from app.rectification.queries.standing import Condition, at_step, due_before

LABELS: dict[Term, str] = {
    S.PLANNING: N_("Rectification plans to make"),
    S.RECTIFYING: N_("Rectifications under way"),
    StepKind.SELF_CHECK: N_("Self-checks to sign"),
    StepKind.COUNTY: N_("County acceptances to sign"),
    StepKind.DEPARTMENT: N_("Department acceptances to sign"),
    StepKind.CITY: N_("City acceptances to sign"),
    StepKind.NOTICE: N_("Public notices to open or close"),
    StepKind.SIGNATURE: N_("Rectifications for the leader's signature"),
    StepKind.SIGN_OFF: N_("Sign-offs to decide"),
    StepKind.FILING: N_("Sign-offs to file"),
    StepKind.LOOK_BACK: N_("Look-backs due"),
}
OBJECTIONS = N_("Objections to answer")


@dataclass(frozen=True)
class Waiting:
    """How many wait for one thing, how many of them are past their day; `stand` is the list's filter for them."""

    label: str
    stand: str
    count: int
    late: int = 0


def waiting_work(actor: Actor, inspection: Inspection) -> list[Waiting]:
    """Only what this person may do something about: a step they may not sign does not wait for them."""
    roles = frozenset(a.role for a in _held(actor) if a.inspection_id in {None, inspection.id})
    found = [_state(actor, inspection, state) for state in (S.PLANNING, S.RECTIFYING) if Role.OFFICER in roles]
    found += [_step(actor, inspection, kind) for kind in StepKind if signers(kind) & roles]
    if Role.COORDINATOR in roles:
        found.append(_objections(actor, inspection))
    return [one for one in found if one.count]


def _state(actor: Actor, inspection: Inspection, state: S) -> Waiting:
    query = _reached(actor, inspection, {Role.OFFICER}).where(Rectification.state == str(state))
    return _counted(LABELS[state], str(state), query, due_before(clock.today()))


def _step(actor: Actor, inspection: Inspection, kind: StepKind) -> Waiting:
    query = _reached(actor, inspection, (), kind).where(at_step(kind), _not_signed_by(actor))
    late: Condition = false()
    if kind == StepKind.NOTICE:
        query = query.where(~_notice(Notice.ends_on >= clock.today()) & ~_notice(_unanswered()))
    if kind == StepKind.LOOK_BACK:
        query, late = query.where(Rectification.look_back_on <= clock.today()), due_before(clock.today())
    return _counted(LABELS[kind], str(kind), query, late)


def _objections(actor: Actor, inspection: Inspection) -> Waiting:
    query = _reached(actor, inspection, {Role.COORDINATOR}).where(_notice(_unanswered()))
    return _counted(OBJECTIONS, str(StepKind.NOTICE), query, _notice(_unanswered(), Notice.ends_on < clock.today()))


def _held(actor: Actor) -> tuple[Appointment, ...]:
    """Their own roles, and those they act in as a deputy."""
    return (*actor.appointments, *actor.duties)


def _reached(
    actor: Actor, inspection: Inspection, roles: Collection[Role], kind: StepKind | None = None
) -> Select[int]:
    """Cycles over which one of these roles is held, or the role their ladder gives the step of a kind to: as

    Rectification.roles_of, in the database.
    """
    query = select(Rectification.id).join(Case).outerjoin(Unit, Unit.id == Case.lead_unit_id)
    wanted = roles if kind is None else signers(kind)
    held = [a for a in _held(actor) if a.role in wanted and a.inspection_id in {None, inspection.id}]
    covered = [_covers(a) if kind is None else _covers(a) & _given_to(a.role, kind) for a in held]
    return query.where(Rectification.inspection_id == inspection.id, or_(false(), *covered))


def _given_to(role: Role, kind: StepKind) -> Condition:
    step = aliased(LadderStep)
    return exists().where(
        step.rectification_id == Rectification.id,
        step.climb == Rectification.climb,
        step.kind == str(kind),
        step.role.is_(None) | (step.role == str(role)),
    )


def _covers(appointment: Appointment) -> Condition:
    if appointment.role in UNIT_BOUND and appointment.unit_path is not None:
        return Unit.path.startswith(appointment.unit_path, autoescape=True)
    return Rectification.id.is_not(None)


def _not_signed_by(actor: Actor) -> Condition:
    step = aliased(LadderStep)
    signed = exists().where(
        step.rectification_id == Rectification.id,
        step.climb == Rectification.climb,
        step.signed_at.is_not(None),
        (step.signed_by_id == actor.person_id) | (step.signed_for_id == actor.person_id),
    )
    return ~signed & Rectification.submitted_by_id.is_distinct_from(actor.person_id)


def _notice(*more: Condition) -> Condition:
    """It has a notice in its present climb, of which this holds."""
    return exists().where(Notice.rectification_id == Rectification.id, Notice.climb == Rectification.climb, *more)


def _unanswered() -> Condition:
    return exists().where(Objection.notice_id == Notice.id, Objection.answered_at.is_(None))


def _counted(label: str, stand: str, query: Select[int], late: Condition) -> Waiting:
    counted = [session().scalar(select(func.count()).select_from(q.subquery())) for q in (query, query.where(late))]
    return Waiting(label, stand, counted[0] or 0, counted[1] or 0)
