"""Files on their way in: judged and laid on the disk first, recorded in the transaction that speaks of them.

Judging and sealing take a while and must not hold the writers' lock; and a row may only name a file that would
survive a power cut. What was laid down and then not recorded is thrown away again.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy.orm import Session

from app import storage
from app.domain.attachment import Attachment, waiting
from app.domain.doings import Doing, write_down
from app.domain.evidence import documents, lockers, pictures, scanning
from app.domain.evidence.kinds import DOCUMENT, HEAD_BYTES, PICTURE, FileStanding, Form, form_of
from app.domain.evidence.limits import Room, largest
from app.domain.evidence.names import shown
from app.domain.evidence.pictures import SafePicture
from app.domain.evidence.refusing import BadFile
from app.domain.evidence.scanning import Finding, Verdict
from app.domain.installation import Installation
from app.domain.people import SYSTEM
from app.domain.workflow.vocabulary import Role
from app.kernel import crypto
from app.kernel.errors import N_, OfficeError

PREPARE = "evidence.prepare"
NOT_KEPT = N_("This file could not be kept just now.")


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent: the name it had on the sender's device, and what is in it, at once or as a stream.

    `locked` is a locker that holds the same already: it is taken over instead of being written again.
    """

    name: str
    content: bytes = b""
    stream: IO[bytes] | RawIOBase | None = None
    locked: Path | None = None

    def opened(self) -> IO[bytes]:
        file = self.stream or BytesIO(self.content)
        file.seek(0)
        return cast("IO[bytes]", file)

    def size(self) -> int:
        return self.opened().seek(0, 2)


@dataclass(frozen=True)
class NotTaken:
    """A file that was not taken, and the sentence that says why (an English msgid and what goes into it)."""

    name: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RestedFile:
    """A file on the disk that no row speaks of yet."""

    form: Form
    size: int
    mark: str
    sealed_name: str
    safe: SafePicture | None = None
    safe_name: str | None = None
    received_name: str | None = None
    standing: FileStanding = FileStanding.READY
    found: str = ""
    label: bytes = b""
    place: tuple[float, float] | None = None

    def names(self) -> list[str]:
        return [name for name in (self.sealed_name, self.safe_name, self.received_name) if name]


@dataclass
class Rested:
    """Files on the disk that no row speaks of yet, and those that could not be taken."""

    house: Installation
    files: list[RestedFile] = field(default_factory=list)
    not_taken: tuple[NotTaken, ...] = ()


def rest_all(house: Installation, key: str, files: Sequence[SentFile]) -> Rested:
    """Lay the good ones on the disk, up to what an installation takes with one form; name the others."""
    rested, not_taken = Rested(house), []
    if not files:
        return rested
    room = Room(house.settings, key)
    for file in files:
        try:
            rested.files.append(rest(house, file, room))
        except OfficeError as error:
            not_taken.append(NotTaken(shown(file.name), error.message, error.params))
    rested.not_taken = tuple(not_taken)
    return rested


def rest(house: Installation, file: SentFile, room: Room) -> RestedFile:
    """Judge one file by its content, and lay it on the disk. Raises BadFile."""
    size = file.size()
    form = _form(file)
    room.take(form.kind, size)
    try:
        if form.kind is PICTURE:
            return _rest_picture(house, file, form)
        if form.kind is DOCUMENT:
            documents.must_be_tame(form.media_type, file.opened())
        return _rest_other(house, file, form, size)
    except OSError as error:  # a full disk must not cost somebody their report
        raise BadFile(NOT_KEPT) from error


def record(session: Session, rested: Rested, key: str, moment: datetime) -> list[Attachment]:
    """Write the rows. One that waits under this key already was sent twice and stays out."""
    if not rested.files:
        return []
    known = {attachment.sha256 for attachment in waiting(session, key)}
    written = []
    for file in list(rested.files):
        if file.mark not in known:
            known.add(file.mark)
            written.append(record_one(session, rested.house, file, key, moment))
            rested.files.remove(file)
    return written


def record_one(
    session: Session, house: Installation, file: RestedFile, key: str, moment: datetime, token: str = ""
) -> Attachment:
    """Write one row; what has still to be done with its file is asked for once it is committed."""
    attachment = Attachment(
        token=token or crypto.random_token(),
        kind=str(file.form.kind),
        waiting_key=key,
        media_type=pictures.SAFE_TYPE if file.safe_name else file.form.media_type,
        size=len(file.safe.content) if file.safe else file.size,
        width=file.safe.width if file.safe else 0,
        height=file.safe.height if file.safe else 0,
        safe_name=file.safe_name,
        sealed_name=file.sealed_name,
        received_name=file.received_name,
        sha256=file.mark,
        kept_at=moment,
        standing=str(file.standing),
        sealed_label=file.label or None,
        found=file.found,
    )
    session.add(attachment)
    session.flush()
    if file.standing is FileStanding.WAITING:
        house.jobs.after_commit(session, PREPARE, attachment.id)
    elif file.standing is FileStanding.HELD:
        note_held(session, attachment.id)
    return attachment


def note_held(session: Session, attachment_id: int) -> None:
    """That a file was held back is ledgered; what was found stands with the file."""
    write_down(session, SYSTEM, Role.CLOCK, Doing.HOLD_FILE, "attachment", attachment_id)


def throw_away(house: Installation, rested: Rested) -> None:
    """Remove from the disk what was not recorded: sent twice, or with a form that had been taken before.

    What was recorded stays, also when the commit failed: whether a lost connection lost the row nobody knows.
    """
    for file in rested.files:
        for name in file.names():
            storage.drop(house.files, name)


def _form(file: SentFile) -> Form:
    head = file.opened().read(HEAD_BYTES)
    if not head:
        raise BadFile(N_("This file is empty."))
    return form_of(head, file.name)


def _rest_picture(house: Installation, file: SentFile, form: Form) -> RestedFile:
    content = file.opened().read(largest(house.settings, PICTURE) + 1)
    safe = pictures.safe_picture(content, form.media_type)
    verdict = scanning.scan(house.settings.clamd, (content,))
    ready = verdict.passes
    with _undone(house) as keep:
        return RestedFile(
            form,
            len(content),
            sha256(safe.content).hexdigest(),
            sealed_name=keep(storage.keep(house.files, crypto.seal(house.vault.public, content))),
            safe=safe if ready else None,
            safe_name=keep(storage.keep(house.files, safe.content)) if ready else None,
            received_name=None if verdict.finding is not Finding.AWAY else keep(_lock(house, (content,))),
            standing=_standing(form, verdict),
            found=verdict.called,
            label=_label(house, file),
            place=safe.place,
        )


def _rest_other(house: Installation, file: SentFile, form: Form, size: int) -> RestedFile:
    """Sealed piece by piece; kept under the house's key for the safe copy that is made of it, or for the team."""
    verdict = Verdict(Finding.UNASKED)
    if form.kind is DOCUMENT:
        verdict = scanning.scan(house.settings.clamd, lockers.pieces(file.opened()))
    mark = hmac.new(house.file_key, digestmod=sha256)  # keyed: nobody proves with a copy of a file who sent it

    def marked() -> Iterator[bytes]:
        for piece in lockers.pieces(file.opened()):
            mark.update(piece)
            yield piece

    with _undone(house) as keep:
        sealed = keep(storage.keep_pieces(house.files, crypto.seal_stream(house.vault.public, marked())))
        received = None
        if verdict.finding is not Finding.FOUND:
            taken = storage.take_in(house.files, file.locked) if file.locked else ""
            received = keep(taken or _lock(house, lockers.pieces(file.opened())))
        return RestedFile(
            form,
            size,
            mark.hexdigest(),
            sealed_name=sealed,
            received_name=received,
            standing=_standing(form, verdict),
            found=verdict.called,
            label=_label(house, file),
        )


def _lock(house: Installation, content: Iterable[bytes]) -> str:
    return lockers.lock_away(house.files, house.file_key, content)


def _standing(form: Form, verdict: Verdict) -> FileStanding:
    """Videos and recordings are made safe later; a document is read by the team as it came."""
    if verdict.finding is Finding.FOUND:
        return FileStanding.HELD
    if verdict.finding is Finding.AWAY or form.kind not in {PICTURE, DOCUMENT}:
        return FileStanding.WAITING
    return FileStanding.READY if form.kind is PICTURE else FileStanding.KEPT


def _label(house: Installation, file: SentFile) -> bytes:
    """The name it came with, for whoever opens the original: it may say who sent it."""
    return crypto.seal(house.vault.public, shown(file.name).encode())


@contextmanager
def _undone(house: Installation) -> Iterator[Callable[[str], str]]:
    """What was laid down before something went wrong is taken up again."""
    laid: list[str] = []

    def keep(name: str) -> str:
        laid.append(name)
        return name

    try:
        yield keep
    except BaseException:
        for name in laid:
            storage.drop(house.files, name)
        raise
