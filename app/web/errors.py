"""The one map from what went wrong to a status and a page in the reader's language."""

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.kernel import errors as office
from app.kernel.errors import N_
from app.web import kept
from app.web.described import fault_here
from app.web.language import sentence
from app.web.logs import log


class SignInNeeded(office.OfficeError):
    """The session ended while somebody was writing."""

    def __init__(self) -> None:
        super().__init__(N_("You have been signed out, because nothing was sent for a while."))


@dataclass(frozen=True)
class Page:
    """What an error page says; `keeps`: it shows the words that were sent, `again`: with a button to send them."""

    status: int
    title: str
    text: str
    keeps: bool = False
    again: bool = False
    headers: dict[str, str] = field(default_factory=dict)


OFFICE: dict[type[office.OfficeError], Page] = {
    office.NotFound: Page(404, N_("There is no such page"), ""),
    office.NotAllowed: Page(403, N_("This is not open to you"), ""),
    office.Refused: Page(422, N_("This cannot be done as it stands"), "", keeps=True),
    office.Stale: Page(409, N_("Somebody else was faster"), "", keeps=True),
    office.TooLarge: Page(413, N_("This is too large"), ""),
    SignInNeeded: Page(
        401,
        N_("Please sign in again"),
        N_("What you wrote is kept on this page. Sign in in a new window, come back here, and send it again."),
        keeps=True,
        again=True,
    ),
}
HTTP: dict[int, Page] = {
    400: Page(400, N_("This could not be read"), N_("Please go back and try once more."), keeps=True),
    404: Page(404, N_("There is no such page"), N_("There is nothing at this address.")),
    405: Page(405, N_("This page cannot be opened this way"), N_("Please go to it from the menu.")),
    413: Page(413, N_("This is too large"), N_("Please send fewer or smaller files.")),
    429: Page(429, N_("Please wait a moment"), N_("Too much was sent in a short time. Please try again shortly.")),
    500: Page(500, N_("Something went wrong with us"), N_("It has been noted. Please try again later.")),
}
EXPIRED = Page(
    400,
    N_("The page had been open for too long"),
    N_("Nothing is lost. Please look through what you wrote, and send it once more."),
    keeps=True,
    again=True,
)
CROSSED = Page(400, N_("This could not be read"), N_("It did not come from a page of ours."))
FRAMES = 6


def page_for(error: office.OfficeError) -> Page:
    return next((OFFICE[kind] for kind in type(error).__mro__ if kind in OFFICE), HTTP[500])


def show(page: Page, told: str = "", **more: Any) -> Response:
    g.failed = True  # no place in the menu is the current one
    fault = fault_here(page.status, sentence(page.title), [told] if told else [])
    if fault is not None:
        fault.headers.extend(page.headers)
        return fault
    words = kept.words() if page.keeps else []
    body = render_template(
        "errors/error.html",
        layout="layouts/staff.html" if request.path.startswith("/staff") else "layouts/public.html",
        title=sentence(page.title),
        told=[line for line in (told, sentence(page.text) if page.text else "") if line],
        words=words,
        carried=kept.carried() if page.again else [],
        files_lost=bool(request.files) and page.keeps,
        reference=more.get("reference", ""),
        sign_in=page.status == OFFICE[SignInNeeded].status,
    )
    response = make_response(body, page.status)
    response.headers.extend(page.headers)
    return response


def on_office(error: office.OfficeError) -> Response:
    return show(page_for(error), sentence(error.message, error.params))


def on_expired(_error: CSRFError) -> Response:
    """A token that does not fit: words are offered for sending again only if they came from our own page."""
    session.modified = True
    return show(EXPIRED if kept.from_here() else CROSSED)


def on_http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    page = HTTP.get(error.code or 500, HTTP[500] if (error.code or 500) >= 500 else HTTP[400])  # noqa: PLR2004
    response = show(Page(error.code or 500, page.title, page.text, page.keeps))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def on_crash(error: InternalServerError) -> Response:
    """The log gets the kind of error and where it arose, never its words: they may be a citizen's."""
    g.crashed = True
    cause = error.original_exception
    if cause is not None:
        frames = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(cause.__traceback__)]
        where = " > ".join(frames[-FRAMES:])
        log.error("crash", error=type(cause).__name__, where=where, request_id=g.request_id)
    return show(HTTP[500], reference=g.request_id)


def init(app: Flask, *, production: bool) -> None:
    if production:  # Flask's own trace ends with the error's words
        app.log_exception = lambda _info: None  # type: ignore[method-assign, assignment]
    app.register_error_handler(office.OfficeError, on_office)
    app.register_error_handler(CSRFError, on_expired)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(InternalServerError, on_crash)
