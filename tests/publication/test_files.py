"""What programs read: complete, bounded by the same filters, safe to open, and of a place no more than everybody may know."""

import csv
import io
import json

import pytest

from app.casework import services
from app.casework.commands import Publish
from app.db import session
from app.domain.case import Case
from app.domain.geography import rounded
from app.domain.tables.opendata import FIELDS
from tests.casework.office import HANDED, SPOKEN

HERE = "?inspection=ours"
POINT = (27.8283, 113.1127)
IN_CHALING = (26.7903, 113.5452)
DATA = ("cases.csv", "cases.json", "cases.geojson", "disclosure.csv", "feed.atom", "places.geojson")


def told(reader, name, more=""):
    return json.loads(reader.get(f"/public/{name}{HERE}{more}").text)


def test_every_file_says_how_many_it_holds_of_how_many(reader, published):
    published("one", "反映甲厂。")
    published("two", "反映乙厂。")
    narrowed = f"&number={session().get_one(Case, 1).number}"
    assert "1 of 2 rows" in reader.get(f"/public/cases.csv{HERE}{narrowed}").text
    found = told(reader, "cases.json", narrowed)
    assert (len(found["cases"]), found["shown"], found["total"]) == (1, 1, 2)
    features = told(reader, "cases.geojson", narrowed)
    assert (len(features["features"]), features["shown"], features["total"]) == (1, 1, 2)


@pytest.mark.parametrize("name", DATA)
def test_no_file_holds_what_was_not_published(reader, office, published, name):
    published(point=POINT)
    office.brought_to("city_pass", "hidden")
    text = reader.get(f"/public/{name}{HERE}").text
    assert not [secret for secret in (SPOKEN, HANDED, "上报的办理情况", "27.8283", "113.1127") if secret in text]


def test_the_columns_are_the_keys_of_the_dictionary(reader, published):
    published()
    rows = list(csv.reader(io.StringIO(reader.get(f"/public/cases.csv{HERE}").text.lstrip("\ufeff"))))
    dictionary = json.loads(reader.get("/public/data.json").text)
    assert rows[0] == [field["key"] for field in dictionary["fields"]] == [field.key for field in FIELDS]
    assert set(told(reader, "cases.json")["cases"][0]) == {*rows[0], "address"}


def test_every_code_of_a_file_stands_in_the_dictionary(reader, published):
    published()
    case = told(reader, "cases.json")["cases"][0]
    for field in json.loads(reader.get("/public/data.json").text)["fields"]:
        codes = {one["code"] for one in field["codes"]}
        given = case[field["key"]] if isinstance(case[field["key"]], list) else [case[field["key"]]]
        assert not codes or set(given) <= codes | {None}, field["key"]


def test_the_dictionary_says_each_field_in_both_languages(reader, cast):
    assert "调查核实情况" in reader.get(f"/public/data{HERE}")
    assert "What the investigation found." in reader.get(f"/public/data{HERE}&lang=en")


def test_what_looks_like_a_formula_stays_text(reader, published):
    published(problem="=1+2 反映某厂。")
    assert "'=1+2 反映某厂。" in reader.get(f"/public/cases.csv{HERE}").text
    assert told(reader, "cases.json")["cases"][0]["problem"] == "=1+2 反映某厂。"


def test_a_place_is_told_by_the_middle_of_its_cell(reader, published):
    published(point=POINT)
    latitude, longitude = rounded(*POINT)
    (feature,) = told(reader, "cases.geojson")["features"]
    assert feature["geometry"]["coordinates"] == [longitude, latitude]
    (cell,) = [one for one in told(reader, "places.geojson")["features"] if one["geometry"]]
    assert cell["geometry"]["coordinates"] == [longitude, latitude]


@pytest.mark.parametrize("point", [None, IN_CHALING])
def test_a_case_without_a_place_in_its_area_counts_at_its_county(reader, published, point):
    published(point=point)
    assert told(reader, "cases.geojson")["features"][0]["geometry"] is None
    counts = {
        one["properties"]["code"]: one["properties"]["count"] for one in told(reader, "places.geojson")["features"]
    }
    assert counts["430211"] == 1
    assert "按地点" not in reader.get(f"/public/map{HERE}")


def test_the_map_has_its_table(reader, published, number):
    name = number(published(point=POINT))
    page = reader.get(f"/public/map{HERE}")
    assert "27.8275, 113.1125" in page
    assert name in page
    assert "合计1件" in page


@pytest.mark.parametrize("name", ["cases.json", "cases.geojson", "feed.atom", "data.json", "places.geojson"])
def test_who_has_it_already_is_told_so(reader, published, name):
    published()
    mark = reader.get(f"/public/{name}{HERE}").headers["ETag"]
    answer = reader.get(f"/public/{name}{HERE}", 304, headers={"If-None-Match": mark})
    assert answer.body == b""
    assert "no-store" not in answer.headers["Cache-Control"]


def test_a_place_that_is_somebodys_home_can_be_kept_off_the_map(reader, office, published, withdraw):
    case = published(point=POINT)
    withdraw(case)
    hidden = Publish(case, "反映邻居噪声。", "经查，属实。", place_hidden=True)
    services.publish(office.cast["inspector"], hidden)
    assert told(reader, "cases.geojson")["features"][0]["geometry"] is None
    assert not [one for one in told(reader, "places.geojson")["features"] if one["geometry"]]
