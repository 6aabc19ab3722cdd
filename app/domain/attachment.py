"""Attachments: pictures are re-encoded for everybody's eyes, the original is sealed to the vault's key."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import filetype
from PIL import Image, ImageOps
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import storage
from app.db import Base
from app.kernel import crypto
from app.kernel.errors import N_, OfficeError

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
QUALITY = 85
SAFE_TYPE = "image/jpeg"


class BadFile(OfficeError):
    """A file that cannot be taken; the report it came with is taken all the same."""


class Attachment(Base):
    """A file of a report, a reply, a measure or a ladder step.

    `safe_name` is the re-encoded copy, `sealed_name` the original sealed to the vault. Until its record is kept,
    a file that was sent waits under `waiting_key`, the key of the form it came with.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_subject", "noun", "noun_id"),)

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
    safe_name: Mapped[str]
    sealed_name: Mapped[str]
    sha256: Mapped[str]
    kept_at: Mapped[datetime]


@dataclass(frozen=True)
class SafePicture:
    """A picture with its orientation applied and every other metadata gone, as JPEG."""

    content: bytes
    width: int
    height: int


def safe_picture(content: bytes) -> SafePicture:
    """Re-encode a picture. Raises BadFile for anything that is not a JPEG, PNG or WebP of a sensible size."""
    kind = filetype.guess(content)
    decoder = PICTURES.get(kind.mime if kind else "")
    if decoder is None:
        raise BadFile(N_("Only photographs can be attached (JPEG, PNG or WebP)."))
    try:
        with Image.open(BytesIO(content), formats=[decoder]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadFile(N_("This picture has too many pixels."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise BadFile(N_("This picture cannot be read; it may be damaged.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return SafePicture(out.getvalue(), upright.width, upright.height)


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


def attach_waiting(session: Session, key: str, noun: str, noun_id: int, kind: str = "picture") -> list[Attachment]:
    """Give the files that waited under a form's key to the record that was kept."""
    found = waiting(session, key)
    for position, attachment in enumerate(found, 1):
        attachment.noun, attachment.noun_id, attachment.kind = noun, noun_id, kind
        attachment.position, attachment.waiting_key = position, None
    return found


def attachments_of(session: Session, noun: str, noun_id: int) -> list[Attachment]:
    query = select(Attachment).where(Attachment.noun == noun, Attachment.noun_id == noun_id)
    return list(session.scalars(query.order_by(Attachment.position, Attachment.id)))
