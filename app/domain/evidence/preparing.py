"""What could not be done while the sender waited: scanning, and safe copies of videos and recordings."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app import storage
from app.db import session, transaction
from app.domain.attachment import Attachment
from app.domain.evidence import lockers, pictures, remuxing, scanning
from app.domain.evidence.kinds import DOCUMENT, FORMS, PICTURE, FileStanding
from app.domain.evidence.refusing import BadFile
from app.domain.evidence.resting import PREPARE, note_held
from app.domain.evidence.scanning import Finding
from app.domain.installation import Installation
from app.jobs import job

AT_A_TIME = 20
WORK = "work"


@dataclass(frozen=True)
class Outcome:
    """What became of a file; nothing (None) when it has to wait on."""

    standing: FileStanding
    safe_name: str | None = None
    media_type: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    found: str = ""


@job(PREPARE)
def prepare(house: Installation, attachment_id: int) -> None:
    """Scan one file and make its safe copy; called again later when a scanner or ffmpeg is away."""
    one = session().get(Attachment, attachment_id)
    if one is None or one.stands is not FileStanding.WAITING or one.received_name is None:
        return
    name = one.received_name
    session().rollback()  # nothing is held while this takes its time
    outcome = _outcome(house, one, name)
    if outcome is not None:
        _write(house, attachment_id, outcome)


@job("evidence.catch_up", every=1)
def catch_up(house: Installation) -> None:
    """Go on with whatever still waits: the scanner is back, ffmpeg was installed, the line was lost."""
    query = select(Attachment.id).where(Attachment.standing == str(FileStanding.WAITING)).order_by(Attachment.id)
    waiting = list(session().scalars(query))
    session().rollback()
    for attachment_id in waiting[:AT_A_TIME]:
        prepare(house, attachment_id)


def _outcome(house: Installation, one: Attachment, name: str) -> Outcome | None:
    try:
        verdict = scanning.scan(
            house.settings.clamd, lockers.unlocked(house.files, house.file_key, name), scanning.LATER
        )
        if verdict.finding is Finding.AWAY:
            return None
        if verdict.finding is Finding.FOUND:
            return Outcome(FileStanding.HELD, found=verdict.called)
        if one.shows is DOCUMENT:
            return Outcome(FileStanding.KEPT)
        return _picture(house, one, name) if one.shows is PICTURE else _recording(house, one, name)
    except remuxing.Missing:
        return None
    except BadFile:
        return Outcome(FileStanding.KEPT)


def _picture(house: Installation, one: Attachment, name: str) -> Outcome:
    content = b"".join(lockers.unlocked(house.files, house.file_key, name))
    safe = pictures.safe_picture(content, one.media_type)
    kept = storage.keep(house.files, safe.content)
    return Outcome(FileStanding.READY, kept, pictures.SAFE_TYPE, len(safe.content), safe.width, safe.height)


def _recording(house: Installation, one: Attachment, name: str) -> Outcome:
    with _folder(house) as folder:
        source = folder / "received"
        with source.open("wb") as plain:
            plain.writelines(lockers.unlocked(house.files, house.file_key, name))
        remuxed = remuxing.remux(source, FORMS[one.media_type], folder)
        with remuxed.file.open("rb") as made:
            kept = storage.keep_pieces(house.files, lockers.pieces(made))
        return Outcome(FileStanding.READY, kept, remuxed.media_type, remuxed.file.stat().st_size)


@contextmanager
def _folder(house: Installation) -> Iterator[Path]:
    """A folder for one piece of work, gone with everything in it afterwards."""
    work = house.files / WORK
    storage.make_folder(work)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        yield Path(folder)


def _write(house: Installation, attachment_id: int, outcome: Outcome) -> None:
    """Two may have worked at the same file: the first to write wins, the other's copy is thrown away."""
    with transaction() as writing:
        one = writing.get(Attachment, attachment_id, with_for_update=True)
        late = one is None or one.stands is not FileStanding.WAITING
        done_with = None
        if one is not None and not late:
            one.standing, one.found = str(outcome.standing), outcome.found
            if outcome.standing is FileStanding.HELD:
                note_held(writing, attachment_id)
            if outcome.safe_name:
                one.safe_name, one.media_type, one.size = outcome.safe_name, outcome.media_type, outcome.size
                one.width, one.height = outcome.width, outcome.height
            if outcome.standing is not FileStanding.KEPT or one.shows is not DOCUMENT:
                done_with, one.received_name = one.received_name, None
    for name in (outcome.safe_name if late else None, done_with):
        if name:
            storage.drop(house.files, name)
