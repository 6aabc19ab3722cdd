"""The documents of a batch: asked for, made by the line, and taken as copies that say whose they are."""

from sqlalchemy.orm import Session

from app import storage
from app.batches.queries.papers import batch_of_case, work_for
from app.db import session, transaction
from app.domain.batch import Batch
from app.domain.doings import acting_role
from app.domain.installation import Installation
from app.domain.papers.copying import Copy, take_copy
from app.domain.papers.making import MAKE, make_waiting, plan
from app.domain.papers.paper import PaperKind
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.scope import load
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import NotFound


def ask_for_papers(house: Installation, actor: Actor, batch_id: int) -> None:
    """Have everything made that this batch should have and has not. Raises NotFound or NotAllowed."""
    with transaction() as writing:
        one_at_a_time(writing, "batches")
        batch = load(writing, actor, Batch, batch_id)
        acting_role(actor, R.INSPECTOR, R.LEADER, inspection_id=batch.inspection_id)
        dropped = plan_papers(writing, house, batch)
    drop(house, dropped)


def plan_papers(writing: Session, house: Installation, batch: Batch, *, handing: bool = False) -> list[str]:
    """In the caller's transaction; the line begins after it. Gives the files to drop then."""
    dropped = plan(writing, work_for(writing, batch, handing=handing))
    house.jobs.after_commit(writing, MAKE, batch.id)
    return dropped


def drop(house: Installation, names: list[str]) -> None:
    for name in names:
        storage.drop(house.files, name)


def make_papers(house: Installation, batch_id: int) -> None:
    """What the line does: make what waits. Coming twice, or after a crash, it goes on with what is missing."""
    batch = session().get(Batch, batch_id)
    if batch is not None:
        make_waiting(house, work_for(session(), batch))


def take_paper(house: Installation, actor: Actor, batch_id: int, kind: PaperKind) -> Copy:
    """A copy of a document of the whole batch. Raises NotFound, or Refused while it is not ready."""
    batch = load(session(), actor, Batch, batch_id)
    if kind == PaperKind.ORDER:
        raise NotFound
    return take_copy(house, actor, work_for(session(), batch), kind)


def take_order(house: Installation, actor: Actor, case_id: int) -> Copy:
    """A copy of one case's order, for whoever may see the case. Raises NotFound, or Refused while it is not ready."""
    batch, number = batch_of_case(actor, case_id)
    return take_copy(house, actor, work_for(session(), batch), PaperKind.ORDER, number)
