"""What programs read, as an answer: written whole before it is sent, with a mark by which a reader asks for news."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Response, request, send_file

from app.web.described import Answer

JSON = "application/json"
GEOJSON = "application/geo+json"
KNOWN = {304: Answer("Nothing is new since the mark that was sent (If-None-Match).")}
"""Said of every door that answers with the functions of this module."""


def send_json(told: Any, media: str = JSON) -> Response:
    """A small document."""
    return unless_known(Response(json.dumps(told, ensure_ascii=False) + "\n", content_type=media))


def unless_known(response: Response) -> Response:
    """304 without a word for whoever has exactly this already (If-None-Match)."""
    response.add_etag()
    response.make_conditional(request.environ)
    return response


def send_list(head: Mapping[str, Any], name: str, rows: Iterable[Any], tail: Any, *, media: str, file: str) -> Response:
    """A long document: `head`, under `name` every row, and what `tail()` says when they have been counted.

    Rows are written to a file as they are read: memory stays flat, and the answer never breaks off in the middle.
    """
    with tempfile.TemporaryDirectory(prefix="hotline-list-") as folder:
        path = Path(folder) / "list"
        with path.open("w", encoding="utf-8") as out:
            out.write(json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": [')
            for at, row in enumerate(rows):
                out.write((",\n" if at else "\n") + json.dumps(row, ensure_ascii=False))
            out.write("\n], " + json.dumps(tail(), ensure_ascii=False)[1:] + "\n")
        with path.open("rb") as kept:
            mark = hashlib.file_digest(kept, "sha256").hexdigest()[:32]
        content = path.open("rb")  # stays readable after its folder is gone, and closes with the answer
    return send_file(content, media, as_attachment=True, download_name=file, etag=mark, conditional=True)
