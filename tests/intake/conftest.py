"""A telephone with touch."""

import pytest


@pytest.fixture
def phone(telephone):
    return telephone(has_touch=True)
