"""Taking up a case to act on it, and the steps that need no more than their words."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.commands import Step
from app.db import transaction
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction, Need
from app.kernel.errors import N_, NotAllowed


def take_up(session: Session, actor: Actor, case_id: int, version: int | None) -> Case:
    """The case, held until the transaction ends. Raises NotFound, and Stale when it has moved on since `version`.

    The row is locked before it is read: of two people who act at once, the second sees what the first did.
    """
    session.execute(select(Case.id).where(Case.id == case_id).with_for_update())
    case = load(session, actor, Case, case_id)
    case.expect_version(version)
    return case


def step(actor: Actor, words: Step, action: CaseAction, facts: Mapping[str, Any] | None = None) -> None:
    """A step that needs its words (a reason, a note) or none. Raises NotFound, Stale, NotAllowed, Refused."""
    with transaction() as session:
        case = take_up(session, actor, words.case_id, words.version)
        case.perform(action, actor, said_for(case, action, words.words), facts)


def said_for(case: Case, action: CaseAction, words: str) -> dict[Need, str]:
    """The words under the name of what must be said here."""
    row = CASE.row(case.status, action)
    return dict.fromkeys(row.needs, words) if row else {}


def must_be_able(case: Case, action: CaseAction, actor: Actor) -> None:
    """Raise NotAllowed for somebody who may see the case but may not take this action now."""
    if not case.may(action, actor):
        raise NotAllowed(N_("This cannot be done in the present state."))
