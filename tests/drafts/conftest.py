"""A telephone with a browser, and the application it talks to."""

import shutil
from threading import Thread

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000


class Silent(WSGIRequestHandler):
    """Does not tell every request on stderr."""

    def log(self, type: str, message: str, *args) -> None:  # noqa: A002  (werkzeug's own name)
        return


@pytest.fixture
def address(app, cast):
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def telephone(chromium, address):
    """`telephone()` gives a page of a fresh browser of 360 × 640 that fails the test when the policy refused something."""
    contexts, complaints = [], []

    def take(**more):
        context = chromium.new_context(base_url=address, locale="zh-CN", viewport={"width": 360, "height": 640}, **more)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield take
    for context in contexts:
        context.close()
    assert not complaints
