"""The doors for files that are sent one by one while a form is still being written, keyed by that form.

The key is a header and never a part of an address: addresses get into logs. It is all that is asked for, as it is all
that a form has; whoever does not hold it sees neither the file nor that there is one. Answers are JSON; a refusal is
a sentence for the sender.
"""

from typing import Any

from flask import Response, jsonify, request

from app.domain.attachment import Attachment
from app.domain.evidence import incoming
from app.domain.evidence.incoming import Arrived, Busy, Incoming
from app.domain.evidence.refusing import BadFile
from app.domain.people import CITIZEN
from app.intake import blueprint
from app.intake.forms.report import KEY
from app.intake.routes.here import installed
from app.kernel.errors import NotFound, OfficeError, Stale
from app.settings import MEGABYTE
from app.web.described import PROBLEMS, Answer, Body, Query, described
from app.web.guards import public
from app.web.language import sentence

KEY_HEADER, OFFSET_HEADER = "X-Form-Key", "Upload-Offset"
PIECE = "application/offset+octet-stream"
AGAIN_IN = "20"  # seconds
TAGS = ("evidence",)
OBJECT = {"type": "object"}
JSON = "application/json"
FILE = {"type": "object", "required": ["token", "size", "offset", "done"]}
NEW_FILE = {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "minimum": 0}}}
HELD = Query(KEY_HEADER, "The key of the form the files belong to.", {"type": "string"}, place="header")
AT = Query(OFFSET_HEADER, "Where the piece begins, in bytes.", {"type": "integer"}, place="header", required=True)
MISSING = Answer("No such file under this key.", PROBLEMS)
REFUSED = Answer("The file is not taken: why, in a sentence.", {JSON: OBJECT})
LATER = Answer("There is no room at the moment; after Retry-After seconds there may be.", {JSON: OBJECT})


@blueprint.get("/report/files")
@public
@described(
    "The files sent so far with a form",
    answers={200: (JSON, "Those that arrived and those on their way.", OBJECT)},
    queries=[HELD],
    tags=TAGS,
)
def files() -> Response:
    key = _key()
    if key is None:
        return jsonify(files=[])
    there = [_of_row(one) for one in incoming.arrived(key)]
    return jsonify(files=there + [_of_part(one) for one in incoming.on_their_way(installed(), key)])


@blueprint.post("/report/files")
@public
@described(
    "Begin to send a file",
    answers={
        201: (JSON, "Where to send its pieces; one that was broken off before says how much is here.", FILE),
        400: Answer("No token.", PROBLEMS),
        404: Answer("No key of a form, or no size of a file.", PROBLEMS),
        422: REFUSED,
        503: LATER,
    },
    queries=[HELD],
    body=Body({JSON: NEW_FILE}),
    tags=TAGS,
)
def begin_file() -> Response | tuple[Response, int]:
    said = request.get_json(silent=True)
    key = _key()
    if key is None or not isinstance(said, dict) or type(said.get("size")) is not int or said["size"] < 0:
        raise NotFound
    new = Incoming("", str(said.get("name", ""))[:400], said["size"], str(said.get("mark", ""))[:80])
    try:
        return jsonify(_of_part(incoming.begin(installed(), key, new))), 201
    except (BadFile, Busy) as error:
        return _refused(error)


@blueprint.get("/report/files/<upload>")
@public
@described(
    "How much of a file has arrived", answers={200: (JSON, "The file.", FILE), 404: MISSING}, queries=[HELD], tags=TAGS
)
def file(upload: str) -> Response:
    key = _needed()
    for one in incoming.arrived(key):
        if one.token == upload:
            return jsonify(_of_row(one))
    return jsonify(_of_part(incoming.find(installed(), key, upload)))


@blueprint.patch("/report/files/<upload>")
@public
@described(
    "Send the next piece of a file",
    answers={
        200: (JSON, "How much is here now; with the last piece, what became of the file.", FILE),
        400: Answer("No token.", PROBLEMS),
        404: MISSING,
        409: Answer("The file ends at another place: go on from there.", {JSON: FILE}),
        422: REFUSED,
        503: LATER,
    },
    queries=[HELD, AT],
    body=Body({PIECE: {"type": "string", "format": "binary"}}),
    tags=TAGS,
)
def add_to_file(upload: str) -> Response | tuple[Response, int]:
    """The last piece finishes the file; sent again after a broken answer, an empty one does."""
    house, key = installed(), _needed()
    try:
        there = incoming.add(house, key, upload, _offset(), request.get_data(cache=False))
        if there.offset < there.size:
            return jsonify(_of_part(there))
        return jsonify(_of_arrived(incoming.finish(house, CITIZEN, key, upload)))
    except Stale:
        return jsonify(_of_part(incoming.find(house, key, upload))), 409
    except BadFile as error:
        incoming.take_back(house, key, upload)
        return _refused(error)
    except Busy as error:
        return _refused(error)


@blueprint.delete("/report/files/<upload>")
@public
@described(
    "Take a file back",
    answers={204: Answer("It is removed, or was not there."), 400: Answer("No token.", PROBLEMS), 404: MISSING},
    queries=[HELD],
    tags=TAGS,
)
def take_file_back(upload: str) -> tuple[str, int]:
    incoming.take_back(installed(), _needed(), upload)
    return "", 204


@blueprint.app_template_global("evidence_limits")
def limits() -> dict[str, int]:
    """What the component says beforehand: numbers of files, and megabytes."""
    settings = installed().settings
    return {
        "pictures": settings.max_files,
        "others": settings.max_other_files,
        "picture": settings.max_file_bytes // MEGABYTE,
        "video": settings.max_video_bytes // MEGABYTE,
        "audio": settings.max_audio_bytes // MEGABYTE,
        "document": settings.max_document_bytes // MEGABYTE,
        "together": settings.max_request_bytes // MEGABYTE - 4,
    }


def _key() -> str | None:
    key = request.headers.get(KEY_HEADER, "")
    return key if KEY.fullmatch(key) else None


def _needed() -> str:
    key = _key()
    if key is None:
        raise NotFound
    return key


def _offset() -> int:
    said = request.headers.get(OFFSET_HEADER, "")
    return int(said) if said.isdecimal() and len(said) < 16 else -1  # noqa: PLR2004


def _of_part(one: Incoming) -> dict[str, Any]:
    return {"token": one.token, "name": one.name, "size": one.size, "offset": one.offset, "done": False}


def _of_row(one: Attachment) -> dict[str, Any]:
    return {"token": one.token, "kind": str(one.shows), "size": one.size, "offset": one.size, "done": True}


def _of_arrived(arrived: Arrived) -> dict[str, Any]:
    """The place goes back to whom the picture came from, once, to be used or not; nobody else is told."""
    place = arrived.place
    told = {"latitude": place[0], "longitude": place[1]} if place else None
    return {**_of_row(arrived.attachment), "place": told}


def _refused(error: OfficeError) -> tuple[Response, int]:
    told = jsonify(refused=sentence(error.message, error.params))
    if isinstance(error, Busy):
        told.headers["Retry-After"] = AGAIN_IN
        return told, 503
    return told, 422
