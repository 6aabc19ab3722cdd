"""What is typed is kept while it is typed, and what was scanned with it; discarding leaves nothing."""

from dataclasses import replace

from sqlalchemy import select

from app.db import session as reading
from app.db import transaction
from app.desk.commands import SCANS
from app.domain.attachment import waiting
from app.domain.draft import Typed, draft_of, drop_draft, keep_draft
from app.domain.evidence.incoming import drop_files
from app.domain.evidence.keeping import keep_files
from app.domain.evidence.names import shown
from app.domain.evidence.pages import is_pdf, pages
from app.domain.evidence.resting import NotTaken, SentFile
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import submission_digest
from app.domain.report import Report
from app.domain.scope import load
from app.kernel.errors import N_, Stale


def save_draft(house: Installation, actor: Actor, inspection_id: int, kind: str, key: str, typed: Typed) -> int:
    """Keep what was typed so far; gives the draft's id.

    Raises Stale when the form was kept as a report meanwhile: what comes late must not bring its words back here.
    """
    with transaction() as session:
        load(session, actor, Inspection, inspection_id)
        kept = select(Report.id).where(Report.submission_key == submission_digest(house, key))
        if session.scalar(kept) is not None:
            raise Stale(N_("This has been kept already."))
        return keep_draft(session, house, actor, inspection_id, kind, key, typed).id


def keep_scans(house: Installation, actor: Actor, key: str, files: tuple[SentFile, ...]) -> tuple[NotTaken, ...]:
    """Let scans wait under the form's key; what could not be taken is told, and never sinks the report.

    Of a PDF that was taken, the scanned pages wait beside it as pictures, to be read while it is typed.
    """
    roomy = replace(house, settings=replace(house.settings, max_files=SCANS, max_other_files=SCANS))
    refused = keep_files(roomy, actor, key, files)
    names = {one.name for one in refused}
    scanned = [page for file in files if is_pdf(file) and shown(file.name) not in names for page in pages(file)]
    keep_files(roomy, actor, key, tuple(scanned))
    return refused


def discard(house: Installation, actor: Actor, draft_id: int) -> None:
    """Throw an own draft away, with the files that waited for it. Raises NotFound for somebody else's."""
    key = draft_of(reading(), house, actor, draft_id).key
    with transaction() as session:
        drop_draft(session, house, key)
        gone = waiting(session, key)
        for one in gone:
            session.delete(one)
    for one in gone:
        drop_files(house, one)
