"""What was suggested stands beside what was decided, from the decision's own transaction; undone decisions count not."""

import pytest
from sqlalchemy import select

from app.db import WRITES, session
from app.domain.suggesting.beforehand import HEARD
from app.domain.suggesting.records import EVERY, SuggestionKept
from app.domain.suggesting.similar import similar
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import Refused
from app.triage.commands import Accept, Merge, MergeCopies, Part, Refer
from app.triage.services import accept, merge, merge_copies, refer
from tests.support.reports import TIANYUAN, the_report


def kept(report, source=EVERY):
    session().rollback()
    query = select(SuggestionKept).where(SuggestionKept.report_id == report, SuggestionKept.source == source)
    return {
        (one.kind, one.value): (one.suggested, one.decided) for one in session().scalars(query) if not one.withdrawn
    }


def referred(cast, report, code="labour"):
    refer(cast["inspector"], Refer(report, code, "市人社局", "已移交。"))


def test_an_acceptance_is_kept_with_what_was_suggested_missed_and_wrongly_suggested(office):
    report = office.report("烧烤店油烟大，机器噪音也大。")
    office.accepted(report)
    found = kept(report)
    assert found["scope", "accept"] == (True, True)
    assert found["type", "air"] == (True, True)
    assert found["type", "noise"] == (True, False)
    assert found["tag", "fumes"] == (True, False)
    assert found["area", TIANYUAN] == (True, True)
    assert ("class", "labour") not in found
    assert kept(report, "rule:fumes") == {("tag", "fumes"): (True, False), ("type", "air"): (True, True)}


def test_a_referral_is_kept_with_its_class(office, cast):
    report = office.report("老板拖欠工资，已报警。")
    referred(cast, report)
    found = kept(report)
    assert found["scope", "refer"] == (True, True)
    assert found["class", "labour"] == (True, True)
    assert "type" not in {kind for kind, _ in found}


def test_a_rule_for_a_class_was_wrong_where_the_report_was_accepted(office):
    report = office.report("污水横流，物业公司不管。")
    office.accepted(report)
    assert kept(report, "rule:neighbourhood") == {("class", "neighbourhood"): (True, False)}
    assert ("class", "neighbourhood") not in kept(report)


def test_what_nobody_suggested_is_kept_as_missed(office, cast):
    report = office.report("请帮帮我。")
    referred(cast, report, "advice")
    assert kept(report)["class", "advice"] == (False, True)


def test_a_merge_is_kept_with_what_was_thought_a_repeat(office, cast):
    first = office.report("某石料厂夜里倒料轰响。", polluter="某石料厂")
    second = office.report("某石料厂夜里倒料轰响。", polluter="某石料厂")
    merge(cast["inspector"], Merge(second, the_report(first).number))
    assert kept(second) == {("repeat", str(first)): (True, True)}


def test_an_undone_decision_counts_no_more(office, cast):
    report = office.report("老板拖欠工资。")
    referred(cast, report)
    office.decide(report, A.UNDO, by="leader", reason="再看")
    assert kept(report) == {}
    office.accepted(report)
    assert kept(report)["scope", "refer"] == (True, False)


def test_a_decision_that_fails_keeps_nothing(office, cast):
    report = office.report("老板拖欠工资。")
    with pytest.raises(Refused):
        accept(cast["inspector"], Accept(report, ("air",), (Part(TIANYUAN, ()),)))
    assert kept(report) == {}


def test_similar_reports_are_looked_for_before_the_writer_is_held(office, cast, monkeypatch):
    looked = []

    def looking(session, report):
        looked.append((report.id, bool(session.info.get(WRITES))))
        return similar(session, report)

    monkeypatch.setattr("app.domain.suggesting.asking.similar", looking)
    first, second, third, copy = (office.report("某石料厂夜里倒料轰响。") for _ in range(4))
    office.accepted(first)
    merge(cast["inspector"], Merge(second, the_report(first).number))
    referred(cast, third)
    merge_copies(cast["inspector"], MergeCopies(first, (), every=True))
    assert looked == [(one, False) for one in (first, second, third, copy)]
    assert all(kept(one) for one in (first, second, third, copy))
    assert HEARD not in session().info


def test_what_is_kept_holds_codes_and_numbers_only(office):
    report = office.report("我家住8栋，电话13800138000，烧烤店油烟大。")
    office.accepted(report)
    session().rollback()
    for one in session().scalars(select(SuggestionKept)):
        words = f"{one.kind}{one.value}{one.source}"
        assert words.isascii()
        assert "13800138000" not in words
