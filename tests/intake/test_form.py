"""The form: what can be said beyond the words, what is read once more before it is sent, and that nothing is lost."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain.inspection import Inspection
from app.domain.report import Report
from app.domain.reporter import Identity
from app.web.reading import ArrivingFile, Room
from tests.support.browsing import browse
from tests.support.filing import looks_through, reports
from tests.support.reports import TIANYUAN

WORDS = "天元区某厂每天夜里排放黄烟，气味刺鼻。"


def written(app, path="/report"):
    browser = browse(app)
    browser.get(path)
    return browser


def only_report():
    return session().scalars(select(Report)).one()


def test_everything_that_can_be_said_is_kept_with_the_report(app, cast):
    told = {"since": "去年", "frequency": ["daily"], "still": ["yes"], "address": "泰山路8号", "place": "学校旁"}
    reports(written(app), description=WORDS, types=["noise"], q_noise_hours="整天都有", earlier="打过12345", **told)
    report = only_report()
    assert (report.since, report.frequency, report.still) == ("去年", "每天或者每夜", "yes")
    assert (report.address, report.place, report.earlier) == ("泰山路8号", "学校旁", "打过12345")
    assert report.answers == {"noise_hours": "整天都有"}


def test_a_point_is_kept_to_six_decimals_and_what_is_none_refuses_nothing(app, cast):
    reports(written(app), description=WORDS, latitude="27.8273456789", longitude="113.1")
    assert (only_report().latitude, only_report().longitude) == (27.827346, 113.1)


@pytest.mark.parametrize("point", [("here", "113"), ("95", "113"), ("nan", "1"), ("27.8", "")])
def test_a_point_that_cannot_be_one_is_left_out(app, cast, point):
    reports(written(app), description=WORDS, latitude=point[0], longitude=point[1])
    assert (only_report().latitude, only_report().longitude) == (None, None)


def test_before_it_is_sent_everything_is_read_once_more(app, cast):
    told = {"area": TIANYUAN, "polluter": "某厂", "types": ["air", "water"], "q_water_smell": "臭鸡蛋"}
    page = looks_through(written(app), description=WORDS, **told)
    for said in (WORDS, "天元区", "某厂", "大气、水", "臭鸡蛋", "匿名"):
        assert said in page.words
    assert session().scalars(select(Report)).all() == []


def test_what_is_looked_through_can_be_changed_with_every_word_in_its_place(app, cast):
    browser = written(app)
    told = {"description": WORDS, "types": ["air", "noise"], "still": ["stopped"], "q_noise_hours": "整天都有"}
    checked = looks_through(browser, **told).form().values
    again = browser.post("/report/check", {**checked, "change": "y"}, 200).form().values
    assert {name: again[name] for name in told} == told
    assert again["key"] == checked["key"]


def test_the_check_page_tells_who_is_told_what(app, cast):
    page = looks_through(written(app), description=WORDS, name="某人", anonymous="n")
    assert "谁会看到什么" in page
    assert "您的身份信息加密封存" in page


def test_who_types_a_name_and_stays_anonymous_reads_that_it_is_not_kept(app, cast):
    assert "您填的姓名、电话、住址不会保存" in looks_through(written(app), description=WORDS, name="某人")


def test_anonymous_is_what_the_form_begins_with(app, cast):
    reports(written(app), description=WORDS, name="某人", phone="13911112222")
    assert session().scalars(select(Identity.anonymous)).one() is True


def test_what_another_system_sends_without_a_choice_is_kept_as_it_was_said(app, cast):
    browser = written(app)
    browser.post("/report", {"description": WORDS, "phone": "13911112222"})
    assert session().scalars(select(Identity.has_phone)).one() is True


def test_a_form_whose_session_is_gone_is_drawn_again_with_every_word(app, cast):
    form = {**written(app).page.form().values, "description": WORDS, "place": "学校旁", "types": ["air"]}
    stranger = browse(app)
    page = stranger.post("/report/check", {**form, "csrf_token": "old"}, 400)
    assert "内容都在" in page
    assert page.form().values["place"] == "学校旁"
    assert WORDS in stranger.submit({}, status=200)


def test_a_page_of_somebody_else_gets_no_form(app, cast):
    page = app.test_client().post("/report", data={"description": WORDS}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 400
    assert WORDS not in page.text


def test_the_form_comes_back_in_another_language_with_every_word(app, cast):
    browser = written(app)
    page = browser.submit({"description": WORDS, "still": ["yes"], "switch": "lang=en"}, status=200)
    assert "Make a report" in page
    assert page.form().values["description"] == WORDS
    assert page.form().values["still"] == ["yes"]


def test_the_check_page_comes_back_in_another_language(app, cast):
    browser = written(app)
    looks_through(browser, description=WORDS)
    page = browser.submit({"switch": "lang=en"}, status=200)
    assert "Please check your report" in page
    assert WORDS in page


def test_an_inspection_asks_its_own_questions(app, cast):
    with transaction() as s:
        ours = s.scalars(select(Inspection).where(Inspection.id == cast.ours)).one()
        own = [{"code": "air_wind", "type": "air", "zh": "刮什么风？", "en": "Which wind?"}]
        ours.kept_settings = {**ours.kept_settings, "questions": own}
    browser = written(app, "/report?inspection=ours")
    assert "刮什么风？" in browser.page
    assert "主要在什么时段" not in browser.page
    reports(browser, description=WORDS, q_air_wind="北风")
    assert only_report().answers == {"air_wind": "北风"}


def test_nobody_joins_a_case_that_is_not_public(app, cast):
    reports(written(app), description=WORDS, same_as="D2ZZ202403150001")
    assert only_report().said_same_as == ""


def test_the_check_page_that_is_fetched_leads_back_to_the_form(app, cast):
    assert browse(app).get("/report/check", follow=True).path.startswith("/report")


def test_files_too_large_to_be_sent_at_once_are_named_and_cost_no_word(app, cast):
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    large, small = BytesIO(b"x" * 90_000), BytesIO(b"y" * 20_000)
    told = {"description": WORDS, "place": "学校旁", "files": [(large, "a.mp4"), (small, "b.txt")]}
    page = looks_through(written(app), **told)
    assert "b.txt" in page
    assert "请单独发送这个文件" in page
    assert page.form().values["place"] == "学校旁"


def test_a_file_that_was_let_go_is_larger_than_anything_that_is_taken(app):
    room = Room(10)
    file = ArrivingFile(room)
    file.write(b"12345678")
    file.write(b"123")
    assert file.seek(0, 2) > app.config["MAX_CONTENT_LENGTH"]
    assert (file.let_go, room.left) == (True, 10)
    file.close()
