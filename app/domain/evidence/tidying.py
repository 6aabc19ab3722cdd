"""Throwing away what nobody came back for: files whose form was never sent, pieces of files, leftovers of work."""

import shutil
from datetime import timedelta

from sqlalchemy import select

from app.db import session, transaction
from app.domain.attachment import Attachment
from app.domain.evidence.incoming import FOLDER, drop_files
from app.domain.evidence.preparing import WORK
from app.domain.installation import Installation
from app.jobs import job
from app.kernel import clock

HOURS = 72
REPLIES, REPLY_DAYS = "reply:", 30
"""Files of a reply wait as long as its draft does (app/domain/draft.py)."""
AT_A_TIME = 200


@job("evidence.tidy", every=60)
def tidy(house: Installation) -> None:
    _drop_waiting(house)
    _drop_pieces(house)


def _drop_waiting(house: Installation) -> None:
    """The row first: no row speaks of a file that is gone."""
    now = clock.now()
    kept = Attachment.waiting_key.startswith(REPLIES) & (Attachment.kept_at >= now - timedelta(days=REPLY_DAYS))
    before = (Attachment.waiting_key.is_not(None), Attachment.kept_at < now - timedelta(hours=HOURS))
    query = select(Attachment.id).where(*before, ~kept)
    ids = list(session().scalars(query.limit(AT_A_TIME)))
    if not ids:
        return
    with transaction() as writing:
        waiting = select(Attachment).where(Attachment.id.in_(ids), Attachment.waiting_key.is_not(None))
        gone = list(writing.scalars(waiting.with_for_update()))
        for one in gone:
            writing.delete(one)
    for one in gone:
        drop_files(house, one)


def _drop_pieces(house: Installation) -> None:
    """A key's folder goes when nothing in it was added to for so long; a folder of work, when its worker died."""
    oldest = (clock.now() - timedelta(hours=HOURS)).timestamp()
    for name in (FOLDER, WORK):
        root = house.files / name
        for folder in root.iterdir() if root.is_dir() else ():
            latest = max((file.stat().st_mtime for file in folder.glob("*")), default=folder.stat().st_mtime)
            if latest < oldest:
                shutil.rmtree(folder, ignore_errors=True)
