"""The files of a form that is drawn again: they wait under its key until its words are taken."""

from sqlalchemy import func, select

from app.db import session, transaction
from app.domain.attachment import Attachment
from app.domain.evidence.resting import NotTaken, SentFile, record, rest_all, throw_away
from app.domain.installation import Installation
from app.domain.people import Actor


def keep_files(house: Installation, actor: Actor, key: str, files: tuple[SentFile, ...]) -> tuple[NotTaken, ...]:
    """Keep the good ones, so that they need not be sent twice; gives those that could not be kept, and why."""
    if not files:
        return ()
    rested = rest_all(house, key, files)
    try:
        with transaction() as writing:
            record(writing, rested, key, actor.now())
    finally:
        throw_away(house, rested)
    return rested.not_taken


def files_waiting(key: str) -> int:
    """How many wait under a form's key."""
    query = select(func.count(Attachment.id)).where(Attachment.waiting_key == key)
    return session().scalar(query) or 0
