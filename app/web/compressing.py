"""Answers travel compressed: static files once and well, pages that are the same for everybody each time and fast.

A page of somebody's own (a report that is followed, a receipt, whatever staff see) stays as it is: it holds a secret
beside words that others may choose, and whoever measures lengths on the line could guess the one by the other (BREACH).
"""

import gzip
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from pathlib import Path

import brotli
from flask import Flask, Response, current_app, g, request

from app.web.drawn import SAME_FOR_ALL
from app.web.guards import entry_of

KINDS = {"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json", "application/geo+json"}
KINDS |= {"application/atom+xml", "text/csv", "application/xml", "text/xml"}
SMALLEST = 1000
LARGEST = 4_000_000
"""Bytes; below it costs more than it saves, above it would hold a worker."""
BEST, FAST, FAST_GZIP = 11, 3, 1


@cache
def _kept(file: Path, _changed: int, encoding: str) -> bytes:
    content = file.read_bytes()
    return brotli.compress(content, quality=BEST) if encoding == "br" else gzip.compress(content, mtime=0)


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=FAST),
    "gzip": lambda content: gzip.compress(content, FAST_GZIP, mtime=0),
}


def compress(response: Response) -> Response:
    """Compress what gains by it and may be; say that the answer depends on what the reader takes."""
    if response.mimetype not in KINDS or not _is_for_all(response):
        return response
    response.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match([*COMPRESS]) if request.accept_encodings else None
    if not encoding or response.status_code != HTTPStatus.OK or "Content-Encoding" in response.headers:
        return response
    content = _static(encoding) if request.endpoint == "static" else _page(response, encoding)
    if content is not None:
        response.close()  # a file it holds open is no longer needed
        response.direct_passthrough = False
        response.set_data(content)
        response.headers["Content-Encoding"] = encoding
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # the same page, not the same bytes
    return response


def _is_for_all(response: Response) -> bool:
    entry = entry_of(current_app, request.endpoint or "")
    same = "no-store" not in response.headers.get("Cache-Control", "") or g.get(SAME_FOR_ALL, False)
    return same and request.method in {"GET", "HEAD"} and entry is not None and entry.public


def _static(encoding: str) -> bytes | None:
    file = Path(current_app.static_folder or "") / (request.view_args or {}).get("filename", "")
    found = file.stat()
    return _kept(file, found.st_mtime_ns, encoding) if found.st_size >= SMALLEST else None


def _page(response: Response, encoding: str) -> bytes | None:
    if response.is_streamed or response.direct_passthrough:
        return None
    content = response.get_data()
    return COMPRESS[encoding](content) if SMALLEST <= len(content) <= LARGEST else None


def init(app: Flask) -> None:
    app.after_request(compress)
