"""Asking the reporter: standard questions by what is missing and by type, several in one list, and until when."""

from sqlalchemy import select

from app.db import session
from app.domain import asking, catalogue
from app.domain.history import history
from app.domain.report import Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import Need
from tests.support.browsing import browse
from tests.support.reports import the_report

HOME = "/staff/triage/"


def asked(report):
    past = history(session(), {"report": [report]})
    return next(words for one in past for need, words in one.said if need == Need.QUESTION)


def test_what_the_report_does_not_say_is_ticked_and_types_have_their_own_questions(office):
    bare = the_report(office.report())
    assert asking.missing(bare) == ["when", "where", "who"]
    told = session().scalar(
        select(Report).where(Report.id == office.report(since="上周", place="渌水边", polluter="某厂"))
    )
    assert asking.missing(told) == []
    assert [one.code for one in asking.fitting(["noise"]) if one.type] == ["noise"]
    assert {one.type for one in asking.every() if one.type} <= set(catalogue.types())


def test_several_questions_go_as_one_numbered_list_and_the_page_says_until_when(app, cast, office):
    report = office.report(place="渌水边", polluter="某厂")
    page = browse(app).as_(cast, "inspector")
    shown = page.get(f"{HOME}report/{report}/do/ask")
    assert shown.form().values["standard"] == ["when"]
    assert "某clerk" in shown
    page.submit({"standard": [], "question": " "}, status=422)
    page.submit({"standard": ["when"], "question": "是白天还是夜里？"})
    assert asked(report).splitlines() == [f"1. {asking.every()[0].zh}", "2. 是白天还是夜里？"]
    assert the_report(report).state == "asked"


def test_where_nobody_can_telephone_the_page_says_so(app, cast, office):
    report = office.report(reporter=Reporter())
    assert "没有留电话" in browse(app).as_(cast, "inspector").get(f"{HOME}report/{report}/do/ask")


def test_an_answered_question_brings_the_report_back_to_be_judged(app, cast, office):
    report = office.report()
    page = browse(app).as_(cast, "inspector")
    page.get(f"{HOME}report/{report}/do/ask")
    page.submit({})
    clerk = browse(app).as_(cast, "clerk")
    assert the_report(report).number in clerk.get("/staff/desk/")
    clerk.get(f"/staff/desk/report/{report}/answer")
    clerk.submit({"answer": "夜里十点以后"})
    assert the_report(report).state == "registered"
