"""Closing the day: every approved case up to the cut-off goes into one batch, which nobody has handed over yet."""

from app.batches.commands import TakeOut
from app.batches.queries.closing import proposal
from app.batches.queries.sent import sums
from app.batches.services.documents import plan_papers
from app.batches.services.ledgering import role_for, write_down
from app.db import transaction
from app.domain.batch import Batch, BatchAction
from app.domain.case import Case
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction, CaseState, Need
from app.kernel.errors import N_, NotFound, Refused, Stale


def close_day(
    actor: Actor,
    inspection_id: int,
    *,
    supplementary: bool = False,
    seen: str | None = None,
    house: Installation | None = None,
) -> int:
    """Close the next batch and give its id; one without a case is a batch too.

    `supplementary`: another batch under the last ordinal (35-1). `seen`: the proposal's fingerprint on the page.
    `house`: whose line makes the documents then; without it they wait until somebody asks for them.
    Raises NotFound, NotAllowed, Stale, or Refused while the next cut-off has not passed.
    """
    with transaction() as session:
        one_at_a_time(session, "batches")
        role = role_for(actor, inspection_id, CaseState.PREPARED, CaseAction.BATCH)
        found = proposal(actor, inspection_id, supplementary=supplementary)
        if not found.is_due:
            raise Refused(N_("This day's batch is closed already. What came too late goes into a supplementary one."))
        if seen is not None and seen != found.seen:
            raise Stale(N_("Cases have come or changed since this page was drawn."))
        sums(found.rows)
        batch = Batch(
            inspection_id=inspection_id,
            ordinal=found.ordinal,
            sub=found.sub,
            window_from=found.window_from,
            window_to=found.window_to,
            closed_at=actor.now(),
            closed_by_id=actor.person_id,
        )
        session.add(batch)
        session.flush()
        for case in found.cases:
            case.perform(CaseAction.BATCH, actor, facts={"batch_id": batch.id})
            case.batch_id = batch.id
        write_down(session, actor, role, batch, BatchAction.CLOSE, {"cases": len(found.cases)})
        if house is not None:
            plan_papers(session, house, batch)
        return batch.id


def take_out(actor: Actor, words: TakeOut) -> None:
    """Take one case out of a batch before hand-over. Raises NotFound, Stale, NotAllowed or Refused."""
    with transaction() as session:
        load(session, actor, Batch, words.batch_id)
        case = load(session, actor, Case, words.case_id)
        if case.batch_id != words.batch_id:
            raise NotFound
        case.expect_version(words.version)
        case.perform(CaseAction.TAKE_OUT, actor, {Need.REASON: words.reason}, {"batch_id": words.batch_id})
        case.batch_id = None
