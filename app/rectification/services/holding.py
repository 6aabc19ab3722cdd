"""Holding a cycle while it is changed, beginning one, and writing on the step whose turn it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import ladder
from app.domain.case import Case
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor
from app.domain.rectification import LadderStep, Rectification
from app.domain.scope import load
from app.domain.workflow.vocabulary import RectificationAction as A


def hold(session: Session, actor: Actor, rectification_id: int, version: int | None) -> Rectification:
    """A cycle this actor may see, locked, so that two who act on it take turns.

    Raises NotFound for a missing one and somebody else's alike, Stale when it moved on since `version`.
    """
    session.execute(select(Rectification.id).where(Rectification.id == rectification_id).with_for_update())
    record = load(session, actor, Rectification, rectification_id)
    record.expect_version(version)
    return record


def begin_cycle(session: Session, actor: Actor, case: Case) -> Rectification:
    """The next cycle of a case, with a copy of the ladder as its inspection orders it today."""
    record = Rectification(
        inspection=case.inspection,
        inspection_id=case.inspection_id,
        case=case,
        cycle=len(case.rectifications) + 1,
        ladder=ladder.keep(case.inspection.settings.ladder),
    )
    record.begin(session, A.OPEN, actor, facts={"case": case.id, "cycle": record.cycle})
    return record


def send_back(record: Rectification, step: LadderStep | None, actor: Actor, entry: LedgerEntry, reason: str) -> None:
    """The climb is over: its step shows why, its notice ends, and what was signed off is so no longer."""
    if step is not None:
        step.signed_by_id, step.signed_as, step.said = actor.person_id, entry.role, reason
        step.signed_for_id, step.refused_at = entry.facts.get("instead_of"), actor.now()
    if record.notice is not None and record.notice.closed_at is None:
        record.notice.closed_at = actor.now()
    record.signed_off_at = record.look_back_on = None
