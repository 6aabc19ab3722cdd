"""What the line does for batches: their documents."""

from sqlalchemy import select

from app.batches.services.documents import make_papers
from app.db import session
from app.domain.installation import Installation
from app.domain.papers.making import MAKE
from app.domain.papers.paper import Paper
from app.jobs import job


@job(MAKE)
def make(house: Installation, batch_id: int) -> None:
    make_papers(house, batch_id)


@job("papers.catch_up", every=1)
def catch_up(house: Installation) -> None:
    """Go on with what was left when a worker died, or the line was lost, the newest batch first.

    Every batch has its turn: one whose papers no longer fit what it holds has none to make, and holds up no other.
    """
    query = select(Paper.batch_id).where(Paper.file_name.is_(None), Paper.problem.is_(None)).distinct()
    waiting = list(session().scalars(query.order_by(Paper.batch_id.desc())))
    session().rollback()
    for batch_id in waiting:
        make_papers(house, batch_id)
