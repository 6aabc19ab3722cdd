"""Where things are: boundaries of counties, points inside them, distances. Degrees WGS84, which CGCS2000 equals here.

No shift for Chinese map services is made: 天地图 is CGCS2000; a point of GCJ-02 (高德, 腾讯) never enters.
"""

from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_008.8  # metres
DEGREE = EARTH * radians(1)  # metres of latitude
GRID = 0.005
"""Degrees, about 500 m: how exactly a public map tells a place."""

Place = tuple[float, float]
"""Latitude, longitude."""


def rounded(latitude: float, longitude: float) -> Place:
    """The middle of the public grid's cell: what everybody may know of a point."""
    return round(round(latitude / GRID) * GRID, 3), round(round(longitude / GRID) * GRID, 3)


def metres(one: Place, other: Place) -> float:
    """Between two points, along the great circle."""
    (south, west), (north, east) = one, other
    half = sin(radians(north - south) / 2) ** 2
    half += cos(radians(south)) * cos(radians(north)) * sin(radians(east - west) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def around(point: Place, far: float) -> tuple[float, float, float, float]:
    """South, west, north, east of the box that holds everything `far` metres around a point."""
    latitude, longitude = point
    up = far / DEGREE
    across = up / max(0.01, cos(radians(latitude)))
    return latitude - up, longitude - across, latitude + up, longitude + across
