"""The furnished house, the tools of ops/browser, and a browser that is shown drawn pages."""

import pytest

from app.settings import ROOT
from tests.support.parameters import World
from tests.support.world import furnish

TOOLS = ROOT / "ops" / "browser" / "node_modules"


@pytest.fixture
def world(app, cast) -> World:
    """Our inspection furnished, and somebody else's."""
    return World(cast, furnish(app, cast, cast.ours, "clerk"), furnish(app, cast, cast.theirs, "foreign_clerk"))


@pytest.fixture(scope="session")
def axe() -> str:
    return (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
