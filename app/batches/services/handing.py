"""Handing over freezes a batch: what was sent, text by text, is hashed into the ledger. Then the city signs for it."""

from app.batches.queries.listing import cases_of
from app.batches.queries.sent import fingerprint, sent_row, sums
from app.batches.services.documents import drop, plan_papers
from app.batches.services.ledgering import role_for, write_down
from app.db import transaction
from app.domain.batch import Batch, BatchAction, BatchStage
from app.domain.case import forget_given
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction, CaseState
from app.kernel import crypto
from app.kernel.errors import N_, Refused, Stale


def hand_over(actor: Actor, batch_id: int, *, seen: str | None = None, house: Installation | None = None) -> None:
    """Freeze a batch and hand its cases over; each gets its feedback date.

    `seen`: the fingerprint of the cases as the page showed them. Raises NotFound, NotAllowed, Stale, or Refused
    when it has been handed over before, or a text is not approved. `house`: whose line makes the documents that are
    not ready yet; those made of exactly what is sent now stay.
    """
    dropped: list[str] = []
    with transaction() as session:
        one_at_a_time(session, "batches")
        batch = load(session, actor, Batch, batch_id)
        role = role_for(actor, batch.inspection_id, CaseState.BATCHED, CaseAction.HAND_OVER)
        if batch.stage != BatchStage.CLOSED:
            raise Refused(N_("This batch has been handed over already."))
        cases = cases_of(batch.id)
        if seen is not None and seen != fingerprint(cases):
            raise Stale(N_("Cases have come or changed since this page was drawn."))
        for case in cases:
            case.perform(CaseAction.HAND_OVER, actor, facts={"batch_id": batch.id})
            case.handed_over_at, case.feedback_due_on = actor.now(), case.due_on
            case.feedback_announced = case.due_announced
        rows = [sent_row(case) for case in cases]
        sums(rows)
        batch.manifest = [row.keep() for row in rows]
        batch.manifest_hash = crypto.digest(batch.manifest)
        batch.handed_over_at, batch.handed_over_by_id = actor.now(), actor.person_id
        forget_given(session, batch.id)
        facts = {"manifest_hash": batch.manifest_hash, "cases": len(cases)}
        write_down(session, actor, role, batch, BatchAction.HAND_OVER, facts)
        if house is not None:
            dropped = plan_papers(session, house, batch, handing=True)
    if house is not None:
        drop(house, dropped)


def sign_for(actor: Actor, batch_id: int) -> None:
    """The city signs for a batch, and with it for each case. Raises NotFound, NotAllowed or Refused."""
    with transaction() as session:
        one_at_a_time(session, "batches")
        batch = load(session, actor, Batch, batch_id)
        role = role_for(actor, batch.inspection_id, CaseState.HANDED_OVER, CaseAction.SIGN_FOR)
        if batch.stage != BatchStage.HANDED_OVER:
            raise Refused(N_("This batch cannot be signed for now."))
        batch.signed_at, batch.signed_by_id = actor.now(), actor.person_id
        cases = cases_of(batch.id)
        for case in cases:
            case.perform(CaseAction.SIGN_FOR, actor, facts={"batch_id": batch.id})
        facts = {"manifest_hash": batch.manifest_hash, "cases": len(cases)}
        write_down(session, actor, role, batch, BatchAction.SIGN_FOR, facts)
