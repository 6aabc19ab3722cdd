"""A day's figures, told once more by a campaign of its cases: the same totals, areas, (+N) and shares."""

from decimal import Decimal

import pytest

from app.db import session, transaction
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.report import Channel
from app.domain.tables.bulletin import Part, bulletin
from app.kernel.errors import Refused
from bench.campaign import Day, areas_told, counts_of, kinds_told, told
from bench.published import differences, read

DAY = Day(
    total=7,
    areas={"甲区": 4, "乙区": 2, "丙区": 0},
    further={"丙区": 1, "甲区": 1},
    shared=(("甲区", "乙区"),),
    channels={Channel.CALL: 5, Channel.LETTER: 2},
    tags={"air": 6, "water": 4, "noise": 3},
    key=2,
    before={"甲区": (10, 2), "乙区": (5, 0), "丙区": (1, 1)},
)
ROW = {
    "province_or_city": "某省某市", "date": "2024-03-16", "batch": "3", "total": 6, "calls": 4, "letters": 2, "key_cases": 1,
    "by_type": {"大气": 50.0, "水": 25.0, "油烟": 12.5, "噪声": 12.5}, "by_type_unit": "%",
    "by_region": {"甲区": 3, "乙区": 2, "市城管局": 1},
    "cumulative": {"total": 20, "split_total": 23, "by_region": {"甲区": 12, "乙区": 7, "市城管局": 1}}, "note": "省分解后7件",
}  # fmt: skip


def test_a_day_told_again_has_its_totals_areas_further_parts_and_shares(app, cast):
    found = told("T1", DAY)
    assert (found.today, found.in_all) == (Part(7, 2, 2), Part(23, 5, 2))
    assert areas_told(found) == {"甲区": (Decimal("4.5"), 1), "乙区": (Decimal("2.5"), 0), "丙区": (0, 1)}
    assert {one.area.zh: one.in_all.cases for one in found.areas} == {
        "甲区": Decimal("17.5"),
        "乙区": Decimal("7.5"),
        "丙区": 3,
    }
    assert dict(found.channels) == DAY.channels
    assert sum(one.percent for one in found.kinds) == 100
    assert list(kinds_told(found, ("大气", "水", "噪声"))) == ["大气", "水", "噪声"]


def test_shares_give_back_the_figures_they_were_made_of():
    assert counts_of({"air": Decimal("46.2"), "water": Decimal("30.8"), "noise": Decimal("23.1")}, 8) == {
        "air": 6, "water": 4, "noise": 3,
    }  # fmt: skip


def test_a_published_row_is_told_again_without_a_difference(app, cast):
    reading = read(ROW)
    assert reading.faults == ()
    assert differences(reading, told("T2", reading.day), ROW) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"total": 7}, "areas sum to 6, total 7 (-1)"),
        ({"letters": 3}, "calls and letters sum to 7, total 6 (+1)"),
        ({"by_type": {"大气": 50.0, "水": 25.4, "噪声": 24.6}}, "水 25.4 %"),
        ({"by_type": {"大气": 2, "水": 1}, "by_type_unit": "件"}, "3 types are given for 7 cases (-4)"),
        ({"cumulative": {"total": 5}}, "cumulative 5, today 6 (-1)"),
        ({"cumulative": {"total": 6, "split_total": 7, "by_region": {"甲区": 2, "乙区": 4}}}, "甲区 -1"),
    ],
)
def test_a_row_that_does_not_add_up_is_named_with_the_difference(changed, fault):
    assert any(fault in one for one in read(ROW | changed).faults)


def test_a_row_that_says_too_little_is_not_told():
    assert read(ROW | {"by_region": {}}).day is None
    assert read(ROW | {"note": "区域仅列前三"}).day is None


def test_a_bulletin_whose_records_were_lost_is_refused_with_the_difference(app, cast):
    told("T3", DAY)
    batch = session().query(Batch).order_by(Batch.id.desc()).first()
    case = session().query(Case).filter(Case.batch_id == batch.id, Case.area_printed == "乙区", ~Case.shared).first()
    with transaction() as writing:
        writing.get_one(Case, case.id).batch_id = None
    with pytest.raises(Refused) as refused:
        bulletin(session(), batch.inspection, batch)
    assert refused.value.params["difference"] == -1
