"""The receipt: for the sender's own browser, for half an hour, with the code in no address."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from app.db import session
from app.domain.report import Report
from app.kernel import clock
from tests.support.browsing import browse
from tests.support.filing import reports

WORDS = "某工地夜间施工，噪声很大。"


def reported(app, **more):
    browser = browse(app)
    browser.get("/report")
    reports(browser, description=WORDS, **more)
    return browser


def test_the_receipt_follows_a_redirect_and_survives_a_reload(app, cast):
    browser = reported(app)
    number = session().scalar(select(Report.number))
    assert browser.page.path == "/report/receipt"
    assert number in browser.get("/report/receipt")
    assert browser.page.headers["Cache-Control"] == "no-store"


def test_after_half_an_hour_the_receipt_is_gone(app, cast):
    browser = reported(app)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=True):
        page = browser.get("/report/receipt", status=404)
        assert "回执只在提交举报的设备上保留半小时" in page
        browser.get("/report/receipt/code.svg", status=404)


def test_nobody_else_sees_the_receipt(app, cast):
    reported(app)
    browse(app).get("/report/receipt", status=404)
    browse(app).get("/report/receipt/code.svg", status=404)


def test_the_code_is_a_picture_that_nothing_stores(app, cast):
    browser = reported(app)
    picture = browser.get("/report/receipt/code.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert picture.headers["Cache-Control"] == "no-store"
    assert "<svg" in picture


def test_the_receipt_names_the_days_that_follow(app, cast):
    with time_machine.travel(
        clock.at_local(clock.today(), clock.local(clock.now()).time().replace(hour=10)), tick=True
    ):
        page = reported(app).page
    today = clock.today()
    for days in (1, 1 + 7, 15):
        day = today + timedelta(days=days)
        assert f"{day.year}年{day.month}月{day.day}日" in page


def test_who_wants_an_answer_without_a_number_is_told_where_it_will_be(app, cast):
    assert "没有留电话" in reported(app, wants_answer="y").page
    assert "拨打您留下的电话" in reported(app, wants_answer="y", phone="13911112222", anonymous="n").page


def test_files_that_were_not_taken_fit_into_the_session(app, cast):
    from io import BytesIO

    many = [(BytesIO(b"?"), "很长的文件名" * 20 + f"{n}.jpg") for n in range(40)]
    browser = browse(app)
    sent = {**browser.get("/report").form().values, "description": WORDS, "files": many}
    page = browser.post("/report", sent)  # as other systems do, and browsers that kept an older form
    assert "另有28个文件" in page
