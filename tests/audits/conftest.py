"""The furnished house, the tools of ops/browser, and a browser that is shown drawn pages."""

import pytest

from app.settings import ROOT

TOOLS = ROOT / "ops" / "browser" / "node_modules"


@pytest.fixture(scope="session")
def axe() -> str:
    return (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
