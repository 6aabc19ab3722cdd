"""A served application, and a telephone's browser of 360 × 640 that notes what it complains of."""

import shutil
from threading import Thread

import pytest
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium")
PATIENCE = 30_000


@pytest.fixture
def address(app, cast):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(address):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(base_url=address, viewport={"width": 360, "height": 640}, has_touch=True).new_page()
        page.set_default_timeout(PATIENCE)
        complaints = []
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
        assert complaints == []
