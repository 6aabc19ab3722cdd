"""The furnished house, the tools of ops/browser, and a browser that is shown drawn pages."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from app.settings import ROOT
from tests.support.parameters import World
from tests.support.world import furnish

TOOLS = ROOT / "ops" / "browser" / "node_modules"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
def world(app, cast) -> World:
    """Our inspection furnished, and somebody else's."""
    return World(cast, furnish(app, cast, cast.ours, "clerk"), furnish(app, cast, cast.theirs, "foreign_clerk"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
