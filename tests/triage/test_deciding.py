"""Referring, merging, asking, voiding, and taking a decision back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import session
from app.desk.commands import Act
from app.desk.services import act as at_the_desk
from app.domain.report import Referral
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.triage.commands import Merge, Refer
from app.triage.queries.matters import matter_of
from app.triage.services import merge, refer
from tests.support.reports import the_referral, the_report

LABOUR = ("labour", "市人力资源和社会保障局", "来件{number}已移交{body}。")


def merged(office, report, earlier, by="inspector"):
    merge(office.cast[by], Merge(report, the_report(earlier).number.lower()))


def test_a_referral_has_its_own_clock_and_its_words_filled_in(office, cast):
    report = office.report("工资没发")
    refer(cast["inspector"], Refer(report, *LABOUR))
    kept = the_report(report)
    assert kept.state == "referred"
    assert the_referral(report).inform_by == clock.today() + timedelta(days=15)
    assert the_referral(report).advice == f"来件{kept.number}已移交{LABOUR[1]}。"


def test_a_referral_needs_a_class_a_body_and_words(office, cast):
    report = office.report()
    for words in (("", "局", "话"), ("gossip", "局", "话"), ("labour", "", "话"), ("labour", "局", " ")):
        with pytest.raises(Refused):
            refer(cast["inspector"], Refer(report, *words))
    assert session().scalar(select(Referral)) is None


def test_an_undone_referral_keeps_its_row_and_another_can_follow(office, cast):
    report = office.report("工资没发")
    refer(cast["inspector"], Refer(report, *LABOUR))
    office.decide(report, A.UNDO, by="leader", reason="属于受理范围")
    assert the_report(report).referral is None
    refer(cast["inspector"], Refer(report, *LABOUR))
    assert the_report(report).referral is not None
    assert [row.withdrawn_at is None for row in session().scalars(select(Referral).order_by(Referral.id))] == [
        False,
        True,
    ]


def test_a_receiver_acknowledges_once(office, cast):
    report = office.report("工资没发")
    refer(cast["inspector"], Refer(report, *LABOUR))
    office.decide(report, A.ACKNOWLEDGE, note="已电话确认")
    assert the_referral(report).acknowledgement == "已电话确认"
    with pytest.raises(Refused):
        office.decide(report, A.ACKNOWLEDGE, note="再次确认")


def test_a_referral_is_late_no_more_once_it_is_acknowledged_whoever_notes_it(office, cast):
    report = office.report("工资没发")
    refer(cast["inspector"], Refer(report, *LABOUR))
    at_the_desk(cast["clerk"], Act(report, A.ACKNOWLEDGE, {Need.NOTE: "已电话确认"}))
    assert (the_report(report).due_on, the_referral(report).acknowledgement) == (None, "已电话确认")


def test_a_repeat_joins_the_matter_of_the_earlier_one(office):
    first, second, third = office.report(), office.report(), office.report()
    merged(office, second, first)
    merged(office, third, second)
    assert {the_report(report).matter_id for report in (first, second, third)} == {the_report(first).matter_id}
    assert [the_report(report).state for report in (first, second, third)] == ["registered", "merged", "merged"]


def test_those_who_followed_a_repeat_follow_it_on(office):
    first, second, third = office.report(), office.report(), office.report()
    merged(office, third, second)
    merged(office, second, first)
    assert len({the_report(report).matter_id for report in (first, second, third)}) == 1


def test_nothing_is_merged_into_itself_nor_in_a_ring_nor_into_a_later_one(office):
    first, second = office.report(), office.report()
    for report, earlier in ((first, first), (first, second)):
        with pytest.raises(Refused):
            merged(office, report, earlier)
    merged(office, second, first)
    with pytest.raises(Refused):
        merged(office, first, second)
    assert the_report(first).state == "registered"


def test_a_number_of_another_inspection_is_no_number_here(office, cast):
    mine = office.report()
    for number in ("D2ZZ202401010001", ""):
        with pytest.raises(Refused) as refusal:
            merge(cast["inspector"], Merge(mine, number))
        assert "earlier" in refusal.value.fields


def test_nothing_follows_a_void_report(office):
    first, second = office.report(), office.report()
    office.decide(first, A.VOID, reason="骚扰电话")
    with pytest.raises(Refused):
        merged(office, second, first)


def test_an_undone_merge_leaves_the_matter_and_the_others_in_it(office):
    first, second = office.report(), office.report()
    merged(office, second, first)
    office.decide(second, A.UNDO, by="leader", reason="不是同一事项")
    assert the_report(second).matter_id is None
    assert the_report(first).matter_id is not None
    merged(office, second, first)
    assert the_report(second).matter_id == the_report(first).matter_id


def test_what_was_asked_waits_and_may_lapse_only_after_its_day(office):
    report = office.report()
    office.decide(report, A.ASK, question="哪条路？")
    assert the_report(report).due_on == clock.today() + timedelta(days=3)
    with pytest.raises(Refused):
        office.decide(report, A.LAPSE)


def test_a_void_report_is_kept_counted_and_can_be_undone_by_the_leader_alone(office):
    report = office.report()
    with pytest.raises(Refused):
        office.decide(report, A.VOID, reason=" ")
    office.decide(report, A.VOID, reason="广告")
    with pytest.raises(NotAllowed):
        office.decide(report, A.UNDO, reason="误判")
    office.decide(report, A.UNDO, by="leader", reason="误判")
    assert the_report(report).state == "registered"


def test_a_stranger_decides_nothing(office):
    report = office.report()
    with pytest.raises(NotFound):
        office.decide(report, A.VOID, by="foreign_leader", reason="越权")


def test_an_action_of_the_reporter_is_not_done_here(office):
    with pytest.raises(NotAllowed):
        office.decide(office.report(), A.WITHDRAW, by="clerk", reason="不告了")


def test_an_undone_merge_gives_each_matter_back_what_was_its_own(office):
    """Two matters became one by a merge; undoing it makes two again, with who joined either of them meanwhile."""
    first, follower = office.report(), office.report()
    second, behind = office.report(), office.report()
    merged(office, follower, first)
    merged(office, behind, second)
    merged(office, second, first)
    late = office.report()
    merged(office, late, behind)
    assert len({the_report(one).matter_id for one in (first, follower, second, behind, late)}) == 1
    office.decide(second, A.UNDO, by="leader", reason="不是同一事项")
    one, other = the_report(first).matter_id, the_report(second).matter_id
    assert one != other
    assert the_report(follower).matter_id == one
    assert {the_report(id_).matter_id for id_ in (behind, late)} == {other}
    assert [the_report(id_).state for id_ in (second, behind, late)] == ["registered", "merged", "merged"]
    assert the_report(second).follows_id is None


def test_a_merge_that_was_undone_may_be_made_again(office):
    first, second, third = office.report(), office.report(), office.report()
    merged(office, third, second)
    merged(office, second, first)
    office.decide(second, A.UNDO, by="leader", reason="误并")
    merged(office, second, first)
    assert len({the_report(one).matter_id for one in (first, second, third)}) == 1
    assert matter_of(office.cast["inspector"], third).total == 3
