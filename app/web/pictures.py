"""The door's answer for a kept picture: the safe copy, never opened as a page, never under the name it came with."""

from pathlib import Path

from flask import Response, make_response

from app import storage
from app.domain.attachment import Attachment
from app.kernel.errors import NotFound

SANDBOX = "sandbox; default-src 'none'"
SHOWN = 8


def picture(files: Path, attachment: Attachment) -> Response:
    """The caller has loaded what it belongs to through the scope. NotFound when the file has been removed."""
    try:
        response = make_response(storage.read(files, attachment.safe_name))
    except FileNotFoundError as error:
        raise NotFound from error
    response.headers["Content-Type"] = attachment.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{attachment.token[:SHOWN]}.jpg"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
