"""The team at work."""

import pytest

from tests.support.reports import Office


@pytest.fixture
def office(app, cast, installation) -> Office:
    return Office(installation, cast)
