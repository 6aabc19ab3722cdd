"""A telephone with touch, standing in 天元区, whose owner lets pages ask for the position."""

import pytest

HERE = {"latitude": 27.8280, "longitude": 113.0823}


@pytest.fixture
def phone(telephone):
    return telephone(has_touch=True, permissions=["geolocation"], geolocation=HERE)
