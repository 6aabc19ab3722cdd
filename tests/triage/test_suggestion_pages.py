"""The rules are the office's: read, tried, written, switched off, put back; and what they were worth is shown."""

from datetime import timedelta

import pytest

from app.db import session
from app.domain.ledger import LedgerEntry
from app.domain.suggesting.kinds import Kind
from app.domain.suggesting.rules import rules, shipped
from app.kernel import clock
from app.triage.commands import Refer, WriteRule
from app.triage.queries.worth import How, behind, worth
from app.triage.services import refer, reset_every_rule, reset_rule, write_rule
from tests.support.browsing import browse
from tests.support.reports import the_report

HOME, RULES, WORTH = "/staff/triage/suggestions/", "/staff/triage/suggestions/rules", "/staff/triage/suggestions/worth"


@pytest.fixture
def leader(app, cast):
    return browse(app).as_(cast, "leader")


def standing(code):
    session().rollback()
    return next((rule for rule in rules(session()) if rule.code == code), None)


def words(code="", **more):
    given = {"kind": Kind.TAG, "target": "fumes", "words": ("锅气",), "unless": (), "weight": 4, "enabled": True}
    return WriteRule(code, **given | more)


def test_the_rules_are_shown_with_their_words_and_tried_on_a_text(leader):
    assert "拖欠…工资" in leader.get(HOME)
    page = leader.post(HOME, {"text": "楼下油烟很大，天元区泰山路。"}, 200)
    assert "“油烟” → 油烟" in page
    assert "没有命中任何规则" in leader.post(HOME, {"text": "今天天气不错。"}, 200)


def test_a_rule_is_written_and_speaks_at_once_and_is_ledgered(app, leader, office, cast):
    leader.get(f"{RULES}/new")
    leader.submit({"target": "tag:fumes", "words": "锅气\n锅气", "weight": "4"}, f"{RULES}/new")
    own = [rule for rule in rules(session()) if not rule.shipped]
    assert [(rule.words, rule.weight, rule.enabled) for rule in own] == [(("锅气",), 4, True)]
    report = office.report("锅气冲天。")
    assert "“锅气”" in browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{report}")
    entry = session().query(LedgerEntry).filter_by(noun="suggestion_rule").one()
    assert entry.facts["target"] == "tag:fumes"
    assert "锅气" not in str(entry.facts)


@pytest.mark.parametrize(
    ("line", "told"),
    [("烟", "请至少写两个字"), ("…工资", "前后都要有词"), ("很" * 41, "最多40个字"), ("甲…乙…丙…丁", "最多用两个")],
)
def test_a_line_that_cannot_be_used_is_named_with_its_reason_and_nothing_is_lost(leader, line, told):
    page = leader.post(f"{RULES}/new", {"target": "tag:fumes", "words": f"锅气\n{line}", "weight": "4"}, 422)
    assert told in page
    assert "锅气" in page


def test_a_shipped_rule_is_changed_switched_off_and_put_back(leader, cast):
    leader.post(f"{RULES}/fumes", {"target": "tag:fumes", "words": "锅气", "weight": "1", "enabled": "y"})
    assert (standing("fumes").words, standing("fumes").weight, standing("fumes").changed) == (("锅气",), 1, True)
    leader.post(f"{RULES}/fumes/switch", {})
    assert not standing("fumes").enabled
    leader.post(f"{RULES}/fumes/reset", {})
    assert standing("fumes") == shipped()["fumes"]


def test_an_own_rule_is_removed_and_all_shipped_ones_are_put_back_together(cast, app):
    own = write_rule(cast["leader"], words())
    write_rule(cast["administrator"], words("fumes", enabled=False))
    assert reset_every_rule(cast["administrator"]) == 1
    assert standing("fumes").enabled
    assert standing(own) is not None
    assert reset_rule(cast["leader"], own) is False
    assert standing(own) is None


def test_a_rule_of_something_that_is_gone_is_shown_as_broken_and_stays_silent(leader, app, monkeypatch):
    gone = shipped()["fumes"].__class__("gone", Kind.TAG, "no_such_tag", ("锅气",), shipped=True)
    monkeypatch.setitem(shipped(), "gone", gone)
    page = leader.get(HOME)
    assert "有误" in page
    assert "不存在（或已取消）" in page
    assert "没有命中任何规则" in leader.post(HOME, {"text": "锅气冲天"}, 200)


@pytest.mark.parametrize(("login", "reads", "writes"), [("administrator", 200, 200), ("supervisor", 200, 403), ("inspector", 403, 403), ("coordinator", 403, 403)])  # fmt: skip
def test_administrator_and_leader_write_the_supervisor_reads(app, cast, login, reads, writes):
    browser = browse(app).as_(cast, login)
    assert browser.get(HOME, None).status == reads
    assert browser.get(f"{RULES}/fumes", None).status == writes


def test_the_worth_is_counted_by_kind_week_and_rule_and_leads_to_the_cases(office, cast, leader):
    right = office.report("烧烤店油烟大。")
    office.accepted(right, tags=("fumes",))
    wrong = office.report("污水横流，路边油烟。")
    refer(cast["inspector"], Refer(wrong, "neighbourhood", "街道办", "已移交。"))
    found = worth(the_report(right).inspection)
    assert (found.kinds[Kind.SCOPE].right, found.kinds[Kind.SCOPE].wrong, found.kinds[Kind.SCOPE].missed) == (1, 1, 1)
    assert found.kinds[Kind.TAG].precision == found.kinds[Kind.TAG].recall == 100
    assert found.kinds[Kind.CLASS].missed == 1
    assert list(found.weeks) == [clock.today() - timedelta(days=clock.today().weekday())]
    fumes = next(row for row in found.voices if row.source == "rule:fumes")
    assert (fumes.counted.right, fumes.counted.wrong) == (1, 0)
    rows, total = behind(cast["leader"], the_report(right).inspection, Kind.SCOPE, How.WRONG)
    assert ([row.id for row in rows], total) == ([wrong], 1)
    page = leader.get(WORTH)
    assert "油烟" in page
    assert "100 %" in page
    cases = leader.get(f"{WORTH}/cases?kind=scope&how=wrong")
    assert the_report(wrong).number in cases


def test_before_any_decision_the_page_says_so(leader):
    assert "第一件研判之后开始统计" in leader.get(WORTH)


def test_whoever_only_supervises_elsewhere_sees_no_figures(app, cast):
    assert browse(app).as_(cast, "inspector").get(WORTH, None).status == 403
