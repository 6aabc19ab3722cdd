"""What a reporter may do with their report, and what becomes of it."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import db, session, transaction
from app.domain.case import Case
from app.domain.ledger import LedgerEntry, LedgerWord, verify
from app.domain.people import CITIZEN, SYSTEM
from app.domain.report import Report
from app.domain.workflow.vocabulary import CaseAction, CaseState, Need, ReportAction, ReportState
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.tracking import services
from app.tracking.commands import Rate, Say
from tests.tracking import story
from tests.tracking.test_code import opened


@pytest.fixture
def report(cast, installation):
    return story.reported(installation, cast)


def state(report):
    return session().get_one(Report, report[0], populate_existing=True).state


def actions():
    return list(session().scalars(select(LedgerEntry.action).order_by(LedgerEntry.id)))


def test_a_question_is_read_and_answered(app, cast, report):
    story.asked(cast, report[0], "在哪一条路上？")
    browser = opened(app, report[1])
    assert "在哪一条路上？" in browser.page
    browser.submit({"answer": "泰山路。"}, "/track/report/answer")
    assert state(report) == ReportState.REGISTERED
    assert "泰山路。" in browser.page


def test_an_empty_answer_keeps_the_question_in_sight(app, cast, report):
    story.asked(cast, report[0], "在哪一条路上？")
    browser = opened(app, report[1])
    page = browser.submit({"answer": " "}, "/track/report/answer", status=422)
    assert "在哪一条路上？" in page
    assert state(report) == ReportState.ASKED


def test_an_answer_that_comes_too_late_is_added(cast, report):
    story.asked(cast, report[0])
    with transaction() as s:
        s.get_one(Report, report[0]).perform(ReportAction.LAPSE, SYSTEM.at(clock.now() + timedelta(days=9)))
    services.answer(CITIZEN, Say(report[0], "泰山路。"))
    assert actions()[-2:] == ["lapse", "add"]


def test_the_same_addition_sent_twice_is_kept_once(app, cast, report):
    services.add(CITIZEN, Say(report[0], "还有一点"))
    services.add(CITIZEN, Say(report[0], "还有一点"))
    services.add(CITIZEN, Say(report[0], "再有一点"))
    assert actions() == ["register", "add", "add"]
    assert "还有一点" in opened(app, report[1]).page


def test_an_answer_sent_twice_is_kept_once(cast, report):
    story.asked(cast, report[0])
    services.answer(CITIZEN, Say(report[0], "泰山路。"))
    services.answer(CITIZEN, Say(report[0], "泰山路。"))
    assert actions() == ["register", "ask", "answer"]


def test_a_report_is_withdrawn_with_its_cases(app, cast, report):
    story.accepted(cast, report[0], "430211", "430203")
    browser = opened(app, report[1])
    browser.get("/track/report/withdraw")
    browser.submit({"reason": "已经解决了，我住三栋"})
    assert state(report) == ReportState.WITHDRAWN
    assert set(session().scalars(select(Case.state))) == {CaseState.CANCELLED}
    assert "您已撤回举报" in browser.page
    of_cases = (
        select(LedgerWord.text).join(LedgerEntry).where(LedgerEntry.noun == "case", LedgerEntry.action == "cancel")
    )
    assert set(session().scalars(of_cases)) == {services.WITHDRAWN}


def test_a_withdrawal_must_give_its_reason(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/withdraw")
    browser.submit({"reason": ""}, status=422)
    with pytest.raises(Refused):
        services.withdraw(CITIZEN, Say(report[0], " "))
    assert state(report) == ReportState.REGISTERED


def test_what_was_handed_over_is_no_longer_withdrawn(app, cast, report):
    story.accepted(cast, report[0])
    browser = opened(app, report[1])
    browser.get("/track/report/withdraw")
    story.published(cast, report[0])
    page = browser.submit({"reason": "写好的理由"}, status=422)
    assert "批次已交办，不能再改。" in page
    assert "写好的理由" in page
    assert browser.get("/track/report/withdraw", follow=True).path == "/track/report"
    assert "现在已不能这样做。" in browser.page
    assert state(report) == ReportState.ACCEPTED


def rated(cast, report, *areas):
    story.accepted(cast, report[0], *areas)
    story.concluded(cast, report[0])


def test_a_dissatisfied_reporter_reopens_the_review_of_every_part(app, cast, report):
    rated(cast, report, "430211", "430203")
    browser = opened(app, report[1])
    browser.get("/track/report/rate")
    browser.submit({"rating": "dissatisfied", "reason": "烟还在排，我家就在旁边"})
    assert session().get_one(Report, report[0], populate_existing=True).rating == "dissatisfied"
    assert set(session().scalars(select(Case.state))) == {CaseState.TEAM_REVIEW}
    assert "您的评价：不满意" in browser.page.words
    assert "烟还在排" in browser.page


def test_the_words_of_a_rating_stay_with_the_report(cast, report):
    rated(cast, report)
    services.rate(CITIZEN, Rate(report[0], "dissatisfied", "我家就在旁边"))
    of_cases = select(LedgerWord.text).join(LedgerEntry).where(LedgerEntry.noun == "case")
    assert "我家就在旁边" not in set(session().scalars(of_cases))


def test_who_is_dissatisfied_must_say_with_what(app, cast, report):
    rated(cast, report)
    browser = opened(app, report[1])
    browser.get("/track/report/rate")
    page = browser.submit({"rating": "dissatisfied"}, status=422)
    assert "请说明对什么不满意" in page
    assert page.form().values["rating"] == ["dissatisfied"]
    assert set(session().scalars(select(Case.state))) == {CaseState.PUBLISHED}
    assert "rate" not in actions()


@pytest.mark.parametrize("rating", ["satisfied", "mostly"])
def test_a_satisfied_reporter_reopens_nothing(cast, report, rating):
    rated(cast, report)
    services.rate(CITIZEN, Rate(report[0], rating))
    assert set(session().scalars(select(Case.state))) == {CaseState.PUBLISHED}


def test_an_answer_is_rated_once_also_when_two_are_faster_than_one(app, cast, report):
    rated(cast, report)
    outcomes, gate = [], threading.Barrier(3)

    def race():
        with app.app_context():
            gate.wait()
            try:
                services.rate(CITIZEN, Rate(report[0], "dissatisfied", "不实"))
                outcomes.append("kept")
            except (Refused, NotAllowed):
                outcomes.append("refused")
            db.session.remove()

    threads = [threading.Thread(target=race) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "refused", "refused"]
    assert actions().count("reopen") == 1


@pytest.mark.parametrize("rating", ["", "excellent"])
def test_a_rating_is_one_of_three(cast, report, rating):
    rated(cast, report)
    with pytest.raises(Refused):
        services.rate(CITIZEN, Rate(report[0], rating))


def test_nothing_is_rated_before_it_is_answered(cast, report):
    with pytest.raises(NotAllowed):
        services.rate(CITIZEN, Rate(report[0], "satisfied"))


def test_a_withdrawn_report_takes_nothing_more(app, cast, report):
    services.withdraw(CITIZEN, Say(report[0], "已经解决"))
    for action in (services.add, services.answer, services.withdraw):
        with pytest.raises(NotAllowed):
            action(CITIZEN, Say(report[0], "还有"))
    assert "您可以" not in opened(app, report[1]).page


def test_a_report_that_is_not_there_is_not_found(cast):
    with pytest.raises(NotFound):
        services.add(CITIZEN, Say(987_654, "x"))


def test_what_is_said_at_an_earlier_moment_is_noted_then(cast, report):
    moment = clock.now() + timedelta(days=2)
    services.add(CITIZEN.at(moment), Say(report[0], "补充"))
    assert session().scalar(select(func.max(LedgerEntry.at))) == moment


def test_the_ledger_stays_sound(cast, report):
    rated(cast, report)
    services.rate(CITIZEN, Rate(report[0], "dissatisfied", "不实"))
    assert verify(session()).sound


def test_the_words_reach_the_ledger_under_their_need(cast, report):
    services.add(CITIZEN, Say(report[0], "补充的话"))
    kept = dict(session().execute(select(LedgerWord.need, LedgerWord.text)).all())
    assert kept[Need.ADDITION] == "补充的话"
    assert CaseAction.REOPEN not in actions()
