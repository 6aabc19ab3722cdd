"""The city assigns, the unit disputes or takes on, the team extends (信访工作条例)."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.casework.commands import Assign, Extend, Step
from app.casework.queries.units import assignable_units
from app.casework.services.taking import said_for, step, take_up
from app.db import transaction
from app.domain.case import Case, SupportingUnit
from app.domain.people import Actor, Unit
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need
from app.kernel import clock
from app.kernel.errors import N_, Refused


def assign(actor: Actor, words: Assign) -> None:
    """Name the lead unit 牵头 and those that help 配合; the unit may dispute within the dispute clock.

    Raises Refused for a unit that cannot be chosen here, and when a case is assigned anew without a reason.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        lead, *helping = _units(session, case, [words.lead_unit_id, *words.supporting_ids])
        helping = [unit for unit in helping if unit.id != lead.id]
        facts = {"lead_unit": lead.id, "supporting": [unit.id for unit in helping], "before": case.lead_unit_id}
        case.perform(A.ASSIGN, actor, {Need.LEAD: lead.name, Need.REASON: words.reason}, facts)
        case.lead_unit = lead
        _support(case, helping)
        case.dispute_by = case.due_on


def dispute(actor: Actor, words: Step) -> None:
    """The unit says with reasons that it is not responsible, within five working days."""
    step(actor, words, A.DISPUTE)


def uphold_dispute(actor: Actor, words: Step) -> None:
    """The unit was right: the case waits for another lead unit, and is out of this one's sight."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        before = {"before": case.lead_unit_id}
        case.perform(A.UPHOLD_DISPUTE, actor, said_for(case, A.UPHOLD_DISPUTE, words.words), before)
        case.lead_unit = None
        _support(case, [])
        case.dispute_by = None


def dismiss_dispute(actor: Actor, words: Step) -> None:
    """The unit stays responsible; the time for a dispute is not given anew."""
    step(actor, words, A.DISMISS_DISPUTE)


def investigate(actor: Actor, words: Step) -> None:
    """The unit takes the case on."""
    step(actor, words, A.INVESTIGATE)


def extend(actor: Actor, words: Extend) -> None:
    """A later day for the feedback; what it was, and how late the case was then, stay in the ledger.

    Raises Refused for a day that is not later than both today and the present deadline.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        today, present = clock.local_date(actor.now()), case.feedback_due_on
        said = {Need.NEW_DATE: words.new_date.isoformat(), Need.REASON: words.reason}
        facts = {
            "from": present.isoformat() if present else None,
            "to": words.new_date.isoformat(),
            "late_days": case.late_days(today),
        }
        case.perform(A.EXTEND, actor, said, facts)
        if words.new_date <= max(today, present or today):
            told = N_("Please give a day later than today and than the present deadline.")
            raise Refused(told, fields={str(Need.NEW_DATE): told})
        case.feedback_due_on = words.new_date


def _units(session: Session, case: Case, ids: Iterable[int]) -> list[Unit]:
    offered = {choice.unit.id: choice.unit for choice in assignable_units(session, case)}
    if any(unit_id not in offered for unit_id in ids):
        told = N_("Please choose one of the choices shown.")
        raise Refused(told, fields={str(Need.LEAD): told})
    return [offered[unit_id] for unit_id in ids]


def _support(case: Case, units: list[Unit]) -> None:
    known = {support.unit_id: support for support in case.supporting}
    case.supporting = [known.get(unit.id) or SupportingUnit(unit_id=unit.id) for unit in units]
