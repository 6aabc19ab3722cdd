"""The desk's pages: one screen, one receipt, and nothing of the reporter afterwards."""

import re

import pytest

from app.db import session
from app.domain.report import Report
from tests.support.browsing import browse
from tests.support.reports import CALLER

NEW = "/staff/desk/new/call"
CODE = r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}"
TYPED = {"description": "夜里有黄烟。", "area": "430211", "place": "嵩山路", "name": CALLER.name, "phone": CALLER.phone}


@pytest.fixture
def clerk(app, cast):
    return browse(app).as_(cast, "clerk")


def test_a_call_is_taken_down_and_number_and_code_are_shown_once(clerk):
    clerk.get(NEW)
    receipt = clerk.submit(TYPED, status=200)
    report = session().query(Report).one()
    assert report.number in receipt
    [code] = re.findall(CODE, receipt.text)
    page = clerk.get(f"/staff/desk/report/{report.id}")
    assert code not in page
    assert report.call_started_at is not None
    assert report.call_ended_at is not None
    assert report.call_started_at <= report.call_ended_at


def test_sending_a_call_twice_gives_the_same_receipt(clerk):
    clerk.get(NEW)
    form = clerk.page.form()
    first = clerk.post(NEW, {**form.values, **TYPED}, status=200)
    again = clerk.post(NEW, {**form.values, **TYPED}, status=200)
    assert re.findall(CODE, first.text) == re.findall(CODE, again.text) != []


def test_nothing_of_the_reporter_is_on_the_entry_but_the_last_digits(clerk, office):
    page = clerk.get(f"/staff/desk/report/{office.report()}")
    assert "•01" in page
    for words in (CALLER.name, CALLER.phone, CALLER.address):
        assert words not in page


def test_a_refused_form_keeps_every_word(clerk):
    clerk.get(NEW)
    page = clerk.submit({**TYPED, "description": "", "phone": "12"}, status=422)
    assert page.form().values["place"] == "嵩山路"
    assert page.form().values["name"] == CALLER.name


def test_looking_a_telephone_up_keeps_nothing_and_counts(clerk, office):
    office.report()
    clerk.get(NEW)
    page = clerk.submit({**TYPED, "lookup": "yes"}, status=200)
    assert "可能有1件来件" in page
    assert session().query(Report).count() == 1


@pytest.mark.parametrize("kind", ["letter", "visit", "passed-on"])
def test_every_way_has_its_form(clerk, kind):
    clerk.get(f"/staff/desk/new/{kind}")
    clerk.submit({**TYPED, "foreign_number": "12345-1"} if kind == "passed-on" else TYPED, status=200)
    assert session().query(Report).one().number[0] in "XFZ"


def test_a_letter_cannot_arrive_before_it_was_posted(clerk):
    clerk.get("/staff/desk/new/letter")
    clerk.submit({**TYPED, "postmarked_on": "2024-03-15", "arrived_on": "2024-03-14"}, status=422)


def test_somebody_elses_entry_and_a_missing_one_look_alike(clerk, office):
    other = office.report(by="clerk2")
    for path in (f"/staff/desk/report/{other}", "/staff/desk/report/999"):
        clerk.get(path, status=404)
        clerk.get(path + "/add", status=404)


def test_the_day_and_the_later_actions_have_pages(clerk, office):
    report = office.report()
    assert "1" in clerk.get("/staff/desk/")
    clerk.get(f"/staff/desk/report/{report}/add")
    clerk.submit({"addition": ""}, status=422)
    assert "昨晚又有" in clerk.submit({"addition": "昨晚又有"})
    clerk.get(f"/staff/desk/report/{report}/answer", status=403)
    clerk.get(f"/staff/desk/report/{report}/withdraw")
    clerk.submit({"reason": "已经解决"})
    clerk.get("/staff/desk/new/telegram", status=404)


@pytest.mark.parametrize("login", ["inspector", "leader", "supervisor", "coordinator", "officer", "auditor"])
def test_the_desk_is_open_to_clerks_alone(app, cast, login):
    browse(app).as_(cast, login).get("/staff/desk/", status=403)
