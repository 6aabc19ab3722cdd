"""Points, borders and distances: offline, from the shipped boundaries of 株洲."""

import json

import pytest

from app.db import session
from app.domain import geography
from app.domain.region import Region, areas_of, towns_of

CITY = "430200"
SEATS: dict[str, tuple[float, float]] = {  # the county's government, within a kilometre
    "430202": (27.856, 113.173), "430203": (27.785, 113.152), "430204": (27.875, 113.118), "430211": (27.827, 113.082),
    "430212": (27.699, 113.144), "430223": (27.001, 113.346), "430224": (26.777, 113.539), "430225": (26.490, 113.773),
    "430281": (27.646, 113.497),
}  # fmt: skip


def inside(point, code):
    return geography.inside(point[0], point[1], code)


@pytest.mark.parametrize(("code", "seat"), SEATS.items())
def test_a_countys_seat_lies_in_it_and_in_no_other(code, seat):
    assert geography.area_at(*seat) == code
    assert [other for other in SEATS if inside(seat, other)] == [code]
    assert inside(seat, CITY)
    assert inside(seat, f"{code}001")


def test_a_zone_without_borders_has_those_of_its_city():
    assert inside(SEATS["430204"], "430200-J")


@pytest.mark.parametrize("point", [(28.19, 112.97), (39.9, 116.4), (0.0, 0.0), (-27.8, -113.1), (90.0, 180.0)])
def test_a_point_elsewhere_lies_in_no_area(point):
    assert geography.area_at(*point) is None
    assert not inside(point, CITY)
    assert not inside(point, "430202")


@pytest.mark.parametrize("code", ["", "110101", "no-such", "43", "../../../etc/passwd", "430299"])
def test_an_area_nobody_knows_holds_nothing(code):
    assert not inside(SEATS["430202"], code)


def test_neighbours_still_touch_and_do_not_overlap():
    """Borders were simplified together: nearly every point of the city's box is in one county or outside, never two."""
    found = geography.boundaries(CITY)
    assert set(found.areas) == set(SEATS)
    points = [(26.0 + row / 25, 112.9 + column / 25) for row in range(52) for column in range(30)]
    assert max(sum(inside(point, code) for code in SEATS) for point in points) == 1


def test_the_file_is_small_and_says_where_it_comes_from():
    found = geography.boundaries(CITY)
    assert len(found.text.encode()) < 25_000
    assert "天地图" in found.source


def test_everybody_learns_a_point_to_half_a_kilometre():
    seat = SEATS["430202"]
    middle = geography.rounded(*seat)
    assert geography.rounded(*middle) == middle
    assert 0 < geography.metres(seat, middle) < 400
    assert len({geography.rounded(27.8501 + step / 10000, 113.1701) for step in range(48)}) == 1


def test_distances_are_those_of_the_globe():
    assert geography.metres((27.0, 113.0), (28.0, 113.0)) == pytest.approx(111_195, abs=5)
    assert geography.metres((27.8, 113.0), (27.8, 114.0)) == pytest.approx(98_361, abs=20)


def test_an_installations_own_boundaries_replace_the_shipped_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(geography, "PLACES", [*geography.PLACES, tmp_path])
    square = [[[113, 27], [114, 27], [114, 28], [113, 28], [113, 27]]]
    feature = {
        "type": "Feature",
        "properties": {"code": "430202"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    (tmp_path / f"{CITY}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert set(geography.boundaries(CITY).areas) == {"430202"}
    assert geography.area_at(27.5, 113.5) == "430202"


def test_every_county_has_its_towns(app, cast):
    counties = [area for area in areas_of(session(), CITY) if area.division]
    towns = {county.code: towns_of(session(), county.code) for county in counties}
    assert sum(map(len, towns.values())) == 112
    assert all(town.code.startswith(code) for code, found in towns.items() for town in found)
    assert towns_of(session(), "430200-J") == []
    assert session().get_one(Region, "430212106").en == "Guyuefeng Town"
