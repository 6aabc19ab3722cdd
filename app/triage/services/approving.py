"""Approving the text for hand-over: nobody who reads it may learn who reported (环境保护法: 为举报人保密)."""

from app.db import transaction
from app.domain import privacy
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction, Need
from app.kernel.errors import N_, Refused
from app.triage.commands import ApproveText, SecondApprove


def approve_text(actor: Actor, words: ApproveText) -> None:
    """Put a text in place of the reporter's words. Approving again replaces it, until the batch is handed over.

    Raises Refused while it holds words that may tell who reported and that nobody has confirmed as harmless;
    NotFound, Stale or NotAllowed as everywhere.
    """
    marks = privacy.find(words.text)
    if any(found.words not in words.confirmed for found in marks):
        sentence = N_("These words may tell who reported. Change them, or confirm each of them.")
        raise Refused(sentence, fields={"confirmed": sentence})
    with transaction() as session:
        case = load(session, actor, Case, words.case_id)
        case.expect_version(words.version)
        facts = {"confirmed": sorted({str(found.mark) for found in marks})}
        case.perform(CaseAction.APPROVE_TEXT, actor, {Need.HANDOVER_TEXT: words.text}, facts)
        case.write_text(actor, words.text)


def second_approve(actor: Actor, words: SecondApprove) -> None:
    """The second person's approval of the text as it stands. Raises NotFound, Stale, NotAllowed or Refused."""
    with transaction() as session:
        case = load(session, actor, Case, words.case_id)
        case.expect_version(words.version)
        case.perform(CaseAction.SECOND_APPROVE, actor)
        case.second_approved_by_id, case.second_approved_at = actor.person_id, actor.now()
