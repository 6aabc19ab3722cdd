"""Signing the step whose turn it is: what was shown is bound, what the ladder asks is there, the next one begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.attachment import waiting
from app.domain.holidays import work_calendar
from app.domain.ladder import Rung
from app.domain.people import Actor, Person
from app.domain.rectification import LadderStep, Rectification
from app.domain.signing import document_digest, seal
from app.domain.workflow.vocabulary import Clock, Need, StepKind
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel import clock
from app.kernel.errors import N_, Refused
from app.rectification.queries.signed import document, previous_digest
from app.rectification.services.pictures import attach, waiting_key

NEEDED = N_("This has to be filled in.")
CHANGED = N_("What was shown to you has changed since the page was drawn. Please look at it again before you sign.")


class ShownChanged(Refused):
    """What would be signed is not what the signer saw."""


@dataclass(frozen=True)
class Signing:
    """A signature as it is asked for: what was said and attached, and the digest of what was seen."""

    words: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    checklist: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    seen: str | None = None


def sign(
    session: Session, record: Rectification, action: A, actor: Actor, said: dict[Need, str], asked: Signing
) -> LadderStep:
    """Sign the step whose turn it is. The table refuses whatever is not that step's action.

    Raises ShownChanged when the document is not the one that was seen, Refused naming each line of evidence that is
    missing. Everything is written on the step at once: a signed row refuses every change.
    """
    step = record.step
    if step is None or not record.may(action, actor):
        record.perform(action, actor, said)  # says why not
    if step is None:
        raise RuntimeError("the table let a step be signed that is not there")
    shown = document(session, record)
    if asked.seen is not None and asked.seen != document_digest(shown):
        raise ShownChanged(CHANGED)
    files = [one.sha256 for one in waiting(session, waiting_key(actor, asked.key))] if asked.key else []
    lines = _answered(step.rung, asked.lines, files, actor)
    sealed = seal(_body(session, record, step, actor, asked, lines, files), shown)
    facts = {"step": step.kind, "climb": record.climb, "signature": sealed["digest"]}
    entry = record.perform(action, actor, _with_lines(said, lines), facts)
    attach(session, actor, asked.key, "ladder_step", step.id)
    step.signed_by_id, step.signed_as, step.signed_at = actor.person_id, entry.role, actor.now()
    step.signed_for_id, step.said = entry.facts.get("instead_of"), asked.words
    step.lines, step.checklist, step.seal = lines, dict(asked.checklist), sealed
    session.flush()
    begin_turn(session, record, actor.now())
    return step


def _answered(rung: Rung, lines: Mapping[str, str], files: list[str], actor: Actor) -> dict[str, str]:
    """What was said to each line the ladder names; a line that asks for a file needs one to be attached."""
    told = {name: lines.get(name, "").strip() for name in (*rung.said, *rung.attached)}
    if actor.speaking_of is not None and not lines:
        return {}  # history is entered as it was printed (ADR 0004)
    missing = {line_field(rung, name): NEEDED for name, text in told.items() if not text}
    if missing:
        raise Refused(N_("Each line of evidence that this step asks for has to be answered."), fields=missing)
    if rung.attached and not files:
        told_files = N_("This step asks for files: please attach at least one.")
        raise Refused(told_files, fields={"pictures": told_files})
    return told


def line_field(rung: Rung, name: str) -> str:
    """The form's field of a line of evidence."""
    return f"line_{(*rung.said, *rung.attached).index(name) + 1}"


def _with_lines(said: dict[Need, str], lines: Mapping[str, str]) -> dict[Need, str]:
    """The ledger keeps what was said to each line beside the rest."""
    main = next((need for need in (Need.EVIDENCE, Need.NOTE) if need in said), None)
    if main is None or not lines or not said[main].strip():
        return said
    return {**said, main: "\n".join([said[main], *(f"{name}：{text}" for name, text in lines.items())])}


def _body(
    session: Session,
    record: Rectification,
    step: LadderStep,
    actor: Actor,
    asked: Signing,
    lines: Mapping[str, str],
    files: list[str],
) -> dict[str, Any]:
    role, instead_of = record.signer(actor) or (None, None)
    other = session.get_one(Person, instead_of) if instead_of else None
    return {
        "case": record.case.number,
        "cycle": record.cycle,
        "climb": record.climb,
        "position": step.position,
        "step": step.kind,
        "ladder": [str(rung.kind) for rung in record.rungs],
        "submitted_by": record.submitted_by_id,
        "role": str(role),
        "person": {"id": actor.person_id, "name": actor.name},
        "for": {"id": other.id, "name": other.name} if other else None,
        "at": actor.now().isoformat(),
        "said": asked.words,
        "lines": dict(lines),
        "checklist": dict(asked.checklist),
        "files": files,
        "previous": previous_digest(record),
    }


def begin_climb(session: Session, record: Rectification, moment: datetime) -> None:
    """The steps of a new climb, each to be signed anew; the first one's turn begins."""
    for position, rung in enumerate(record.rungs, 1):
        role = rung.role and str(rung.role)
        record.all_steps.append(LadderStep(climb=record.climb, position=position, kind=str(rung.kind), role=role))
    session.flush()
    begin_turn(session, record, moment)


def begin_turn(session: Session, record: Rectification, moment: datetime) -> None:
    """The step whose turn it is now gets its day: working days from now on, as the ladder says."""
    step = record.step
    if step is None or step.due_on is not None:
        return
    day, days = clock.local_date(moment), step.rung.days
    if step.term == StepKind.LOOK_BACK:
        wanted = days or record.inspection.calendar_days(Clock.LOOK_BACK)
        record.look_back_on = step.due_on = record.look_back_on or day + timedelta(days=wanted)
    elif days and step.term != StepKind.NOTICE:
        step.due_on = work_calendar(session).after_working_days(day, days).day
