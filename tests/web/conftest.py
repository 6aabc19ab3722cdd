"""The sample application, and browsers in front of it."""

from contextvars import Context

import pytest

from tests.support.audit import audit
from tests.support.chromium import served
from tests.web.sample import build

SHORT = {"in", "leaders"}
"""What the sample answers where no page is needed."""


class Reader:
    """A test client that audits every page it fetches."""

    def __init__(self, app):
        self.app, self.client = app, app.test_client()

    def _open(self, method, path, **more):
        answer = Context().run(lambda: self.client.open(path, method=method, buffered=True, **more))
        if answer.mimetype == "text/html" and answer.location is None and answer.text not in SHORT:
            audit(answer.text)
        return answer

    def get(self, path, **more):
        return self._open("GET", path, **more)

    def post(self, path, data=None, *, token=True, **more):
        return self._open(
            "POST", path, data={**(data or {}), **({"csrf_token": self.token()} if token else {})}, **more
        )

    def token(self):
        return self.get("/report").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]

    def as_(self, name):
        self.get(f"/staff/sign-in?as={name}")
        return self


@pytest.fixture
def sample(tmp_path):
    """Not in testing mode: what goes wrong must end in a page."""
    return build(tmp_path)


@pytest.fixture
def reader(sample):
    return Reader(sample)


@pytest.fixture
def make_reader(tmp_path):
    return lambda **more: Reader(build(tmp_path, **more))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The sample, served."""
    with served(build(tmp_path_factory.mktemp("sample"))) as address:
        yield address


@pytest.fixture
def visit(chromium, address):
    """`visit(width)` gives a signed-in page that notes what the browser complained of."""
    contexts = []

    def visiting(width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=address)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda told: page.complaints.append(told.text) if "404" not in told.text else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "request", lambda asked: page.complaints.append(asked.url) if not asked.url.startswith(address) else None
        )
        page.goto("/staff/sign-in?as=inspector")
        page.complaints.clear()  # the sample's sign-in answers bare text
        return page

    yield visiting
    for context in contexts:
        context.close()
