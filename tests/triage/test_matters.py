"""A matter's page tells how many reports and people; nothing is merged that was not read side by side."""

from app.domain.reporter import Reporter
from app.triage.commands import Merge
from app.triage.services import merge
from tests.support.browsing import browse
from tests.support.reports import the_report

HOME = "/staff/triage/"


def test_the_page_of_a_matter_counts_its_reports_and_telephones(app, cast, office):
    first, second = office.report("第一件：黄烟。"), office.report("第二件：还是黄烟。")
    third = office.report("第三件：又有黄烟。", reporter=Reporter())
    for later in (second, third):
        merge(cast["inspector"], Merge(later, the_report(first).number))
    page = browse(app).as_(cast, "inspector").get(f"{HOME}report/{third}/matter")
    for said in ("3件", "可能来自 1 个不同号码", "未留电话", the_report(second).number, "第二件"):
        assert said in page
    reader = browse(app).as_(cast, "supervisor").get(f"{HOME}report/{third}/matter")
    assert "不同号码" not in reader
    assert "全部来件" in browse(app).as_(cast, "inspector").get(f"{HOME}report/{third}")
    browse(app).as_(cast, "foreign_inspector").get(f"{HOME}report/{third}/matter", status=404)


def test_a_number_that_was_only_typed_is_shown_before_it_is_merged(app, cast, office):
    first, second = office.report("头一件的原话"), office.report("后一件的原话")
    page = browse(app).as_(cast, "inspector")
    page.get(f"{HOME}report/{second}/do/merge")
    shown = page.submit({"earlier": the_report(first).number.lower()}, status=200)
    assert "头一件的原话" in shown
    assert "后一件的原话" in shown
    assert the_report(second).state == "registered"
    page.submit({})
    assert the_report(second).state == "merged"
