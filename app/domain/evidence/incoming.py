"""Files that come in pieces, in the manner of tus: begun, added to where they end, finished; under a form's key.

What has come so far lies in the folder of files, locked, with what its sender said of it beside it; no table knows of
it before it is whole. So a connection may break wherever it likes, and a piece costs no writer of the database.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import RawIOBase
from pathlib import Path

from sqlalchemy import func, select

from app import storage
from app.db import session, transaction
from app.domain.attachment import Attachment, waiting
from app.domain.evidence import lockers
from app.domain.evidence.kinds import DOCUMENT, HEAD_BYTES, PICTURE, form_of
from app.domain.evidence.limits import Room
from app.domain.evidence.names import shown
from app.domain.evidence.refusing import BadFile
from app.domain.evidence.resting import Rested, SentFile, record_one, rest, throw_away
from app.domain.installation import Installation
from app.domain.people import Actor
from app.kernel import crypto
from app.kernel.errors import N_, NotFound, OfficeError, Stale

FOLDER = "incoming"
RESERVE = 512 * 1024 * 1024
SAID, PART = ".said", ".part"
LARGEST_PIECE = 4 * 1024 * 1024


class Busy(OfficeError):
    """There is no room at the moment: later there will be. The report itself needs none of it."""


@dataclass(frozen=True)
class Incoming:
    """A file on its way: how it is called on its device, how large it will be, how much is here."""

    token: str
    name: str
    size: int
    mark: str = ""
    offset: int = 0


@dataclass(frozen=True)
class Arrived:
    """A file that is whole: its row, and the place a telephone wrote into it, for its sender's eyes only."""

    attachment: Attachment
    place: tuple[float, float] | None = None


def begin(house: Installation, key: str, said: Incoming) -> Incoming:
    """Make room for a file. One of the same mark and size that was broken off is gone on with. BadFile, Busy."""
    for there in on_their_way(house, key):
        if said.mark and (there.mark, there.size) == (said.mark, said.size):
            return there
    settings = house.settings
    if not said.size:
        raise BadFile(N_("This file is empty."))
    if said.size > (most := max(settings.max_video_bytes, settings.max_file_bytes)):
        raise BadFile(N_("This file is larger than %(most)s MB."), most=most // lockers.BLOCK)
    if len(on_their_way(house, key)) >= settings.max_files + settings.max_other_files:
        raise BadFile(N_("Too many files at once: please let those before it arrive first."))
    _must_have_room(house, said.size)
    begun = Incoming(crypto.random_token(), shown(said.name), said.size, said.mark)
    folder = _folder(house, key)
    storage.make_folder(folder.parent)
    storage.make_folder(folder)
    (folder / (begun.token + SAID)).write_bytes(crypto.lock(house.file_key, json.dumps(asdict(begun)).encode()))
    (folder / (begun.token + PART)).touch(mode=0o600, exist_ok=False)
    return begun


def add(house: Installation, key: str, token: str, at: int, content: bytes) -> Incoming:
    """Add a piece where the file ends. Stale when it ends elsewhere, BadFile as soon as it is known not to be taken."""
    there = find(house, key, token)
    if at != there.offset or at + len(content) > there.size or len(content) > LARGEST_PIECE:
        raise Stale(N_("The file is at another place already."))
    if not content:
        return there
    if at == 0:
        form = form_of(content[:HEAD_BYTES], there.name)
        Room(house.settings, key).take(form.kind, there.size)
    try:
        offset = lockers.add(_folder(house, key) / (token + PART), house.file_key, content, at)
    except ValueError as error:  # somebody else sent the same piece meanwhile
        raise Stale(N_("The file is at another place already.")) from error
    except OSError as error:
        raise Busy(N_("There is no room for files at the moment.")) from error
    return Incoming(there.token, there.name, there.size, there.mark, offset)


def finish(house: Installation, actor: Actor, key: str, token: str) -> Arrived:
    """Judge a file that is whole, seal it, and let its row wait under the form's key. Raises BadFile, NotFound."""
    there = find(house, key, token)
    if there.offset != there.size:
        raise Stale(N_("The file is not whole yet."))
    part = _folder(house, key) / (token + PART)
    rested = Rested(house)
    try:
        rested.files.append(file := rest(house, _as_sent(house, part, there), Room(house.settings, key)))
        with transaction() as writing:
            row = next((one for one in waiting(writing, key) if one.sha256 == file.mark), None)
            if row is None:
                row = record_one(writing, house, file, key, actor.now(), token)
                rested.files.clear()
    except BadFile:
        _forget(house, key, token)
        raise
    finally:
        throw_away(house, rested)
    _forget(house, key, token)
    return Arrived(row, file.place)


def find(house: Installation, key: str, token: str) -> Incoming:
    """A file on its way under this key. Raises NotFound."""
    if not token.isalnum():
        raise NotFound
    try:
        said = json.loads(crypto.unlock(house.file_key, (_folder(house, key) / (token + SAID)).read_bytes()))
        offset = lockers.size_of(_folder(house, key) / (token + PART))
    except FileNotFoundError as error:
        raise NotFound from error
    return Incoming(said["token"], said["name"], said["size"], said["mark"], offset)


def on_their_way(house: Installation, key: str) -> list[Incoming]:
    folder = _folder(house, key)
    tokens = sorted(file.stem for file in folder.glob("*" + SAID)) if folder.is_dir() else []
    found = []
    for token in tokens:
        try:
            found.append(find(house, key, token))
        except NotFound:
            continue
    return found


def arrived(key: str) -> list[Attachment]:
    """What waits under a form's key."""
    return waiting(session(), key)


def take_back(house: Installation, key: str, token: str) -> None:
    """Remove a file its sender does not want to send after all. One that is not there is as good as removed."""
    _forget(house, key, token)
    with transaction() as writing:
        found = [one for one in waiting(writing, key) if one.token == token]
        for one in found:
            writing.delete(one)
    for one in found:
        drop_files(house, one)


def drop_files(house: Installation, one: Attachment) -> None:
    for name in (one.safe_name, one.sealed_name, one.received_name):
        if name:
            storage.drop(house.files, name)


def _as_sent(house: Installation, part: Path, there: Incoming) -> SentFile:
    """Pictures and documents are looked into as a whole, and are small enough for it; the rest goes by in pieces."""
    stream = Unlocked(part, house.file_key, there.size)
    form = form_of(stream.read(HEAD_BYTES), there.name)
    if form.kind in {PICTURE, DOCUMENT}:
        return SentFile(there.name, b"".join(lockers.blocks(part, house.file_key)))
    return SentFile(there.name, stream=stream, locked=part)


def _folder(house: Installation, key: str) -> Path:
    return house.files / FOLDER / crypto.keyed_digest(house.file_key, key)[:40]


def _forget(house: Installation, key: str, token: str) -> None:
    if not token.isalnum():
        return
    for end in (SAID, PART):
        (_folder(house, key) / (token + end)).unlink(missing_ok=True)


def _must_have_room(house: Installation, size: int) -> None:
    """Files without a record may fill the disk up to a point; then sending waits."""
    recorded = session().scalar(select(func.sum(Attachment.size)).where(Attachment.waiting_key.is_not(None))) or 0
    folder = house.files / FOLDER
    parts = sum(file.stat().st_size for file in folder.glob("*/*" + PART)) if folder.is_dir() else 0
    free = shutil.disk_usage(house.files).free
    if recorded + parts + size > house.settings.max_waiting_bytes or free < RESERVE + 3 * size:
        raise Busy(N_("There is no room for files at the moment."))


class Unlocked(RawIOBase):
    """A locked file to be read from its beginning, as often as wanted."""

    def __init__(self, file: Path, key: bytes, size: int) -> None:
        super().__init__()
        self._file, self._key, self._size = file, key, size
        self._blocks: Iterator[bytes] = lockers.blocks(file, key)
        self._rest = b""

    def seek(self, offset: int, whence: int = 0) -> int:
        if offset or whence not in {0, 2}:
            raise ValueError("from the beginning, or to the end to learn the size")
        self._blocks, self._rest = lockers.blocks(self._file, self._key), b""
        return self._size if whence else 0

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._size if size is None or size < 0 else size
        while len(self._rest) < wanted and (block := next(self._blocks, b"")):
            self._rest += block
        given, self._rest = self._rest[:wanted], self._rest[wanted:]
        return given

    def readable(self) -> bool:
        return True
