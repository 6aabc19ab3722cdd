"""The day's bulletins: the batches that were handed over, and the bulletin of one of them."""

from app.db import session
from app.domain.inspection import Inspection
from app.domain.tables.bulletin import Bulletin, Handed, bulletin, handed
from app.domain.tables.press import handed_batches
from app.kernel.errors import NotFound


def bulletins(inspection: Inspection) -> list[Handed]:
    """The latest batch first."""
    return list(reversed(handed(session(), inspection)))


def bulletin_of(inspection: Inspection, label: str) -> Bulletin:
    """Raises NotFound for a batch that was not handed over, Refused for one whose figures do not add up."""
    found = next((batch for batch in handed_batches(session(), inspection) if batch.label == label), None)
    if found is None:
        raise NotFound
    return bulletin(session(), inspection, found)
