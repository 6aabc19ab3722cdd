"""Where things are: boundaries of counties, points inside them, distances. Degrees of WGS84 (here CGCS2000 alike).

No shift for Chinese map services is made: the boundaries and 天地图 are CGCS2000, telephones say WGS84; a point of
GCJ-02 (高德, 腾讯) never enters.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, floor, radians, sin, sqrt
from pathlib import Path
from typing import Any

from app.domain.catalogue import SEEDS

EARTH = 6_371_008.8  # metres
DEGREE = EARTH * radians(1)  # metres of latitude
GRID = 0.005
"""Degrees, about 500 m: how exactly a public map tells a place."""
COUNTY = 6  # digits of a county's code; a town's begins with them
PLACES = [SEEDS / "boundaries"]
"""Folders with <locality>.geojson, the last one first: an installation's own replaces what was shipped."""

Place = tuple[float, float]
"""Latitude, longitude."""
Ring = tuple[Place, ...]


@dataclass(frozen=True)
class Boundaries:
    """A locality's file: the GeoJSON as it is served, where it came from, and each area's rings by its code."""

    text: str
    source: str
    approval: str
    areas: Mapping[str, tuple[Ring, ...]]


class Unreadable(ValueError):
    """A file that is no map of areas; the message says what is wrong with it."""


def look_in(folder: Path) -> None:
    """Take an installation's own boundaries from this folder, before those that were shipped."""
    PLACES[1:] = [folder]


def boundaries(locality: str) -> Boundaries | None:
    """What is drawn for a locality (six digits); None where no file is there."""
    for folder in reversed(PLACES):
        file = folder / f"{locality}.geojson"
        if locality.isdigit() and file.is_file():
            return _read(file, file.stat().st_mtime_ns)
    return None


def inside(latitude: float, longitude: float, code: str) -> bool:
    """Whether a point lies in an area: a county's own borders for it and its towns, any county's for the locality.

    An area without borders (a zone, whose code is ours) has those of what it belongs to. False where nothing is known.
    """
    plain = code.split("-", maxsplit=1)[0][:COUNTY]
    found = boundaries(f"{plain[:4]}00")
    if found is None:
        return False
    if plain.endswith("00"):
        return any(_holds(rings, latitude, longitude) for rings in found.areas.values())
    return _holds(found.areas.get(plain, ()), latitude, longitude)


def area_at(latitude: float, longitude: float) -> str | None:
    """The code of the county a point lies in, of those whose borders are known."""
    files = sorted(file for folder in PLACES if folder.is_dir() for file in folder.glob("*.geojson"))
    for locality in dict.fromkeys(file.stem for file in files):
        found = boundaries(locality)
        for code, rings in found.areas.items() if found else ():
            if _holds(rings, latitude, longitude):
                return code
    return None


def rounded(latitude: float, longitude: float) -> Place:
    """The middle of the public grid's cell: what everybody may know of a point."""
    return round(_middle(latitude), 4), round(_middle(longitude), 4)


def box_around(here: Place, reach: float) -> tuple[Place, Place]:
    """The south-western and the north-eastern corner of a box that holds everything within so many metres."""
    north = reach / DEGREE
    east = north / cos(radians(here[0]))
    return (here[0] - north, here[1] - east), (here[0] + north, here[1] + east)


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


def understand(text: str) -> Boundaries:
    """Read a GeoJSON FeatureCollection of (Multi)Polygons, each with a `code` of six digits. Raises Unreadable."""
    try:
        raw = json.loads(text)
        areas = {str(one["properties"]["code"]): _rings(one["geometry"]) for one in raw["features"]}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable("it is no GeoJSON FeatureCollection of polygons with a property `code`") from error
    wrong = [code for code in areas if len(code) != COUNTY or not code.isdigit()]
    if wrong or not areas:
        raise Unreadable(f"its property `code` is not a code of six digits: {', '.join(wrong) or 'none at all'}")
    for rings in areas.values():
        if any(abs(latitude) > 90 or abs(longitude) > 180 for ring in rings for latitude, longitude in ring):  # noqa: PLR2004  (degrees)
            raise Unreadable("its coordinates are no degrees of longitude and latitude")
    return Boundaries(text, str(raw.get("source") or ""), str(raw.get("approval") or ""), areas)


@cache
def _read(file: Path, _changed: int) -> Boundaries:
    return understand(file.read_text(encoding="utf-8"))


def _rings(shape: dict[str, Any]) -> tuple[Ring, ...]:
    """All rings of a shape: a point is inside when it is inside an odd number of them, holes and islands alike."""
    if shape["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(shape["type"])
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return tuple(tuple((float(y), float(x)) for x, y, *_ in ring) for polygon in polygons for ring in polygon)


def _holds(rings: tuple[Ring, ...], latitude: float, longitude: float) -> bool:
    """Whether a ray to the east leaves the area once more than it enters it."""
    odd = False
    for ring in rings:
        for (y1, x1), (y2, x2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def _middle(degrees: float) -> float:
    return (floor(round(degrees / GRID, 6)) + 0.5) * GRID
