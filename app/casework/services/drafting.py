"""A reply that is still being written: kept as typed, on every press that does not send it, for its writer alone."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.services.taking import must_be_able
from app.db import session, transaction
from app.domain.case import Case
from app.domain.draft import REPLY, Typed, draft_by_key, drop_draft, keep_draft
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction as A


@dataclass(frozen=True)
class Begun:
    """What was typed so far, and when it was kept."""

    typed: Typed
    saved_at: datetime


def keep_reply_draft(actor: Actor, house: Installation, case_id: int, typed: Typed) -> None:
    """Keep a form as it was typed, complete or not. Raises NotFound, NotAllowed."""
    with transaction() as writing:
        case = load(writing, actor, Case, case_id)
        must_be_able(case, A.REPLY, actor)
        keep_draft(writing, house, actor, case.inspection_id, REPLY, _key(actor, case_id), typed)


def reply_draft(actor: Actor, house: Installation, case_id: int, replies: int) -> Begun | None:
    """What this person had begun, unless another version was submitted since: that one goes on from there."""
    found = draft_by_key(session(), house, actor, _key(actor, case_id))
    if found is None or found.get("begun_after") != str(replies):
        return None
    return Begun(found.typed, found.saved_at)


def drop_reply_draft(actor: Actor, house: Installation, case_id: int) -> None:
    """It was submitted, or is begun anew. Where this is not reached after a version was taken, the draft is out of date
    and no form begins with it. Raises NotFound.
    """
    with transaction() as writing:
        load(writing, actor, Case, case_id)
        drop_draft(writing, house, _key(actor, case_id))


def _key(actor: Actor, case_id: int) -> str:
    return f"reply {case_id} by {actor.person_id}"
