"""What the tests of casework stand on."""

import pytest

from tests.casework.office import Office


@pytest.fixture
def office(cast, installation) -> Office:
    return Office(cast, installation)
