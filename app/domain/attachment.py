"""Attachments: everybody sees a safe copy; the original, and the name it came with, are sealed to the vault's key."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import storage
from app.db import Base
from app.domain.evidence import pictures
from app.domain.evidence.kinds import HEAD_BYTES, PICTURE, EvidenceKind, FileStanding, form_of
from app.domain.evidence.pictures import SAFE_TYPE, SafePicture
from app.domain.evidence.refusing import BadFile
from app.kernel import crypto
from app.kernel.errors import N_

__all__ = ["Attachment", "BadFile", "EvidenceKind", "FileStanding", "SafePicture"]
KINDS = {str(kind) for kind in EvidenceKind}
EMPTY, READY = text("''"), text("'ready'")


ONLY_PICTURES = N_("Only photographs can be attached here (JPEG, PNG, WebP or HEIC).")


class Attachment(Base):
    """A file of a report, a reply, a measure or a ladder step.

    `safe_name` is the copy for everybody else: None while there is none. `sealed_name` is the original, sealed to the
    vault; `received_name` the file as received under the house's own key, while something has still to be done with
    it, and always for a document, which the team reads as it came. `found` is what a scanner called it. `kind` is an
    EvidenceKind, or for what a picture is there (before, after). Until its record is kept, a file that was sent waits
    under `waiting_key`, the key of the form it came with.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_subject", "noun", "noun_id"),
        Index("ix_attachments_standing", "standing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    noun: Mapped[str | None]
    noun_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default="picture")
    position: Mapped[int] = mapped_column(default=0)
    token: Mapped[str] = mapped_column(unique=True)
    waiting_key: Mapped[str | None] = mapped_column(index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    safe_name: Mapped[str | None]
    sealed_name: Mapped[str]
    sha256: Mapped[str]
    kept_at: Mapped[datetime]
    standing: Mapped[str] = mapped_column(default=str(FileStanding.READY), server_default=READY)
    received_name: Mapped[str | None]
    sealed_label: Mapped[bytes | None]
    found: Mapped[str] = mapped_column(default="", server_default=EMPTY)

    @property
    def shows(self) -> EvidenceKind:
        """Picture, video, recording or document, whatever it is there for."""
        return EvidenceKind(self.kind) if self.kind in KINDS else PICTURE

    @property
    def reaches_the_team(self) -> bool:
        """Whether there is something to open: a safe copy, or a document as it came."""
        return self.safe_name is not None or (self.stands is FileStanding.KEPT and self.received_name is not None)

    @property
    def stands(self) -> FileStanding:
        return FileStanding(self.standing)


def safe_picture(content: bytes) -> SafePicture:
    """Re-encode a picture. Raises BadFile for anything that is not a picture of a sensible size."""
    try:
        form = form_of(content[:HEAD_BYTES], "")
    except BadFile as error:
        raise BadFile(ONLY_PICTURES) from error
    if form.kind is not PICTURE:
        raise BadFile(ONLY_PICTURES)
    return pictures.safe_picture(content, form.media_type)


@dataclass(frozen=True)
class RestedPicture:
    """A picture that is on the disk already: its safe copy and its sealed original. No record speaks of it yet."""

    picture: SafePicture
    safe_name: str
    sealed_name: str
    sha256: str


def rest_picture(files: Path, public_key: bytes, content: bytes) -> RestedPicture:
    """Re-encode and keep a picture, before the transaction that will speak of it: this takes a while. BadFile."""
    picture = safe_picture(content)
    return RestedPicture(
        picture,
        storage.keep(files, picture.content),
        storage.keep(files, crypto.seal(public_key, content)),
        sha256(picture.content).hexdigest(),
    )


def record_picture(session: Session, rested: RestedPicture, waiting_key: str, moment: datetime) -> Attachment:
    """Write the row of a picture that is on the disk; it waits under a form's key."""
    attachment = Attachment(
        token=crypto.random_token(),
        waiting_key=waiting_key,
        media_type=SAFE_TYPE,
        size=len(rested.picture.content),
        width=rested.picture.width,
        height=rested.picture.height,
        safe_name=rested.safe_name,
        sealed_name=rested.sealed_name,
        sha256=rested.sha256,
        kept_at=moment,
    )
    session.add(attachment)
    session.flush()
    return attachment


def take_picture(
    session: Session, files: Path, public_key: bytes, content: bytes, waiting_key: str, moment: datetime
) -> Attachment:
    """Keep one picture: safe copy and sealed original are on the disk before the row is written."""
    return record_picture(session, rest_picture(files, public_key, content), waiting_key, moment)


def waiting(session: Session, key: str) -> list[Attachment]:
    """Files that were sent with a form that has not been kept yet."""
    return list(session.scalars(select(Attachment).where(Attachment.waiting_key == key).order_by(Attachment.id)))


def attach_waiting(session: Session, key: str, noun: str, noun_id: int, kind: str = "") -> list[Attachment]:
    """Give the files that waited under a form's key to the record that was kept, behind those it has already.

    `kind` says what pictures are there for (before, after); without it each keeps what it is.
    """
    found = waiting(session, key)
    there = len(attachments_of(session, noun, noun_id)) if found else 0
    for position, attachment in enumerate(found, there + 1):
        attachment.noun, attachment.noun_id, attachment.kind = noun, noun_id, kind or attachment.kind
        attachment.position, attachment.waiting_key = position, None
    return found


def attachments_of(session: Session, noun: str, noun_id: int) -> list[Attachment]:
    query = select(Attachment).where(Attachment.noun == noun, Attachment.noun_id == noun_id)
    return list(session.scalars(query.order_by(Attachment.position, Attachment.id)))
