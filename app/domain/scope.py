"""Loading is permission: every query for an actor starts here (docs: trust, Objects)."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, case, false, inspect, or_, select, true
from sqlalchemy.orm import Session

from app.db import Base
from app.domain.alarm import Alarm
from app.domain.batch import Batch
from app.domain.case import BEFORE_HAND_OVER, Case, SupportingUnit
from app.domain.inspection import Inspection
from app.domain.people import UNIT_BOUND, Actor, Appointment, Unit
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.domain.reporter import Identity
from app.domain.ringing import RingUp
from app.domain.sheet import Sheet
from app.domain.spot_check import SpotList
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound

WHOLE_INSPECTION = frozenset({R.INSPECTOR, R.LEADER, R.SUPERVISOR})
Condition = ColumnElement[bool]
Noun = TypeVar("Noun", bound=Base)


def scoped(actor: Actor, noun: type[Noun]) -> Select[Noun]:
    """The records of a noun that this actor may see, as a query to go on from."""
    rule = RULES[noun]
    visible = [rule(actor, appointment) for appointment in actor.appointments]
    return select(noun).where(or_(false(), *visible))


def load(session: Session, actor: Actor, noun: type[Noun], key: Any, *options: Any) -> Noun:
    """One record this actor may see. Raises NotFound alike for a missing one and somebody else's."""
    query = scoped(actor, noun).where(inspect(noun).primary_key[0] == key).options(*options)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def within(actor: Actor, noun: type[Noun]) -> ColumnElement[bool]:
    """The scope as a look at few records that were found otherwise, and no way to them: a database that took it for

    one would walk through a whole inspection.
    """
    return case((or_(false(), *(RULES[noun](actor, one) for one in actor.appointments)), 1), else_=0) == 1


def sees_whole(actor: Actor, inspection_id: int) -> bool:
    """Whether every record of an inspection is in this actor's sight: then a list may be read along an index alone."""
    return any(
        held.role in WHOLE_INSPECTION and held.inspection_id in {None, inspection_id} for held in actor.appointments
    )


def _inspection(noun: Any, appointment: Appointment) -> Condition:
    if appointment.inspection_id is None:
        return true()
    own: Condition = noun.inspection_id == appointment.inspection_id
    return own


def _reports(actor: Actor, appointment: Appointment) -> Condition:
    if appointment.role in WHOLE_INSPECTION | {R.HISTORIAN}:
        return _inspection(Report, appointment)
    if appointment.role == R.CLERK:
        return _inspection(Report, appointment) & (Report.taken_by_id == actor.person_id)
    return false()


def _cases(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    if appointment.role in WHOLE_INSPECTION | {R.HISTORIAN}:
        return _inspection(Case, appointment)
    handed_over = _inspection(Case, appointment) & Case.state.not_in(BEFORE_HAND_OVER)
    if appointment.role == R.COORDINATOR:
        return handed_over
    if appointment.role in UNIT_BOUND:
        return handed_over & _of_branch(appointment)
    return false()


def _of_branch(appointment: Appointment) -> Condition:
    """Cases whose lead or supporting unit lies in the appointment's branch of the tree."""
    if appointment.unit_path is None:
        return Case.lead_unit_id.is_not(None)
    branch = select(Unit.id).where(Unit.path.startswith(appointment.unit_path, autoescape=True))
    helping = select(SupportingUnit.case_id).where(SupportingUnit.unit_id.in_(branch))
    return Case.lead_unit_id.in_(branch) | Case.id.in_(helping)


def _rectifications(actor: Actor, appointment: Appointment) -> Condition:
    return Rectification.case_id.in_(select(Case.id).where(_cases(actor, appointment)))


def _batches(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    if appointment.role in WHOLE_INSPECTION:
        return _inspection(Batch, appointment)
    if appointment.role == R.COORDINATOR:
        return _inspection(Batch, appointment) & Batch.handed_over_at.is_not(None)
    return false()


def _identities(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    """The custodian's door; a leader sees the requests, an inspector their own report's."""
    if appointment.role in {R.CUSTODIAN, R.LEADER, R.INSPECTOR}:
        return _inspection(Identity, appointment)
    return false()


def _ring_ups(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    """Whichever clerk is at the desk rings up: who took the report down may be at home."""
    return _inspection(RingUp, appointment) if appointment.role == R.CLERK else false()


def _sheets(actor: Actor, appointment: Appointment) -> Condition:
    """What is in a sheet is read by nobody but the one who brought it."""
    if appointment.role == R.CLERK:
        return _inspection(Sheet, appointment) & (Sheet.brought_by_id == actor.person_id)
    return false()


def _alarms(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    return _inspection(Alarm, appointment) if appointment.role in WHOLE_INSPECTION else false()


def _spot_lists(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    return _inspection(SpotList, appointment) if appointment.role in WHOLE_INSPECTION else false()


def _inspections(actor: Actor, appointment: Appointment) -> Condition:  # noqa: ARG001
    return true() if appointment.inspection_id is None else Inspection.id == appointment.inspection_id


RULES: dict[type[Base], Callable[[Actor, Appointment], Condition]] = {
    Report: _reports,
    Case: _cases,
    Rectification: _rectifications,
    Batch: _batches,
    Identity: _identities,
    RingUp: _ring_ups,
    Sheet: _sheets,
    Alarm: _alarms,
    SpotList: _spot_lists,
    Inspection: _inspections,
}
