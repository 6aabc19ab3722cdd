"""The suggestions on a report's page and in the decisions' forms: in sight, with their grounds, never decided."""

import pytest

from app.domain.workflow.vocabulary import ReportAction as A
from tests.support.browsing import browse
from tests.support.reports import the_report

HOME = "/staff/triage/"
SMOKE = "天元区泰山路一家烧烤店，油烟呛人，取水口就在旁边。"


@pytest.fixture
def inspector(app, cast):
    return browse(app).as_(cast, "inspector")


def test_a_report_shows_what_is_suggested_how_surely_and_why(inspector, office):
    page = inspector.get(f"{HOME}report/{office.report(SMOKE)}")
    assert "data-suggestions" in page
    assert "“油烟”" in page
    assert "文中提到“天元区”" in page
    assert "→ 油烟" in page


def test_one_press_opens_the_acceptance_with_it_filled_in_and_marked(inspector, office):
    report = office.report(SMOKE, area_code=None)
    page = inspector.get(f"{HOME}report/{report}/do/accept?suggested=yes")
    assert "大气（建议）" in page
    assert "油烟（建议）" in page
    assert "噪声（建议）" not in page
    assert page.text.count(" checked") >= 3
    assert "建议：文中提到“天元区”" in page
    assert the_report(report).state == "registered"
    assert "（建议）" not in inspector.get(f"{HOME}report/{report}/do/accept")


def test_one_press_opens_the_referral_with_the_class_filled_in(inspector, office):
    report = office.report("老板拖欠工资三个月。")
    page = inspector.get(f"{HOME}report/{report}")
    assert "“拖欠工资”" in page
    assert f"{HOME}report/{report}/do/refer?suggested=yes&amp;class=labour" in page
    form = inspector.get(f"{HOME}report/{report}/do/refer?suggested=yes&class=labour")
    assert "人力资源" in form


def test_the_leader_sees_what_speaks_for_a_key_report_and_finds_it_as_a_reason(app, cast, office):
    report = office.report(SMOKE)
    leader = browse(app).as_(cast, "leader")
    assert "标为重点件（按建议填好）" in leader.get(f"{HOME}report/{report}")
    assert "“取水口”" in leader.get(f"{HOME}report/{report}/do/mark_key?suggested=yes")


def test_whoever_decides_nothing_is_suggested_nothing(app, cast, office):
    report = office.report(SMOKE)
    assert "data-suggestions" not in browse(app).as_(cast, "supervisor").get(f"{HOME}report/{report}")


def test_what_became_of_similar_reports_is_said(inspector, office):
    for _ in range(2):
        office.decide(office.report("某石料厂夜里倒料轰响。", polluter="某石料厂"), A.ASK, question="何处？")
    for _ in range(3):
        office.accepted(office.report("某石料厂夜里倒料轰响。", polluter="某石料厂"))
    page = inspector.get(f"{HOME}report/{office.report('某石料厂夜里倒料轰响，又来了。', polluter='某石料厂')}")
    assert "3件相似来件中有3件受理" in page
