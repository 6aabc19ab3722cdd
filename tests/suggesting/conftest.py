"""The team at work, and enough of its decisions to learn from."""

import pytest

from tests.support.reports import Office


@pytest.fixture
def office(app, cast, installation) -> Office:
    return Office(installation, cast)
