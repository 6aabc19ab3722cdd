"""A served application over a furnished database, and a telephone's browser that notes what it complains of."""

import shutil
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium")


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
    """A page of 360 × 640 with touch, standing in 天元区, whose owner lets pages ask for the position."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            base_url=address,
            viewport={"width": 360, "height": 640},
            has_touch=True,
            permissions=["geolocation"],
            geolocation={"latitude": 27.8280, "longitude": 113.0823},
        )
        page: Any = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda to: None if to.url.startswith(address) else complaints.append(to.url))
        yield page
        browser.close()
        assert complaints == []
