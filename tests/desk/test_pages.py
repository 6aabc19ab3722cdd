"""The desk's pages: one screen, one receipt, and nothing of the reporter afterwards."""

import re
from io import BytesIO

import pytest

from app.db import session
from app.domain.attachment import attachments_of
from app.domain.report import Channel, Report
from tests.support.browsing import browse
from tests.support.evidence import jpeg
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


def test_a_silent_call_is_kept_counted_and_void(clerk):
    clerk.get(NEW)
    clerk.submit({"blank": "yes", "phone": CALLER.phone}, NEW)
    report = session().query(Report).one()
    assert (report.number[0], report.state, report.query_code_digest is not None) == ("D", "voided", True)
    assert "无效" in clerk.get("/staff/desk/")


def test_a_silent_call_loses_nothing_that_was_written_down(clerk):
    clerk.get(NEW)
    page = clerk.submit({**TYPED, "blank": "yes"}, NEW, 422)
    assert page.form(NEW).values["place"] == "嵩山路"
    assert session().query(Report).count() == 0


def test_points_alone_are_words_enough(clerk):
    clerk.get(NEW)
    clerk.submit({"points": "夜里有黄烟\n\n车辆漏料"}, NEW, 200)
    report = session().query(Report).one()
    assert [point.text for point in report.points] == ["夜里有黄烟", "车辆漏料"]
    assert report.description == "1．夜里有黄烟\n2．车辆漏料"


def test_a_town_names_its_county(clerk):
    clerk.get(NEW)
    clerk.submit({"points": "黄烟", "town": "430211001"}, NEW, 200)
    report = session().query(Report).one()
    assert (report.area_code, report.town_code) == ("430211", "430211001")


def test_a_callers_number_goes_on_in_no_address(app, cast, clerk):
    page = clerk.get(f"{NEW}?phone=199-0000-0101", 302, follow=False)
    assert "0101" not in page.location
    assert clerk.get(page.location).form(NEW).values["phone"] == CALLER.phone
    other = browse(app).as_(cast, "clerk2").get(page.location)
    assert other.form(NEW).values["phone"] == ""
    assert clerk.get(f"{NEW}?caller=zz").form(NEW).values["phone"] == ""
    assert "phone" not in browse(app).get(f"{NEW}?phone={CALLER.phone}", 302, follow=False).location


def test_the_inspection_says_its_own_greeting(app, cast, clerk):
    assert "您好，这里是生态环境保护督察组" in clerk.get(NEW)
    admin = browse(app).as_(cast, "administrator")
    admin.get(f"/staff/administration/inspections/{cast.ours}/texts/zh")
    admin.submit({"greeting": "您好，{team}。"})
    assert "您好，ours督察组。" in clerk.get(NEW)


def test_several_reports_share_one_letter_and_its_scans(clerk):
    clerk.get("/staff/desk/new/letter")
    told = {"description": "一是黄烟。", "envelope_number": "信-17", "scans": (BytesIO(jpeg()), "一.jpg")}
    clerk.submit(told, "/staff/desk/new/letter", 200)
    first = session().query(Report).one().id
    page = clerk.get(f"/staff/desk/new/letter?letter={first}")
    assert page.form("/staff/desk/new/letter").values["envelope_number"] == "信-17"
    clerk.submit({"description": "二是污水。", "people": "3", "others": "甲\n乙"}, "/staff/desk/new/letter", 200)
    second = session().query(Report).filter(Report.id != first).one()
    assert second.letter.envelope == "信-17"
    assert second.people == 3
    assert [len(attachments_of(session(), "report", one)) for one in (first, second.id)] == [1, 1]
    entry = clerk.get(f"/staff/desk/report/{second.id}")
    assert session().get_one(Report, first).number in entry
    assert "甲" not in entry


def test_a_letter_of_somebody_else_is_not_gone_on_with(app, cast, clerk, office):
    other = office.report(by="clerk2", channel=Channel.LETTER)
    clerk.get(f"/staff/desk/new/letter?letter={other}", 404)
    clerk.get("/staff/desk/new/letter")
    clerk.submit({"description": "黄烟", "same_letter": str(other)}, "/staff/desk/new/letter", 404)
    assert session().query(Report).count() == 1


def test_a_foreign_number_that_came_before_is_pointed_out_and_may_be_taken(clerk, office):
    first = office.report(channel=Channel.PASSED_ON, foreign_number="12345-77", by="clerk2")
    path = "/staff/desk/new/passed-on"
    clerk.get(path)
    told = {"description": "黄烟", "foreign_number": "12345-77", "passed_by": "12345"}
    assert session().get_one(Report, first).number in clerk.submit(told, path, 422)
    clerk.submit({"twice": "y"}, path, 200)
    assert session().query(Report).filter_by(passed_by="12345").count() == 1


def test_of_others_entries_only_the_words_just_typed_are_shown(clerk, office):
    office.report("嵩山路沥青拌和站夜里生产，烟气刺鼻，我住对面三楼。", by="clerk2")
    clerk.get(NEW)
    page = clerk.submit({"points": "嵩山路沥青拌和站夜里生产，烟气刺鼻", "lookup": "yes"}, NEW, 200)
    assert "嵩山路沥青拌和站夜里生产" in page.words
    assert "三楼" not in page
    assert "待研判" not in page
