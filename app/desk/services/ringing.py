"""Ringing a reporter up: ask for the number, look at it, and note what came of it (ADR 0022). Each step is ledgered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import transaction
from app.desk.commands import Answered, CalledBack, Tried
from app.domain.asking import take_answer
from app.domain.doings import Doing, acting_role, write_down
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.reporter import Identity, Opening
from app.domain.ringing import CallBack, RingUp, facts_of, lent_number, newest_opening, question
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import CaseAction, Need, ReportAction
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotAllowed, NotFound, Refused, Stale

REASON = "电话询问举报人。询问内容：{question}"
CALL_BACK_REASON = "电话回访举报人。回访话术：{question}"
"""What the leader and the custodian read, in the office's language."""
NEEDS_WORDS = N_("Write down why the reporter is dissatisfied: the review begins from there.")
BY_TELEPHONE = {"by": "telephone"}


def ask_for_number(actor: Actor, ring_up_id: int) -> None:
    """Ask for the number of an open question; whoever had it in hand has it no more.

    Raises NotFound, NotAllowed; Stale when the question is over or a request is still under way.
    """
    with transaction() as session:
        ring_up = _open(session, actor, ring_up_id)
        role = acting_role(actor, R.CLERK, inspection_id=ring_up.inspection_id)
        before = newest_opening(session, ring_up.id)
        if before is not None and before.opened_at is None and before.refused_at is None:
            raise Stale(N_("The number has been asked for already."))
        identity = _identity(session, ring_up)
        opening = Opening(
            identity_id=identity.id,
            ring_up_id=ring_up.id,
            asked_by_id=actor.person_id,
            asked_at=actor.now(),
            reason=(CALL_BACK_REASON if ring_up.is_call_back else REASON).format(question=question(session, ring_up)),
        )
        ring_up.clerk_id, ring_up.locked, ring_up.lent_at = actor.person_id, None, None
        session.add(opening)
        session.flush()
        write_down(
            session, actor, role, Doing.ASK_OPENING, "identity", identity.id,
            chain=ring_up.inspection_id, said={Need.REASON: opening.reason}, facts=facts_of(opening),
        )  # fmt: skip


def see_number(house: Installation, actor: Actor, ring_up_id: int) -> str:
    """The number that was lent to this clerk. The look is ledgered and committed before anything is decrypted.

    Raises NotFound, NotAllowed when it was not lent to them, Stale when the question is over.
    """
    with transaction() as session:
        ring_up = _in_hand(session, actor, ring_up_id)
        role = acting_role(actor, R.CLERK, inspection_id=ring_up.inspection_id)
        write_down(
            session, actor, role, Doing.SEE_NUMBER, "identity", _identity(session, ring_up).id,
            chain=ring_up.inspection_id, facts={"ring_up_id": ring_up.id},
        )  # fmt: skip
    return lent_number(house, ring_up)


def answered(actor: Actor, words: Answered) -> None:
    """Keep what the reporter said, as if they had written it themselves: whichever clerk they speak to, and also when
    the question is over meanwhile.

    Raises NotFound, Refused when nothing was said, NotAllowed when the report takes no more words.
    """
    with transaction() as session:
        take_answer(_for_a_question(_locked(session, actor, words.ring_up_id)).report, actor, words.words, BY_TELEPHONE)


def tried(actor: Actor, words: Tried) -> None:
    """A try that came to nothing: counted, and ledgered. Raises NotFound, NotAllowed, Stale."""
    with transaction() as session:
        ring_up = _in_hand(session, actor, words.ring_up_id)
        facts = BY_TELEPHONE | {"outcome": str(words.outcome), "tries": ring_up.tries + 1}
        noun, action = (
            (ring_up.case, CaseAction.TRY_CALL_BACK) if ring_up.is_call_back else (ring_up.report, ReportAction.RING)
        )
        noun.perform(action, actor, {Need.NOTE: words.outcome.zh}, facts)
        ring_up.tried(actor, words.outcome, words.again)


def called_back(actor: Actor, words: CalledBack) -> None:
    """Keep what the reporter thinks of the answer; a dissatisfied one has the review opened again.

    Raises NotFound, NotAllowed, Stale; Refused when a dissatisfied one's words are left out.
    """
    with transaction() as session:
        ring_up = _in_hand(session, actor, words.ring_up_id)
        if not ring_up.is_call_back:
            raise NotAllowed(N_("This cannot be done in the present state."))
        facts = BY_TELEPHONE | {"result": str(words.result)}
        if words.result is CallBack.DISSATISFIED:
            if not words.words.strip():
                raise Refused(NEEDS_WORDS, fields={"words": NEEDS_WORDS})
            ring_up.case.perform(CaseAction.HEAR_DISSATISFIED, actor, {Need.REASON: words.words}, facts)
        else:
            said = "：".join(part for part in (words.result.zh, words.words.strip()) if part)
            ring_up.case.perform(CaseAction.HEAR_CALL_BACK, actor, {Need.RATING: said}, facts)
        ring_up.result = str(words.result)
        ring_up.end(actor.now())


def declined(actor: Actor, ring_up_id: int) -> None:
    """The reporter has nothing to add: the team decides on what is there. Raises NotFound, NotAllowed, Stale."""
    with transaction() as session:
        ring_up = _for_a_question(_in_hand(session, actor, ring_up_id))
        ring_up.report.perform(ReportAction.DECLINE, actor, facts=BY_TELEPHONE)


def _locked(session: Session, actor: Actor, ring_up_id: int) -> RingUp:
    query = scoped(actor, RingUp).where(RingUp.id == ring_up_id).with_for_update(of=RingUp)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _open(session: Session, actor: Actor, ring_up_id: int) -> RingUp:
    ring_up = _locked(session, actor, ring_up_id)
    ring_up.expect_open()
    return ring_up


def _in_hand(session: Session, actor: Actor, ring_up_id: int) -> RingUp:
    ring_up = _open(session, actor, ring_up_id)
    if not ring_up.is_lent_to(actor):
        raise NotAllowed(N_("The number has not been lent to you, or its time is over."))
    return ring_up


def _for_a_question(ring_up: RingUp) -> RingUp:
    if ring_up.is_call_back:
        raise NotAllowed(N_("This cannot be done in the present state."))
    return ring_up


def _identity(session: Session, ring_up: RingUp) -> Identity:
    whose = (Identity.noun == "report", Identity.noun_id == ring_up.report_id)
    return session.scalars(select(Identity).where(*whose)).one()
