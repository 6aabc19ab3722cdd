"""The door's answer for a kept file: its safe copy, or for the team a document as it came; never opened as a page.

Handed out under a generic name: the one it came with may say who sent it.
"""

from collections.abc import Iterable
from pathlib import Path

from flask import Response, send_file

from app import storage
from app.domain.attachment import Attachment
from app.domain.evidence import lockers
from app.domain.evidence.kinds import DOCUMENT, FORMS, PICTURE, FileStanding
from app.domain.evidence.pictures import SAFE_TYPE
from app.domain.evidence.small import small_picture
from app.domain.installation import Installation
from app.kernel.errors import NotFound

SANDBOX = "sandbox; default-src 'none'"
UNKNOWN = "application/octet-stream"
SHOWN = 8


def picture(files: Path, attachment: Attachment) -> Response:
    """The safe copy. The caller has loaded what it belongs to through the scope. NotFound while there is none."""
    if attachment.safe_name is None or attachment.stands is not FileStanding.READY:
        raise NotFound
    try:
        response = send_file(storage.path_of(files, attachment.safe_name), conditional=True, etag=False)
    except FileNotFoundError as error:
        raise NotFound from error
    return _guarded(response, attachment, attachment.media_type)


def small(files: Path, attachment: Attachment) -> Response:
    """A small picture of the safe copy. NotFound while there is none, and for what is no picture."""
    if attachment.safe_name is None or attachment.stands is not FileStanding.READY or attachment.shows is not PICTURE:
        raise NotFound
    try:
        response = Response(small_picture(files, attachment.safe_name))
    except FileNotFoundError as error:
        raise NotFound from error
    return _guarded(response, attachment, SAFE_TYPE)


def for_the_team(house: Installation, attachment: Attachment) -> Response:
    """The safe copy, or a document as it was received: only for those who read the words as spoken."""
    if attachment.shows is not DOCUMENT or attachment.stands is not FileStanding.KEPT:
        return picture(house.files, attachment)
    try:
        content: Iterable[bytes] = lockers.unlocked(house.files, house.file_key, attachment.received_name or "")
    except FileNotFoundError as error:
        raise NotFound from error
    response = Response(content)
    response.content_length = attachment.size
    return _guarded(response, attachment, UNKNOWN)


def _guarded(response: Response, attachment: Attachment, media_type: str) -> Response:
    suffix = FORMS[attachment.media_type].suffix if attachment.media_type in FORMS else "bin"
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{attachment.token[:SHOWN]}.{suffix}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers.pop("Cache-Control", None)
    response.headers.pop("Last-Modified", None)
    return response
