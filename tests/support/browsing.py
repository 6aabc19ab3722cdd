"""A browser without a screen: signs in as somebody of the cast, brings the form's token along, audits what it fetches.

`browse(app).as_(cast, "inspector").get("/staff/triage")` gives a page;
`browser.post("/staff/triage/1/ask", {"question": "哪条路？"})` expects a redirect and follows it;
`browser.submit({"question": ""}, status=422)` sends the last page's form as it stands, with words typed over it.
"""

from collections.abc import Mapping
from contextvars import Context
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, has_app_context

from app.db import db
from app.web.inspecting import CHOSEN
from tests.support.audit import audit
from tests.support.cast import Cast
from tests.support.pages import Page
from tests.support.truth import untruth

REDIRECTS = {301, 302, 303, 307, 308}


class Browser:
    """One person's browser; keeps cookies and the last page."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()
        self.page: Page | None = None
        self._token = ""

    def as_(self, cast: Cast, login: str) -> "Browser":
        """Be signed in as somebody of the cast."""
        return self.signed_in(f"{cast.people[login]}:1")

    def signed_in(self, mark: str) -> "Browser":
        """Hold the session of a mark `id:epoch`."""
        self._remember("_user_id", mark)
        return self

    def in_(self, inspection_id: int) -> "Browser":
        """Have chosen an inspection in the bar."""
        self._remember(CHOSEN, inspection_id)
        return self

    def get(self, path: str, status: int | None = 200, *, follow: bool = False, **more: Any) -> Page:
        """Fetch and audit a page; `status=None` takes whatever comes."""
        return self._go("GET", path, status, follow=follow, **more)

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, status: int | None = None, *, follow: bool = True
    ) -> Page:
        """Send a form with the token of the last page. Without `status`: a redirect, and the page it leads to."""
        sent = {"csrf_token": self._known_token(path), **(data or {})}
        return self._go("POST", path, status, follow=follow, data=sent, redirects=status is None)

    def submit(
        self, data: Mapping[str, Any] | None = None, action: str = "", status: int | None = None, *, follow: bool = True
    ) -> Page:
        """Send a form of the last page as it stands, with `data` typed over it."""
        assert self.page is not None, "fetch the page first"
        form = self.page.form(action)
        return self.post(form.action, {**form.values, **(data or {})}, status, follow=follow)

    def _go(
        self, method: str, path: str, status: int | None, *, follow: bool, redirects: bool = False, **more: Any
    ) -> Page:
        page = self._fetch(method, path, **more)
        if redirects:
            assert page.status in REDIRECTS, f"{method} {path}: {page.status}, no redirect: {page.words[:600]}"
        if follow and page.status in REDIRECTS:
            return self._go("GET", _own(urljoin(path, page.location)), status, follow=True)
        assert status in {None, page.status}, f"{method} {path}: {page.status}, not {status}: {page.words[:600]}"
        return page

    def _fetch(self, method: str, path: str, **more: Any) -> Page:
        # In a context of its own: the test's application context would lend the request its `g` and its session.
        response = Context().run(lambda: self._client.open(path, method=method, **more))
        if has_app_context():
            db.session.rollback()  # the test reads what the request wrote
        page = Page(path, response)
        objection = untruth(self._client.application, path, method, response)
        response.close()  # the file that was sent, if one was
        assert not objection, f"{method} {path}: {objection}"
        if page.is_html and page.status not in REDIRECTS:
            audit(page.text, lambda: page.parsed)
            self.page, self._token = page, page.token() or self._token
        return page

    def _known_token(self, path: str) -> str:
        if not self._token:
            self._go("GET", path, None, follow=False)
        return self._token

    def _remember(self, name: str, value: Any) -> None:
        def keep() -> None:
            with self._client.session_transaction() as session:
                session[name] = value

        Context().run(keep)


def browse(app: Flask) -> Browser:
    """A browser that nobody is signed in with."""
    return Browser(app)


def _own(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
