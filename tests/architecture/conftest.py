"""What the tests of the whole house stand on."""

import pytest

from tests.support.parameters import World
from tests.support.world import furnish


@pytest.fixture
def world(app, cast) -> World:
    """Our inspection furnished, and somebody else's."""
    return World(cast, furnish(app, cast, cast.ours, "clerk"), furnish(app, cast, cast.theirs, "foreign_clerk"))
