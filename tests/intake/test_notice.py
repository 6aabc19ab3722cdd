"""The notice: the inspection's own words, or ours; open or closed said as it is."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from app.db import session, transaction
from app.domain.inspection import Inspection
from app.kernel import clock
from tests.support.browsing import browse


def change(which, **settings):
    with transaction() as s:
        inspection = s.scalars(select(Inspection).where(Inspection.code == which)).one()
        inspection.kept_settings = {**inspection.kept_settings, **settings}


def at(hour, minute=0, days=0):
    noon = clock.local(clock.now()).time().replace(hour=hour, minute=minute)
    return time_machine.travel(clock.at_local(clock.today() + timedelta(days=days), noon), tick=True)


def test_several_open_inspections_are_offered_for_choice(app, cast):
    page = browse(app).get("/")
    assert "请选择地区" in page
    assert "/?inspection=theirs" in page
    assert "theirs督察组" in browse(app).get("/?inspection=theirs").words


def test_the_form_goes_to_the_inspection_it_was_drawn_for(app, cast):
    form = browse(app).get("/report?inspection=theirs").form()
    assert form.values["inspection"] == "theirs"


def test_a_name_that_is_no_inspection_is_not_found(app, cast):
    browse(app).get("/?inspection=nothing", status=404)


@pytest.mark.parametrize(("hour", "days", "said"), [
    (10, 0, "正在接听，至20:00"),
    (7, 0, "今天08:00开始"),
    (20, 0, "明天08:00开始"),
    (20, 10, "已停止接听"),
    (10, -30, "开始接听"),
])  # fmt: skip
def test_the_notice_says_whether_somebody_answers(app, cast, hour, days, said):
    with at(hour, days=days):
        assert said in browse(app).get("/?inspection=ours").words


def test_own_texts_are_filled_in_and_other_braces_left_alone(app, cast):
    change("ours", texts={"zh": {"title": "株洲公告", "notice": "电话{telephone}，{hours}。\n\n{unknown} {}"}})
    page = browse(app).get("/?inspection=ours")
    assert "电话0731-00000000，08:00–20:00。" in page
    assert "{unknown} {}" in page
    assert "受理群众举报的公告" not in page


def test_a_language_without_texts_of_its_own_reads_ours(app, cast):
    change("ours", texts={"zh": {"title": "株洲公告"}})
    page = browse(app).get("/?inspection=ours&lang=en")
    assert "takes reports from the public" in page
    assert "株洲公告" not in page


def test_before_and_after_the_stay_the_page_says_so_and_offers_no_form(app, cast):
    for days, said in ((40, "进驻工作已于"), (-40, "尚未进驻")):
        with at(10, days=days):
            page = browse(app).get("/?inspection=ours")
            assert said in page
            assert "/report?inspection=ours" not in page
            closed = browse(app).get("/report?inspection=ours")
            assert said in closed
            assert "12369" in closed
            assert closed.forms() == []


def test_only_the_types_of_this_inspection_are_offered(app, cast):
    change("ours", types=["air", "marine"])
    browser = browse(app)
    page = browser.get("/report?inspection=ours")
    values = [box.get("value") for box in page.all("input") if box.get("name") == "types"]
    assert values == ["air", "marine"]
    browser.submit({"description": "臭", "types": ["water"]}, status=422)


def test_the_areas_are_those_below_the_locality(app, cast):
    page = browse(app).get("/report")
    menu = next(one for one in page.all("select") if one.get("name") == "area")
    codes = [option.get("value") for option in menu.iter("option")]
    assert codes[0] == ""
    assert {"430211", "430203"} <= set(codes)
    assert all(code.startswith("4302") for code in codes[1:])


def test_without_an_inspection_people_are_told_where_to_turn(app, cast):
    session().rollback()
    with transaction() as s:
        from app.domain.people import PersonRole

        s.execute(delete(PersonRole))
        s.execute(delete(Inspection))
    assert "12345" in browse(app).get("/")
    assert "12345" in browse(app).get("/report")


def test_the_pages_read_in_english_too(app, cast):
    assert "Make a report" in browse(app).get("/report?lang=en")
    assert "Choose your city" in browse(app).get("/?lang=en")


def test_a_letter_posted_in_time_is_still_taken_after_the_stay(app, cast):
    with at(10, days=40):
        assert "及以前寄出（以邮戳为准）的来信仍然受理" in browse(app).get("/report?inspection=ours")
    with at(10, days=-40):
        assert "的来信仍然受理" not in browse(app).get("/report?inspection=ours")
