"""A real browser: Chromium, the application served beside it, and telephones that note what they complain of."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
PATIENCE = 30_000
"""Milliseconds before it is said that something does not appear: a busy machine is slow, and not wrong."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Silent(WSGIRequestHandler):
    """Does not tell every request on stderr, and does not wait for ever on a line that nobody uses."""

    timeout = PATIENCE / 1000

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  (werkzeug's own name)
        return


def closing(app: Flask) -> "WSGIApplication":
    """The application, whose answers are closed even when the reader has gone: werkzeug's server forgets it then."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterator[bytes]:
        body = app(environ, start_response)
        try:
            yield from body
        finally:
            if hasattr(body, "close"):
                body.close()

    return answer


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application, served from a thread of this process."""
    server = make_server(HOST, 0, closing(app), threaded=True, request_handler=Silent)
    assert isinstance(server, ThreadedWSGIServer)
    server.daemon_threads = False  # closing waits for what is still being answered: the next test has another database
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


class Telephones:
    """Each a fresh browser of 360 × 640. None may say a word against a page, or ask another host for anything.

    One whose line is cut says a lot: `cut_off` hears what its policy refuses and what breaks in its scripts alone.
    """

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium, self.address = chromium, address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, *, cut_off: bool = False, **more: Any) -> Page:
        how = {"base_url": self.address, "locale": "zh-CN", "viewport": {"width": 360, "height": 640}} | more
        context = self.chromium.new_context(**how)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._on_policy if cut_off else self._on_error)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._on_request)
        return page

    def put_away(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.complaints == []

    def _on_policy(self, told: ConsoleMessage) -> None:
        if "Policy" in told.text:
            self.complaints.append(told.text)

    def _on_error(self, told: ConsoleMessage) -> None:
        if told.type == "error":
            self.complaints.append(told.text)

    def _on_request(self, asked: Request) -> None:
        if urlsplit(asked.url).hostname not in {HOST, None}:  # none: a picture it made itself
            self.complaints.append(asked.url)
