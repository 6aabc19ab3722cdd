"""The way a report goes: every state has a calm page in both languages, with what comes next and by when."""

from datetime import timedelta

import pytest
import time_machine

from app.db import session, transaction
from app.domain.case import Case
from app.domain.report import Report
from app.domain.workflow.vocabulary import CaseState, RectificationState, ReportState
from app.kernel import clock
from app.tracking import wording as w
from app.tracking.queries import own_report
from app.web.language import local_date
from tests.tracking import story
from tests.tracking.test_code import opened

LIVE = [state for state in CaseState if state not in {CaseState.CANCELLED, CaseState.PUBLISHED}]


@pytest.fixture
def report(cast, installation):
    return story.reported(installation, cast)


def ways(report):
    """(label, how it stands) of every rung."""
    return [(rung.label, rung.standing) for rung in own_report(report[0]).rungs]


def now_at(report):
    return [rung for rung in own_report(report[0]).rungs if rung.standing == "current"]


def read_in_both(app, report):
    """The page in Chinese and in English; both are audited on the way."""
    browser = opened(app, report[1])
    chinese = browser.page
    assert "办到哪一步了" in chinese
    english = browser.get("/track/report?lang=en")
    assert "Where it stands" in english
    return chinese, english


@pytest.mark.parametrize("state", list(ReportState))
def test_every_state_of_a_report_has_a_calm_page(app, cast, report, installation, state):
    if state == ReportState.MERGED:
        earlier = story.reported(installation, cast, "the key of the one who came first of all")
        story.merged(cast, report[0], earlier[0])
    story.in_state(cast, report[0], state)
    assert session().get_one(Report, report[0]).state == state
    read_in_both(app, report)


@pytest.mark.parametrize("state", LIVE)
def test_every_state_of_a_case_has_a_calm_page(app, cast, report, state):
    story.accepted(cast, report[0])
    story.case_in(cast, report[0], state)
    read_in_both(app, report)
    assert len(now_at(report)) == 1


@pytest.mark.parametrize("state", list(RectificationState))
def test_every_state_of_putting_right_has_a_calm_page(app, cast, report, state):
    story.in_state(cast, report[0], ReportState.ANSWERED)
    story.put_right(cast, report[0], state)
    chinese, _ = read_in_both(app, report)
    assert "整改措施共2项，已完成1项。" in chinese.words
    assert "内部措施" not in chinese


def test_a_new_report_shows_the_whole_way_ahead(cast, report):
    assert ways(report) == [
        (w.RECEIVED, "done"),
        (w.JUDGED, "current"),
        (w.HANDED_OVER, "ahead"),
        (w.CHECKED, "ahead"),
        (w.ANSWERED, "ahead"),
        (w.PUT_RIGHT, "ahead"),
        (w.SIGNED_OFF, "ahead"),
    ]


def test_the_feedback_day_stands_by_the_check_on_the_spot(app, cast, report):
    story.accepted(cast, report[0])
    story.case_in(cast, report[0], CaseState.INVESTIGATING)
    due = session().query(Case.feedback_due_on).scalar()
    assert due is not None
    assert [(rung.label, rung.by) for rung in now_at(report)] == [(w.CHECKED, due)]
    page = opened(app, report[1]).page
    assert f"最迟{local_date(due)}" in page
    assert f"请在{local_date(due + timedelta(days=1))}前后再来查看" in page


def test_what_is_late_is_said_to_be_late(app, cast, report):
    story.accepted(cast, report[0])
    story.case_in(cast, report[0], CaseState.INVESTIGATING)
    with time_machine.travel(clock.now() + timedelta(days=9), tick=True):
        assert "现已超期" in opened(app, report[1]).page


def test_a_question_waits_for_its_reporter_until_its_day(cast, report):
    story.asked(cast, report[0])
    until = session().get_one(Report, report[0]).due_on
    assert until is not None
    assert [(rung.label, rung.by, rung.note) for rung in now_at(report)] == [(w.JUDGED, until, w.WAITS_FOR_YOU)]
    assert own_report(report[0]).look_again == until + timedelta(days=1)


def test_a_referral_waits_for_its_receiver(cast, report):
    story.referred(cast, report[0])
    assert ways(report)[-2:] == [(w.HANDED_ELSEWHERE, "done"), (w.CONFIRMED, "current")]
    assert now_at(report)[0].by == session().get_one(Report, report[0]).referral.inform_by


@pytest.mark.parametrize("state", [ReportState.VOIDED, ReportState.WITHDRAWN])
def test_what_is_closed_has_nothing_to_come(cast, report, state):
    story.in_state(cast, report[0], state)
    assert ways(report)[-1] == (w.ENDINGS[state], "ended")
    assert own_report(report[0]).look_again is None


def test_an_answered_report_with_nothing_to_put_right_ends_with_its_answer(cast, report):
    story.in_state(cast, report[0], ReportState.ANSWERED)
    assert ways(report)[-1] == (w.ANSWERED, "done")


def test_what_is_answered_for_now_goes_on_to_be_put_right(cast, report):
    story.in_state(cast, report[0], ReportState.ANSWERED)
    with transaction() as s:
        s.query(Case).one().completion = "staged"
    assert ways(report)[-2:] == [(w.PUT_RIGHT, "current"), (w.SIGNED_OFF, "ahead")]


def test_parts_go_their_own_ways_side_by_side(app, cast, report):
    story.accepted(cast, report[0], "430211", "430203")
    story.published(cast, report[0], only=1)
    story.case_in(cast, report[0], CaseState.INVESTIGATING, unit="lusong", part=2)
    own = own_report(report[0])
    assert [rung.label for rung in own.rungs] == [w.RECEIVED, w.JUDGED]
    stands = [[rung.label for rung in part.rungs if rung.standing == "current"] for part in own.parts]
    assert stands == [[], [w.CHECKED]]
    read_in_both(app, report)


def test_a_repeat_goes_the_way_of_the_matter(cast, report, installation):
    earlier = story.reported(installation, cast, "the key of the one who came first of all")
    story.accepted(cast, earlier[0])
    story.merged(cast, report[0], earlier[0])
    assert ways(report)[:3] == [(w.RECEIVED, "done"), (w.JOINED, "done"), (w.HANDED_OVER, "current")]


def test_a_repeat_of_what_waits_for_another_is_not_asked_in_their_place(app, cast, report, installation):
    earlier = story.reported(installation, cast, "the key of the one who came first of all")
    story.merged(cast, report[0], earlier[0])
    story.asked(cast, earlier[0], "只问另一个人的问题？")
    assert "只问另一个人的问题？" not in opened(app, report[1]).page
    assert ways(report)[1] == (w.JOINED, "done")


def test_a_running_notice_opens_the_way_to_object(app, cast, report):
    story.in_state(cast, report[0], ReportState.ANSWERED)
    notice = story.put_right(cast, report[0], RectificationState.CLIMBING, notice_days=5)
    page = opened(app, report[1]).page
    assert f"{local_date(clock.today() + timedelta(days=5))}前，您可以提出异议。" in page.words
    assert f'href="/notices/{notice}#object"' in page


def test_a_notice_that_is_over_takes_no_objection(app, cast, report):
    story.in_state(cast, report[0], ReportState.ANSWERED)
    notice = story.put_right(cast, report[0], RectificationState.CLIMBING, notice_days=-1)
    page = opened(app, report[1]).page
    assert "您可以提出异议" not in page
    assert f'href="/notices/{notice}"' in page


def test_what_was_handed_over_says_why_it_cannot_be_withdrawn(app, cast, report):
    story.accepted(cast, report[0])
    assert "不能再撤回" not in opened(app, report[1]).page
    story.case_in(cast, report[0], CaseState.INVESTIGATING)
    page = opened(app, report[1]).page
    assert "不能再撤回" in page
    assert "/track/report/add" in page


def test_a_reopened_review_is_told_as_such(app, cast, report):
    story.in_state(cast, report[0], ReportState.ANSWERED)
    with transaction() as s:
        s.query(Case).one().state = str(CaseState.TEAM_REVIEW)
    assert own_report(report[0]).standing == w.REVIEWING_AGAIN
    assert "给举报人的答复1" in opened(app, report[1]).page


def test_no_title_and_no_address_names_the_report(app, cast, report):
    browser = opened(app, report[1])
    number = session().get_one(Report, report[0]).number
    assert number not in browser.page.text.split("</title>")[0]
    assert number not in browser.page.path
