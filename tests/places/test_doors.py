"""The boundaries' door, and the one exception to “no request leaves the origin”."""

import json
from dataclasses import replace

import pytest

from app import settings as reading
from app.db import db
from app.factory import build
from app.kernel.errors import Misconfigured
from app.settings import Maps
from tests.support.browsing import browse

TILES = "https://t0.tianditu.gov.cn/vec_w/wmts?T=vec_w&x={x}&y={y}&l={z}&tk=key"
WORDS = "https://{s}.tiles.example/cva/{z}/{x}/{y}.png"


def test_the_boundaries_are_told_with_the_names_of_their_counties(app, cast):
    answer = browse(app).get("/places/430200.geojson")
    told = json.loads(answer.body)
    names = {feature["properties"]["code"]: feature["properties"] for feature in told["features"]}
    assert len(names) == 9
    assert names["430211"] == {"code": "430211", "name": "天元区", "name_en": "Tianyuan District"}
    assert "max-age" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]


@pytest.mark.parametrize("locality", ["430300", "no-such", "4302001"])
def test_a_locality_without_boundaries_is_not_found(app, cast, locality):
    browse(app).get(f"/places/{locality}.geojson", 404)


def test_without_a_setting_no_other_host_may_be_asked(app, cast):
    page = browse(app).get("/report?inspection=ours")
    assert "img-src 'self';" in page.headers["Content-Security-Policy"]
    (box,) = [one for one in page.all("div") if one.get("data-boundaries")]
    assert box.get("data-tiles") == ""


def test_tiles_are_allowed_on_pages_with_a_map_and_nowhere_else(app, cast, settings):
    maps = Maps((TILES, WORDS), "审图号：GS（2024）0650号")
    other = build(replace(settings, maps=maps))
    browser = browse(other)
    page = browser.get("/report?inspection=ours")
    policy = page.headers["Content-Security-Policy"]
    assert "img-src 'self' https://t0.tianditu.gov.cn https://*.tiles.example;" in policy
    assert policy.count("https://") == 2
    assert "审图号：GS（2024）0650号" in page
    assert "https://" not in browser.get("/?inspection=ours").headers["Content-Security-Policy"]
    with other.app_context():
        db.engine.dispose()  # an application of its own has connections of its own


@pytest.mark.parametrize(
    "given", ["http://a/{z}/{x}/{y}", "https://a/{z}/{x}", "javascript:{x}{y}{z}", f"{TILES} nonsense"]
)
def test_tiles_that_cannot_be_drawn_are_refused_at_the_start(given, tmp_path):
    with pytest.raises(Misconfigured):
        reading.read({"HOTLINE_INSTANCE": str(tmp_path), "HOTLINE_MAP_TILES": given})


def test_no_tiles_are_the_default(tmp_path):
    assert reading.read({"HOTLINE_INSTANCE": str(tmp_path)}).maps == Maps()
