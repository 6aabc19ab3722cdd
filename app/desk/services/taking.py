"""Taking a report down: words, vault, scans and envelope in one transaction; its draft is gone with it."""

from sqlalchemy.orm import Session

from app.db import transaction
from app.desk.commands import TakeDown
from app.domain.attachment import attach_waiting
from app.domain.draft import drop_draft
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.letter import Letter, share_scans
from app.domain.people import Actor
from app.domain.receiving import Received, receive
from app.domain.report import Channel, Report
from app.domain.scope import load
from app.kernel.errors import NotFound


def take_down(house: Installation, actor: Actor, inspection_id: int, words: TakeDown) -> Received:
    """Keep a report as somebody told it (信访工作条例: 如实登记); scans that waited under its key come along.

    Raises NotFound for an inspection or a letter that is not this actor's, NotAllowed when they may not take reports
    there.
    """
    with transaction() as session:
        inspection = load(session, actor, Inspection, inspection_id)
        kept = receive(session, house, inspection, actor, words.statement, words.reporter, words.submission_key)
        if kept.fresh and words.statement.channel == Channel.LETTER:
            _came_in(session, actor, kept.report, words)
        attach_waiting(session, words.submission_key, "report", kept.report.id)
        drop_draft(session, house, words.submission_key)
        return kept


def _came_in(session: Session, actor: Actor, report: Report, words: TakeDown) -> None:
    """A letter of its own; or that of an earlier report of this clerk's, whose scans are shared."""
    if words.same_letter is not None:
        earlier = load(session, actor, Report, words.same_letter)
        if earlier.letter_id is None or earlier.inspection_id != report.inspection_id:
            raise NotFound
        report.letter_id = earlier.letter_id
        share_scans(session, earlier.id, report.id)
        return
    said = words.statement
    letter = Letter(
        inspection_id=report.inspection_id,
        envelope=words.envelope,
        postmarked_on=said.postmarked_on,
        arrived_on=said.arrived_on,
    )
    session.add(letter)
    session.flush()
    report.letter_id = letter.id
