"""Who works on a case: the city assigns, a unit passes down to those below it or says it is not responsible, their

common superior decides, the team extends (信访工作条例, ADR 0027).
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.casework.commands import Assign, Contest, Extend, Step
from app.casework.queries.units import UnitChoice, assignable_units, others, units_below, units_to_settle
from app.casework.services.taking import said_for, step, take_up
from app.db import transaction
from app.domain.assignment import Assignment, Dispute, above_both
from app.domain.case import Case, SupportingUnit
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor, Unit, UnitKind
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need
from app.kernel import clock
from app.kernel.errors import N_, NotAllowed, Refused

CHOOSE = N_("Please choose one of the choices shown.")


def assign(actor: Actor, words: Assign) -> None:
    """The city names the lead unit 牵头 and those that help 配合; the unit may dispute within the dispute clock.

    Raises Refused for a unit that cannot be chosen here, and when a case is assigned anew without a reason.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        lead, *helping = _chosen(assignable_units(session, case), [words.lead_unit_id, *words.supporting_ids])
        entry = _write(case, actor, A.ASSIGN, lead, helping, words.reason)
        _end_below(case, None, actor)
        _give(case, actor, entry, lead, None)
        _support(case, helping)


def pass_down(actor: Actor, words: Assign) -> None:
    """A unit that was given a case gives it on to one below it; who helps below it is named anew, other helpers stay.

    The unit below may dispute in its turn. Raises as `assign` does.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        held = _held(case, actor)
        lead, *helping = _chosen(units_below(session, held.unit), [words.lead_unit_id, *words.supporting_ids])
        entry = _write(case, actor, A.PASS_DOWN, lead, helping, "", by=held)
        _give(case, actor, entry, lead, held.unit_id)
        _support_below(case, held.unit, helping)


def pass_anew(actor: Actor, words: Assign) -> None:
    """What was passed down is given to another unit below, or taken back; taking back gives no new time to dispute."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        held = _held(case, actor)
        choices = units_below(session, held.unit, itself=case.lead_unit_id != held.unit_id, without=case.lead_unit_id)
        lead, *helping = _chosen(choices, [words.lead_unit_id, *words.supporting_ids])
        entry = _write(case, actor, A.PASS_ANEW, lead, helping, words.reason, by=held)
        _end_below(case, held, actor)
        if lead.id == held.unit_id:
            _lead_again(case, held)
        else:
            _give(case, actor, entry, lead, held.unit_id)
        _support_below(case, held.unit, helping)


def dispute(actor: Actor, words: Contest) -> None:
    """The unit says with reasons that it is not responsible, within five working days; it may name who is.

    The common superior of both decides; where nobody is named, whoever gave the case. Raises Refused for a unit that
    cannot be named.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        other = _chosen(others(session, case), [words.other_unit_id])[0] if words.other_unit_id else None
        superior = _superior(session, case, other)
        facts = {"lead_unit": case.lead_unit_id, "other": other and other.id, "superior": superior and superior.id}
        case.perform(A.DISPUTE, actor, {Need.REASON: words.reason}, facts)
        case.disputes.append(
            Dispute(
                unit_id=case.lead_unit_id, other_unit=other, superior=superior, raised_by_id=actor.person_id,
                raised_at=actor.now(), decide_by=case.due_on, announced=case.due_announced,
            )
        )  # fmt: skip


def uphold_dispute(actor: Actor, words: Step) -> None:
    """The unit was right: the case waits for the city to assign it anew, and is out of this one's sight."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        before = {"before": case.lead_unit_id}
        case.perform(A.UPHOLD_DISPUTE, actor, said_for(case, A.UPHOLD_DISPUTE, words.words), before)
        _decided(case, actor, upheld=True)
        _end_below(case, None, actor)
        case.lead_unit, case.dispute_by = None, None
        _support(case, [])


def settle_dispute(actor: Actor, words: Assign) -> None:
    """The unit was right, and the superior of both gives the case to another one below, or keeps it.

    Raises as `assign` does.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        waiting = case.dispute
        if waiting is None or waiting.superior is None:
            raise NotAllowed(N_("This cannot be done in the present state."))
        choices = units_to_settle(session, waiting)
        lead, *helping = _chosen(choices, [words.lead_unit_id, *words.supporting_ids])
        entry = _write(case, actor, A.SETTLE_DISPUTE, lead, helping, words.reason)
        _decided(case, actor, upheld=True)
        held = next((one for one in case.holders if one.unit_id == waiting.superior_id), None)
        _end_below(case, held, actor)
        if held is not None and lead.id == held.unit_id:
            _lead_again(case, held)
        else:
            _give(case, actor, entry, lead, waiting.superior_id)
        _support_below(case, waiting.superior, helping)


def dismiss_dispute(actor: Actor, words: Step) -> None:
    """The unit stays responsible; the time for a dispute is not given anew."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        case.perform(A.DISMISS_DISPUTE, actor, said_for(case, A.DISMISS_DISPUTE, words.words))
        _decided(case, actor, upheld=False)


def investigate(actor: Actor, words: Step) -> None:
    """The unit takes the case on."""
    step(actor, words, A.INVESTIGATE)


def extend(actor: Actor, words: Extend) -> None:
    """A later day for the feedback; what it was, and how late the case was then, stay in the ledger.

    A day that has passed without an answer has lapsed: lateness counts from it for ever. Raises Refused for a day
    that is not later than both today and the present deadline.
    """
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        today, present = clock.local_date(actor.now()), case.feedback_due_on
        late = case.late_days(today)
        said = {Need.NEW_DATE: words.new_date.isoformat(), Need.REASON: words.reason}
        facts = {
            "from": present.isoformat() if present else None,
            "to": words.new_date.isoformat(),
            "late_days": late,
        }
        case.perform(A.EXTEND, actor, said, facts)
        if words.new_date <= max(today, present or today):
            told = N_("Please give a day later than today and than the present deadline.")
            raise Refused(told, fields={str(Need.NEW_DATE): told})
        if late:
            case.lapsed_on = case.lapsed_on or present
        case.feedback_due_on, case.feedback_announced = words.new_date, True


def _write(
    case: Case, actor: Actor, action: A, lead: Unit, helping: list[Unit], reason: str, by: Assignment | None = None
) -> LedgerEntry:
    facts = {
        "lead_unit": lead.id,
        "supporting": [unit.id for unit in helping if unit.id != lead.id],
        "before": case.lead_unit_id,
        "by_unit": by.unit_id if by else None,
    }
    return case.perform(action, actor, {Need.LEAD: lead.name, Need.REASON: reason}, facts)


def _held(case: Case, actor: Actor) -> Assignment:
    """What this actor's unit was given of the case. Raises NotAllowed."""
    held = case.held_by(actor)
    if held is None:
        raise NotAllowed(N_("Your unit was not given this case."))
    return held


def _give(case: Case, actor: Actor, entry: LedgerEntry, lead: Unit, by_unit_id: int | None) -> None:
    given = Assignment(
        unit=lead, by_unit_id=by_unit_id, entry_id=entry.id, given_at=actor.now(),
        dispute_by=case.due_on, announced=case.due_announced,
    )  # fmt: skip
    case.assignments.append(given)
    case.lead_unit, case.dispute_by = lead, case.due_on


def _lead_again(case: Case, held: Assignment) -> None:
    """Who was given it before leads again, with what is left of its own time to dispute."""
    case.lead_unit, case.dispute_by = held.unit, held.dispute_by
    case.due_on, case.due_announced = held.dispute_by, held.announced


def _end_below(case: Case, held: Assignment | None, actor: Actor) -> None:
    """What was given after this one; everything where it is none."""
    holders = case.holders
    for one in holders[holders.index(held) + 1 :] if held else holders:
        one.ended_at = actor.now()


def _decided(case: Case, actor: Actor, *, upheld: bool) -> None:
    waiting = case.dispute
    if waiting is not None:
        waiting.decided_by_id, waiting.decided_at, waiting.upheld = actor.person_id, actor.now(), upheld


def _superior(session: Session, case: Case, other: Unit | None) -> Unit | None:
    """Who decides: the lowest unit above both, or whoever gave the case; None: the city."""
    if other is None or case.lead_unit is None:
        given = case.holders[-1].by_unit_id if case.holders else None
    else:
        given = above_both(case.lead_unit.path, other.path)
    found = session.get(Unit, given) if given else None
    return found if found is not None and found.kind != UnitKind.LIAISON else None


def _chosen(choices: Iterable[UnitChoice], ids: Iterable[int]) -> list[Unit]:
    offered = {choice.unit.id: choice.unit for choice in choices}
    if any(unit_id not in offered for unit_id in ids):
        raise Refused(CHOOSE, fields={str(Need.LEAD): CHOOSE})
    return [offered[unit_id] for unit_id in ids]


def _support(case: Case, units: Iterable[Unit]) -> None:
    known = {support.unit_id: support for support in case.supporting}
    wanted = dict.fromkeys(unit.id for unit in units if unit.id != (case.lead_unit.id if case.lead_unit else None))
    case.supporting = [known.get(one) or SupportingUnit(unit_id=one) for one in wanted]


def _support_below(case: Case, unit: Unit, helping: list[Unit]) -> None:
    """Who helps in the unit's own branch is the unit's to say; who helps elsewhere was named by the city."""
    elsewhere = [one.unit for one in case.supporting if not one.unit.path.startswith(unit.path)]
    _support(case, [*elsewhere, *helping])
