"""The dossier 「一件一档」 as a copy: one archive of a whole case, registered before it is handed out.

`sha256` is that of the list of hashes inside (SHA256SUMS.txt), which binds every file: the archive itself is written
while it is sent, so that no size of evidence has to fit into memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain import ledger
from app.kernel import clock

SUMS = "SHA256SUMS.txt"
PLAIN_FILE = 0o644 << 16


class DossierCopy(Base):
    """One archive that somebody took: its number stands on every page in it."""

    __tablename__ = "dossier_copies"
    __table_args__ = (UniqueConstraint("copy_number"), Index("ix_dossier_copies_case_id", "case_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    copy_number: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[datetime]
    files: Mapped[int]
    sha256: Mapped[str]


ledger.protect(DossierCopy.__table__)


@dataclass(frozen=True)
class Part:
    """A file of the archive: its path in it, what it is in the index, and how it is read."""

    path: str
    told: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Sealed:
    """A part that has been read once: its size and its hash stand in the index."""

    part: Part
    size: int
    sha256: str

    @classmethod
    def of(cls, part: Part) -> "Sealed":
        content = part.read()
        return cls(part, len(content), sha256(content).hexdigest())


def sums(sealed: Iterable[Sealed]) -> bytes:
    """The list as `sha256sum -c` reads it."""
    return "".join(f"{one.sha256}  {one.part.path}\n" for one in sealed).encode()


class _Sink:
    """Where the archive is written to while it is sent; not seekable, so nothing is gone back to."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def archive(parts: Iterable[Part], moment: datetime) -> Iterator[bytes]:
    """The archive in pieces, one part in memory at a time."""
    sink, at = _Sink(), clock.local(moment)
    with ZipFile(sink, "w", ZIP_STORED) as package:  # type: ignore[call-overload]  # zipfile asks for no more than these
        for part in parts:
            about = ZipInfo(part.path, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            about.external_attr = PLAIN_FILE
            package.writestr(about, part.read())
            yield sink.taken()
    yield sink.taken()
