"""Telephones whose line may be cut."""

from functools import partial

import pytest


@pytest.fixture
def telephone(telephone):
    return partial(telephone, cut_off=True)
