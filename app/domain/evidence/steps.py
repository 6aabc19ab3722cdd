"""Which files came with which step of a report: with an answer, an addition or a rating, after the report itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.ledger import LedgerEntry
from app.domain.workflow.vocabulary import ReportAction

FILES = "attachments"
"""The fact of an entry that names the files which came with it, by their ids."""
WITH_FILES = (ReportAction.ANSWER, ReportAction.ADD, ReportAction.RATE)


@dataclass(frozen=True)
class CameWith:
    """The step a file came with, and when."""

    action: ReportAction
    at: datetime


def came_later(session: Session, report_id: int) -> dict[int, CameWith]:
    """The files that came after the report itself, by their ids."""
    query = select(LedgerEntry.action, LedgerEntry.at, LedgerEntry.facts).where(
        LedgerEntry.noun == "report", LedgerEntry.noun_id == report_id, LedgerEntry.action.in_(map(str, WITH_FILES))
    )
    return {
        one: CameWith(ReportAction(action), at)
        for action, at, facts in session.execute(query)
        for one in facts.get(FILES, ())
    }
