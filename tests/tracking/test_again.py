"""Sent twice, written for too long, answered once more: nothing is doubled and nothing is lost."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.db import session, transaction
from app.domain.case import Case
from app.domain.ledger import LedgerEntry
from app.domain.people import CITIZEN
from app.domain.report import Report
from app.domain.workflow.vocabulary import CaseState
from app.kernel import clock
from app.kernel.errors import Refused
from app.tracking import services
from app.tracking.commands import Rate, Say
from tests.tracking import story
from tests.tracking.test_code import opened
from tests.tracking.test_saying import actions, rated

KEY = "the key of one form, as long as others"


@pytest.fixture
def report(cast, installation):
    return story.reported(installation, cast)


def again(cast, report):
    """The reopened review ends, and its answer is public once more."""
    with transaction() as s:
        for case in s.scalars(select(Case).where(Case.report_id == report[0])):
            case.state = str(CaseState.PUBLISHED)


def test_a_form_sent_twice_is_taken_once_whatever_came_between(cast, report):
    services.add(CITIZEN, Say(report[0], "第一次", KEY))
    services.add(CITIZEN, Say(report[0], "另一份", "another key, just as long as the first"))
    services.add(CITIZEN, Say(report[0], "第一次", KEY))
    assert actions() == ["register", "add", "add"]


def test_an_answer_whose_connection_was_lost_is_not_added_again(cast, report):
    story.asked(cast, report[0])
    services.answer(CITIZEN, Say(report[0], "泰山路。", KEY))
    services.add(CITIZEN, Say(report[0], "还有", "another key, just as long as the first"))
    services.answer(CITIZEN, Say(report[0], "泰山路。", KEY))
    assert actions() == ["register", "ask", "answer", "add"]


def test_a_withdrawal_and_a_rating_sent_twice_are_taken_as_done(cast, report, installation):
    services.withdraw(CITIZEN, Say(report[0], "已解决", KEY))
    services.withdraw(CITIZEN, Say(report[0], "已解决", KEY))
    other = story.reported(installation, cast, "the key of another report altogether")
    rated(cast, other)
    services.rate(CITIZEN, Rate(other[0], "satisfied", key=KEY))
    services.rate(CITIZEN, Rate(other[0], "satisfied", key=KEY))
    assert actions().count("withdraw") == actions().count("rate") == 1


def test_the_ledger_keeps_no_key_of_a_form(cast, report):
    services.add(CITIZEN, Say(report[0], "补充", KEY))
    assert KEY not in str(session().scalars(select(LedgerEntry.facts)).all())


def test_a_retry_of_the_page_is_told_as_done(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    sent = {**browser.page.form().values, "addition": "补充的话"}
    browser.post("/track/report/add", sent)
    assert "谢谢，已补充到您的来件。" in browser.post("/track/report/add", sent)
    assert actions() == ["register", "add"]


def late(app, cast, report, doing, words, typed=None):
    """Somebody writes for longer than the report is held, sends, and enters the code again."""
    browser = opened(app, report[1])
    browser.get(f"/track/report/{doing}")
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=True):
        asked = browser.submit(words, f"/track/report/{doing}", status=401)
        return (
            browser,
            asked,
            browser.submit({"query_code": typed or report[1]}, "/track", status=200 if not typed else 422),
        )


def test_words_outlive_the_half_hour(app, cast, report):
    browser, asked, form = late(app, cast, report, "add", {"addition": "写了很久的话"})
    assert "写了很久的话" in asked.words
    assert "没有丢失" in asked.words
    assert form.form("/track/report/add").values["addition"] == "写了很久的话"
    assert actions() == ["register"]
    with time_machine.travel(clock.now() + timedelta(minutes=32), tick=True):
        browser.submit({}, "/track/report/add")
    assert actions() == ["register", "add"]


def test_words_outlive_a_mistyped_code_too(app, cast, report):
    _, _, wrong = late(app, cast, report, "add", {"addition": "写了很久的话"}, typed="WRONG")
    assert "写了很久的话" in wrong.words
    assert wrong.form("/track").values["addition"] == "写了很久的话"


def test_a_rating_outlives_the_half_hour_with_its_choice(app, cast, report):
    rated(cast, report, "430211", "430203")
    words = {"rating": "dissatisfied", "reason": "还在排", "parts": "2"}
    _, _, form = late(app, cast, report, "rate", words)
    values = form.form("/track/report/rate").values
    assert (values["rating"], values["reason"], values["parts"]) == (["dissatisfied"], "还在排", ["2"])


def test_words_for_what_is_over_stay_in_sight(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/withdraw")
    story.accepted(cast, report[0])
    story.case_in(cast, report[0], CaseState.INVESTIGATING)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=True):
        browser.submit({"reason": "写好的理由"}, "/track/report/withdraw", status=401)
        page = browser.submit({"query_code": report[1]}, "/track", status=200)
    assert "写好的理由" in page
    assert "现在已不能这样做。" in page


def test_the_code_is_carried_nowhere(app, cast, report):
    _, _, form = late(app, cast, report, "add", {"addition": "写了很久的话"})
    assert report[1] not in form
    assert report[1].replace("-", "") not in form


def test_only_the_part_that_was_named_is_reviewed_again(app, cast, report):
    rated(cast, report, "430211", "430203")
    browser = opened(app, report[1])
    browser.get("/track/report/rate")
    browser.submit({"rating": "dissatisfied", "reason": "芦淞的没解决", "parts": "2"})
    found = dict(session().execute(select(Case.part, Case.state)).all())
    assert found == {1: CaseState.PUBLISHED, 2: CaseState.TEAM_REVIEW}


def test_a_report_in_one_piece_is_not_asked_which_part(app, cast, report):
    rated(cast, report)
    browser = opened(app, report[1])
    assert "是对哪一部分" not in browser.get("/track/report/rate")


def test_an_answer_that_was_reviewed_again_can_be_rated_again(app, cast, report):
    rated(cast, report)
    services.rate(CITIZEN, Rate(report[0], "dissatisfied", "还在排"))
    with pytest.raises(Refused):
        services.rate(CITIZEN, Rate(report[0], "satisfied"))
    again(cast, report)
    assert "您可以对新的答复作出评价" in opened(app, report[1]).page
    services.rate(CITIZEN, Rate(report[0], "satisfied"))
    assert session().get_one(Report, report[0], populate_existing=True).rating == "satisfied"


def test_an_answer_somebody_was_satisfied_with_is_not_rated_again(cast, report):
    rated(cast, report)
    services.rate(CITIZEN, Rate(report[0], "satisfied"))
    with pytest.raises(Refused):
        services.rate(CITIZEN, Rate(report[0], "mostly"))


def test_a_code_is_found_among_the_words_it_was_copied_with(app, cast, report):
    assert story.WORDS in opened(app, f"查询码：{report[1]}。").page


def test_words_never_reach_another_report_that_was_opened_meanwhile(app, cast, report, installation):
    other = story.reported(installation, cast, "the key of somebody else, who has another")
    browser = opened(app, report[1])
    form = browser.get("/track/report/add").form("/track/report/add").values
    browser.get("/track")
    browser.submit({"query_code": other[1]}, "/track")
    page = browser.post("/track/report/add", {**form, "addition": "给第一件的话"}, status=401)
    assert "本设备后来打开了另一件来件" in page.words
    browser.submit({"query_code": report[1]}, "/track", status=200)
    browser.submit({}, "/track/report/add")
    assert session().scalar(select(LedgerEntry.noun_id).where(LedgerEntry.action == "add")) == report[0]
