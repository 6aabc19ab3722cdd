"""A flood of the same words is one line for triage, and one press lets the copies follow the first."""

import pytest
from sqlalchemy import select

from app.db import session
from app.domain.ledger import LedgerEntry
from app.domain.report import Report
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState as S
from app.kernel.errors import NotAllowed, NotFound
from app.triage.commands import MergeCopies
from app.triage.queries.filters import Filters
from app.triage.queries.queue import queue
from app.triage.queries.same import flood
from app.triage.services import merge_copies
from tests.support.browsing import browse
from tests.support.cast import TIANYUAN
from tests.support.reports import LUSONG, Office, the_report

WORDS = "天台路旁的工厂每天夜里十一点以后排放黄烟，气味刺鼻，请尽快查处。"
SPACED = "天台路旁的工厂，每天夜里十一点以后排放黄烟 气味刺鼻 请尽快查处"


@pytest.fixture
def office(app, cast, installation):
    return Office(installation, cast)


@pytest.fixture
def copies(office):
    return [office.report(words) for words in (WORDS, SPACED, WORDS, WORDS)]


def lines(cast, **cut):
    return [(row.id, row.copies) for row in queue(cast["inspector"], cast.ours, Filters(**cut)).rows]


def states(ids):
    return [the_report(one).state for one in ids]


def test_copies_are_one_line_that_says_how_many_they_are(office, cast, copies):
    other = office.report("别的事情，别的地方，与上面完全无关的另外一件。")
    assert lines(cast) == [(copies[0], 4), (other, 1)]


def test_short_words_are_said_by_strangers_and_stay_apart(office, cast):
    reports = [office.report("夜间施工噪声扰民") for _ in range(2)]
    assert [one for one, _ in lines(cast)] == reports


def test_under_a_filter_and_in_other_states_every_report_has_its_line(office, cast, copies):
    assert len(lines(cast, state=None)) == len(lines(cast, area=TIANYUAN)) == 4


def test_a_key_report_is_never_hidden_behind_another(office, cast, copies):
    office.decide(copies[2], A.MARK_KEY, by="leader", reason="涉饮用水")
    assert [one for one, _ in lines(cast)] == [copies[0], copies[2]]


def test_one_press_lets_the_chosen_follow_the_first_each_with_its_own_entry(office, cast, copies):
    merged = merge_copies(cast["inspector"], MergeCopies(copies[3], tuple(copies[1:3]), "同一内容反复提交"))
    assert merged == 2
    assert states(copies) == [S.REGISTERED, S.MERGED, S.MERGED, S.REGISTERED]
    assert the_report(copies[1]).matter_id == the_report(copies[0]).matter_id
    entries = session().scalars(select(LedgerEntry.noun_id).where(LedgerEntry.action == str(A.MERGE)))
    assert sorted(entries) == copies[1:3]


def test_pressing_twice_does_nothing_twice(cast, copies):
    words = MergeCopies(copies[0], (), every=True)
    assert [merge_copies(cast["inspector"], words) for _ in range(2)] == [3, 0]


def test_what_was_judged_in_between_is_left_as_it_is(office, cast, copies):
    office.accepted(copies[1])
    assert merge_copies(cast["inspector"], MergeCopies(copies[0], tuple(copies[1:]))) == 2
    assert the_report(copies[1]).state == S.ACCEPTED


def test_copies_follow_one_that_was_accepted_and_none_that_is_void(office, cast, copies):
    office.decide(copies[0], A.VOID, reason="广告")
    office.accepted(copies[1])
    found = flood(cast["inspector"], copies[3])
    assert (found.first.id, [one.id for one in found.waiting]) == (copies[1], copies[2:])
    assert lines(cast) == [(copies[2], 2)]


def test_only_copies_can_be_merged_so(office, cast, copies):
    other = office.report("别的事情，别的地方，与上面完全无关的另外一件。")
    assert merge_copies(cast["inspector"], MergeCopies(copies[0], (other,))) == 0


def test_all_of_them_or_none(cast, copies, monkeypatch):
    monkeypatch.setattr("app.triage.services.merging.join", lambda _s, copy, _f: 1 // (copy.id != copies[3]))
    with pytest.raises(ZeroDivisionError):
        merge_copies(cast["inspector"], MergeCopies(copies[0], (), every=True))
    assert set(states(copies)) == {S.REGISTERED}


def test_a_flood_belongs_to_its_inspection_and_to_those_who_judge(cast, copies):
    with pytest.raises(NotFound):
        merge_copies(cast["foreign_inspector"], MergeCopies(copies[0], (), every=True))
    with pytest.raises(NotAllowed):
        merge_copies(cast["supervisor"], MergeCopies(copies[0], (), every=True))
    assert session().scalar(select(Report.matter_id).where(Report.id == copies[0])) is None


def test_the_page_ticks_all_and_lets_one_be_left_out(app, office, cast, copies):
    elsewhere = office.report(WORDS, area_code=LUSONG)
    browser = browse(app).as_(cast, "inspector")
    assert "内容相同 ×5" in browser.get("/staff/triage/")
    browser.get(f"/staff/triage/report/{copies[0]}/same")
    ticked = browser.page.form().values["copies"]
    assert ticked == [str(one) for one in [*copies[1:], elsewhere]]
    page = browser.submit({"copies": ticked[:-1]})
    assert "已合并3件" in page
    assert the_report(elsewhere).state == S.REGISTERED
    assert "没有其他内容相同的待研判来件" not in page


def test_a_long_flood_shows_the_oldest_and_takes_them_all(app, cast, copies, monkeypatch):
    monkeypatch.setattr("app.triage.queries.same.SHOWN", 2)
    browser = browse(app).as_(cast, "inspector")
    assert "另有3件" in browser.get(f"/staff/triage/report/{copies[0]}/same")
    browser.submit({"every": "y"})
    assert set(states(copies[1:])) == {S.MERGED}


def test_a_supervisor_sees_a_flood_and_merges_nothing(app, cast, copies):
    browser = browse(app).as_(cast, "supervisor")
    assert browser.get(f"/staff/triage/report/{copies[0]}/same").forms() == []
    browser.post(f"/staff/triage/report/{copies[0]}/same", {}, status=403)
