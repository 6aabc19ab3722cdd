"""Photographs on their way in: judged and laid on the disk first, recorded in the transaction that speaks of them.

Re-encoding takes about a second each and must not hold the writers' lock; and a row may only name a file that
would survive a power cut. What was laid down and then not recorded is thrown away again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import storage
from app.domain.attachment import BadFile, RestedPicture, record_picture, rest_picture, waiting
from app.domain.installation import Installation
from app.intake.commands import SentFile
from app.intake.queries import photographs_waiting
from app.kernel.errors import N_, OfficeError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class NotTaken:
    """A file that was not taken, and the sentence that says why (an English msgid and what goes into it)."""

    name: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass
class Rested:
    """Photographs on the disk that no row speaks of yet, and the files that could not be taken."""

    pictures: list[RestedPicture] = field(default_factory=list)
    not_taken: tuple[NotTaken, ...] = ()


def rest(house: Installation, key: str, files: Sequence[SentFile]) -> Rested:
    """Lay the good ones on the disk, up to the number an installation takes with one form; name the others."""
    room = house.settings.max_files - photographs_waiting(key)
    rested, not_taken = Rested(), []
    for file in files:
        try:
            if len(rested.pictures) >= room:
                raise BadFile(N_("At most %(most)s photographs can be taken."), most=house.settings.max_files)
            rested.pictures.append(_rest_one(house, file.content))
        except OfficeError as error:
            not_taken.append(NotTaken(file.name, error.message, error.params))
    rested.not_taken = tuple(not_taken)
    return rested


def _rest_one(house: Installation, content: bytes) -> RestedPicture:
    most = house.settings.max_file_bytes
    if not content:
        raise BadFile(N_("This file is empty."))
    if len(content) > most:
        raise BadFile(N_("This file is larger than %(most)s MB."), most=most // MEGABYTE)
    try:
        return rest_picture(house.files, house.vault.public, content)
    except OSError as error:  # a full disk must not cost somebody their report
        raise BadFile(N_("This photograph could not be kept just now.")) from error


def record(session: Session, rested: Rested, key: str, moment: datetime) -> None:
    """Write the rows. One that waits under this key already was sent twice and stays out."""
    known = {attachment.sha256 for attachment in waiting(session, key)}
    for picture in list(rested.pictures):
        if picture.sha256 not in known:
            known.add(picture.sha256)
            record_picture(session, picture, key, moment)
            rested.pictures.remove(picture)


def throw_away(house: Installation, rested: Rested) -> None:
    """Remove from the disk what was not recorded: sent twice, or with a form that had been taken before.

    What was recorded stays, also when the commit failed: whether a lost connection lost the row nobody knows.
    """
    for picture in rested.pictures:
        storage.drop(house.files, picture.safe_name)
        storage.drop(house.files, picture.sealed_name)
