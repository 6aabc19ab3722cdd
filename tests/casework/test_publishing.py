"""What everybody may read: copied, looked through, published, taken down, entered as history."""

import pytest

from app.casework import services
from app.casework.commands import EnterHistory, Publish, Step
from app.db import transaction
from app.domain.case import Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.people import SYSTEM
from app.domain.report import Report
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import CaseState as S
from app.domain.workflow.vocabulary import ReportState
from app.kernel.errors import NotAllowed, NotFound, Refused
from tests.casework.office import days_ago, the


@pytest.fixture
def passed(office, cast):
    key = office.brought_to("city_pass", target="2024年6月底前完成", accountability="约谈1人")
    services.pass_reply(cast["inspector"], Step(key))
    return key


def test_publishing_copies_what_was_answered(passed, office, cast):
    office.publish(passed)
    case = the(passed)
    assert case.is_published
    assert case.published_at is not None
    assert (case.verdict, case.completion) == (Verdict.TRUE, Completion.DONE)
    assert case.publication_problem == "反映某拌和站夜间生产。"
    assert case.publication_text == "经查，属实。"
    assert case.publication_handling == "已责令整改1家，立案处罚1家，罚款20000.50元。"
    assert case.publication_target == "2024年6月底前完成"
    assert case.accountability == "约谈1人"


def test_the_inspector_may_change_every_published_text(passed, cast):
    words = Publish(passed, "问题", "核实", handling="处理", target="目标", accountability="无")
    services.publish(cast["inspector"], words)
    case = the(passed)
    assert (case.publication_handling, case.publication_target, case.accountability) == ("处理", "目标", "无")


@pytest.mark.parametrize("where", ["problem", "text", "handling"])
def test_words_that_may_tell_who_reported_are_changed_or_confirmed(passed, cast, where):
    texts = {"problem": "问题", "text": "核实"} | {where: "请拨13800138000。"}
    with pytest.raises(Refused) as refused:
        services.publish(cast["inspector"], Publish(passed, **texts))
    assert "confirmed" in refused.value.fields
    assert not the(passed).is_published
    services.publish(cast["inspector"], Publish(passed, **texts, confirmed=frozenset({"13800138000"})))
    assert the(passed).is_published


def test_both_publication_texts_must_be_said(passed, cast):
    with pytest.raises(Refused) as refused:
        services.publish(cast["inspector"], Publish(passed, "", " "))
    assert set(refused.value.fields) == {"publication_problem", "publication_text"}
    assert the(passed).verdict is None


def test_only_the_inspector_publishes(passed, cast):
    for who in ("leader", "coordinator", "supervisor"):
        with pytest.raises(NotAllowed):
            services.publish(cast[who], Publish(passed, "问题", "核实"))


def test_a_report_is_answered_with_its_last_case(office, cast):
    first, second = office.handed_over(parts=2)
    for key in (first, second):
        office.assign(key)
        for name in ("investigate", "reply", "sign_reply", "city_pass"):
            getattr(office, name)(key)
        services.pass_reply(cast["inspector"], Step(key))
    office.publish(first)
    assert the(first).report.status == ReportState.ACCEPTED
    office.publish(second)
    assert the(second).report.status == ReportState.ANSWERED


def test_unpublishing_takes_it_out_of_the_table_and_needs_a_reason(passed, office, cast):
    office.publish(passed)
    with pytest.raises(NotAllowed):
        services.unpublish(cast["inspector"], Step(passed, "文字有误"))
    with pytest.raises(Refused):
        services.unpublish(cast["leader"], Step(passed))
    services.unpublish(cast["leader"], Step(passed, "文字有误"))
    case = the(passed)
    assert (case.status, case.published_at) == (S.PASSED, None)
    office.publish(passed)
    assert the(passed).report.status == ReportState.ANSWERED


def test_a_reopened_review_does_not_empty_the_public_table(passed, office, cast):
    office.publish(passed)
    services.reopen(cast["inspector"], Step(passed, "回访不满意"))
    case = the(passed)
    assert case.status == S.TEAM_REVIEW
    assert case.published_at is not None


def a_prepared_case(office, cast, key="past"):
    from app.domain.receiving import Statement, receive
    from app.domain.report import Channel
    from app.domain.reporter import Reporter
    from app.domain.workflow.vocabulary import Need, ReportAction

    with transaction() as s:
        inspection = s.get_one(Inspection, cast.ours)
        said = Statement(Channel.UNSTATED, "印出的问题", history=True)
        report = receive(s, office.house, inspection, SYSTEM, said, Reporter(), key).report
        words = {Need.POINTS: "印出的问题", Need.TYPES: "air", Need.AREAS: "天元区"}
        report.perform(ReportAction.ACCEPT, SYSTEM, words)
        case = Case(inspection=inspection, inspection_id=inspection.id, report=report, report_id=report.id,
                    part=1, number=report.number, area_printed="天元区", history=True)  # fmt: skip
        case.begin(s, A.OPEN, SYSTEM)
        return case.id


def test_history_goes_straight_to_its_published_end(office, cast):
    key = a_prepared_case(office, cast)
    then = days_ago(SYSTEM, 2000)
    words = EnterHistory(key, "问题", "调查核实", Verdict.PARTLY, None, "处理", "目标", "问责2人", "某区政府")
    services.enter_history(then, words)
    case = the(key)
    assert case.status == S.PUBLISHED
    assert case.published_at == then.now()
    assert (case.verdict, case.completion) == (Verdict.PARTLY, None)
    assert (case.publication_text, case.unit_printed) == ("调查核实", "某区政府")
    assert case.replies == []
    assert case.report.status == ReportState.ANSWERED


def test_nobody_but_the_historian_enters_history(office, cast):
    key = a_prepared_case(office, cast)
    with pytest.raises(NotAllowed):
        services.enter_history(cast["inspector"], EnterHistory(key, "问题", "核实", None, None))
    with pytest.raises(NotFound):
        services.enter_history(cast["coordinator"], EnterHistory(key, "问题", "核实", None, None))


def test_a_report_of_history_keeps_its_words(office, cast):
    key = a_prepared_case(office, cast)
    services.enter_history(SYSTEM, EnterHistory(key, "问题", "", None, None))
    case = the(key)
    assert (case.verdict, case.publication_text) == (None, "")
    assert isinstance(case.report, Report)
