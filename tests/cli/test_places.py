"""An installation's own map of its counties, and the index of what is published."""

import json

import pytest

from app.domain.catalogue import SEEDS

pytestmark = pytest.mark.sqlite  # over an instance of its own: once is enough
SHIPPED = SEEDS / "boundaries" / "430200.geojson"


def test_an_own_map_is_taken_and_a_wrong_one_is_refused(hotline, tmp_path):
    own = tmp_path / "own.geojson"
    own.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    hotline("regions", "boundaries", str(own), "--locality", "430200").done("9 areas of 430200")
    assert (hotline.instance / "boundaries" / "430200.geojson").is_file()
    hotline("regions", "boundaries", str(own), "--locality", "430300").refused("none of this locality's")
    hotline("regions", "boundaries", str(tmp_path / "gone"), "--locality", "430200").refused("There is no file")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"features": [{"properties": {}, "geometry": null}]}', '{"features": []}', "\x00",
     json.dumps({"features": [{"properties": {"code": "430202"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}),
     json.dumps({"features": [{"properties": {"code": "4302"}, "geometry": {"type": "Polygon", "coordinates": []}}]}),
     json.dumps({"features": [{"properties": {"code": "430202"},
                               "geometry": {"type": "Polygon", "coordinates": [[[38444444.0, 3000000.0]]]}}]})],
)  # fmt: skip
def test_what_is_no_map_is_refused_in_a_sentence(hotline, tmp_path, text):
    file = tmp_path / "wrong.geojson"
    file.write_text(text, encoding="utf-8")
    hotline("regions", "boundaries", str(file), "--locality", "430200").refused("The map cannot be used")


def test_the_index_can_be_filled_anew(hotline):
    hotline("search", "rebuild").done("0 published cases")
