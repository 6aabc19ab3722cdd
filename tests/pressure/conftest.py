"""The citizens' door with a low limit."""

from dataclasses import replace

import pytest

from app.domain import pressure


@pytest.fixture
def limits(app, monkeypatch):
    """`limits(reports=1)` sets the limits of this installation; the crowd begins anew."""
    monkeypatch.setattr("app.web.pressure.CROWD", pressure.Crowd())
    house = app.extensions["installation"]

    def put(reports=0, sender=0):
        settings = replace(house.settings, pressure_reports=reports, pressure_sender=sender)
        monkeypatch.setitem(app.extensions, "installation", replace(house, settings=settings))

    return put
