"""The installation with a scanner."""

import pytest


@pytest.fixture
def scanned(app, monkeypatch):
    """`scanned(address)` puts one at an address that a test can change."""

    def at(address):
        settings = app.extensions["installation"].settings
        monkeypatch.setitem(settings.__dict__, "clamd", address)

    return at
