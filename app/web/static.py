"""Static files by the hash of their content: kept for a year, and new the moment they change."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

FOREVER = "public, max-age=31536000, immutable"


@cache
def _mark(file: Path, _changed: int) -> str:
    return sha256(file.read_bytes()).hexdigest()[:12]


def static_mark(name: str) -> str:
    """The hash of a file's content, shortened. A file that does not exist is an error, not a broken page."""
    file = Path(current_app.static_folder or "") / name
    return _mark(file, file.stat().st_mtime_ns)


def static_url(name: str) -> str:
    """The address of a static file, for templates: `static_url('css/base.css')`."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("static_addresses", {})
    file = name, static_mark(name)
    if file not in known:
        known[file] = url_for("static", filename=name, v=file[1])
    return known[file]


def init(app: Flask) -> None:
    app.jinja_env.globals["static_url"] = static_url

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 206, 304}:
            name = (request.view_args or {}).get("filename", "")
            fits = request.args.get("v") == static_mark(name)
            response.headers["Cache-Control"] = FOREVER if fits else "no-cache"
        return response
