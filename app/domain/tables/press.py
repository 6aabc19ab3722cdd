"""The printed tables by name: what the pages and the command offer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.batch import Batch
from app.domain.inspection import Inspection
from app.domain.tables.disclosure import Narrowed, disclosure
from app.domain.tables.handover import handover
from app.domain.tables.summary import summary
from app.domain.tables.table import PrintedTable

OF_ONE_BATCH = frozenset({"handover", "disclosure"})
"""Tables that can be had of one batch; a summary is of the whole stay."""
PRESS = ("handover", "disclosure", "summary")


def press(session: Session, name: str, inspection: Inspection, batch: Batch | None = None) -> PrintedTable:
    """One of the tables in PRESS. Raises KeyError for another name."""
    if name == "handover":
        return handover(session, inspection, batch)
    if name == "disclosure":
        return disclosure(session, inspection, Narrowed(batch=batch.label) if batch else None)
    return {"summary": summary}[name](session, inspection)


def handed_batches(session: Session, inspection: Inspection) -> list[Batch]:
    """The batches that have been handed over, in order."""
    query = select(Batch).where(Batch.inspection_id == inspection.id, Batch.handed_over_at.is_not(None))
    return list(session.scalars(query.order_by(Batch.ordinal, Batch.sub)))
