"""How many files, and how large, an installation takes with one form."""

from sqlalchemy import func, select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.evidence.kinds import AUDIO, DOCUMENT, PICTURE, VIDEO, EvidenceKind
from app.domain.evidence.refusing import BadFile
from app.kernel.errors import N_
from app.settings import MEGABYTE, Settings


def largest(settings: Settings, kind: EvidenceKind) -> int:
    """In bytes."""
    return {
        PICTURE: settings.max_file_bytes,
        VIDEO: settings.max_video_bytes,
        AUDIO: settings.max_audio_bytes,
        DOCUMENT: settings.max_document_bytes,
    }[kind]


class Room:
    """What a form may still bring, beside what waits under its key already."""

    def __init__(self, settings: Settings, key: str) -> None:
        self._settings = settings
        counted = select(Attachment.kind, func.count(Attachment.id)).where(Attachment.waiting_key == key)
        there = {row[0]: row[1] for row in session().execute(counted.group_by(Attachment.kind))}
        self._pictures = settings.max_files - there.pop(str(PICTURE), 0)
        self._others = settings.max_other_files - sum(there.values())

    def take(self, kind: EvidenceKind, size: int) -> None:
        """Use one place. Raises BadFile when there is none left, or the file is too large or empty."""
        if not size:
            raise BadFile(N_("This file is empty."))
        if size > (most := largest(self._settings, kind)):
            raise BadFile(N_("This file is larger than %(most)s MB."), most=most // MEGABYTE)
        if kind is PICTURE:
            if self._pictures <= 0:
                raise BadFile(N_("At most %(most)s photographs can be taken."), most=self._settings.max_files)
            self._pictures -= 1
            return
        if self._others <= 0:
            raise BadFile(
                N_("At most %(most)s videos, recordings and documents can be taken."),
                most=self._settings.max_other_files,
            )
        self._others -= 1
