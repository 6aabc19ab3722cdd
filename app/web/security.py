"""Headers, CSRF and limits on every answer, errors and static files included."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.settings import Settings
from app.web import cookies
from app.web.reading import OfficeRequest

View = TypeVar("View", bound=Callable[..., Any])
KEEP = "_hotline_keep"
OPEN = "_hotline_open"
MEGABYTE = 1024 * 1024

OURS_ONLY = ("script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "form-action", "worker-src")
NOBODY = ("default-src", "frame-ancestors", "base-uri")
POLICY = "; ".join([f"{what} 'none'" for what in NOBODY] + [f"{what} 'self'" for what in OURS_ONLY])
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "86400",
}
SAFE = {"GET", "HEAD", "OPTIONS"}
FROM_ELSEWHERE = {"cross-site", "same-site"}

csrf = CSRFProtect()
"""On every unsafe method. `csrf.exempt(view)` only where a key of another system stands in for it (exchange)."""


def may_be_kept(seconds: int) -> Callable[[View], View]:
    """A page without anything of anybody in it: browsers and proxies may keep it. All others are never stored."""

    def mark(view: View) -> View:
        setattr(view, KEEP, seconds)
        return view

    return mark


def open_to_all(view: View) -> View:
    """A door that pages of other sites may use: it knows no cookie and gives nobody's data."""
    setattr(view, OPEN, True)
    return view


def is_open() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), OPEN, False) is True


def refuse_from_elsewhere() -> None:
    """Browsers say where a form was sent from; a page of another origin never writes here, but at doors for all."""
    if is_open():
        return
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site") in FROM_ELSEWHERE:
        raise CSRFError("from elsewhere")


def add_headers(response: Response) -> Response:
    if is_open():
        response.headers.update(FOR_ALL | (PREFLIGHT if request.method == "OPTIONS" else {}))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        seconds = getattr(current_app.view_functions.get(request.endpoint or ""), KEEP, None)
        known = response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        kept = seconds is not None and known and not _is_somebodys(response)
        response.headers["Cache-Control"] = f"public, max-age={seconds}" if kept else "no-store"
        if kept:
            response.vary.add("Cookie")
    return response


def _is_somebodys(response: Response) -> bool:
    """Whether an answer belongs to one reader: it was asked for by a form, or carries a cookie or a token."""
    return request.method not in SAFE or session.modified or "Set-Cookie" in response.headers


def init(app: Flask, settings: Settings) -> None:
    cookies.init(app, production=settings.production)
    app.request_class = OfficeRequest
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # we send no referrer; Sec-Fetch-Site and SameSite stand in for it
    )
    app.before_request(refuse_from_elsewhere)
    csrf.init_app(app)
    app.after_request(add_headers)
