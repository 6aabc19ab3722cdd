"""Joining what is public already: offered while it is written, kept as said, judged by the team."""

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain.case import Case
from app.domain.report import Report
from app.domain.search import index_case
from app.kernel import clock
from tests.support.browsing import browse
from tests.support.filing import looks_through, reports
from tests.support.reports import Office

PROBLEM = "反映天元区嵩山路某沥青拌和站夜间生产，烟气刺鼻。"
WORDS = "嵩山路那个沥青拌和站夜里生产，烟气刺鼻，附近居民不敢开窗。"


@pytest.fixture
def number(app, cast, installation):
    """A published case."""
    [case_id] = Office(installation, cast).ready()
    with transaction() as s:
        case = s.get_one(Case, case_id)
        case.publication_problem, case.published_at = PROBLEM, clock.now()
        index_case(s, case)
        return case.number


def asked(app, words):
    browser = browse(app)
    browser.get("/report?inspection=ours")
    answer = browser.post("/report/alike", {"inspection": "ours", "description": words}, 200)
    return answer.text


def test_a_published_case_like_what_is_written_is_offered(app, number):
    assert number in asked(app, WORDS)
    assert "沥青拌和站" in asked(app, WORDS)


def test_a_few_words_find_nothing(app, number):
    assert "没有相似的已公开来件" in asked(app, "夜里烟气刺鼻")


def test_what_is_not_public_is_never_offered(app, number):
    with transaction() as s:
        s.scalars(select(Case)).one().published_at = None
    assert number not in asked(app, WORDS)


def test_the_look_up_has_no_address_that_holds_words(app, cast):
    browse(app).get("/report/alike?description=x", status=405)


def test_without_a_script_the_check_page_offers_it(app, number):
    browser = browse(app)
    browser.get("/report?inspection=ours")
    page = looks_through(browser, description=WORDS)
    assert number in page
    assert page.form().values["same_as"] == [""]


def test_who_joins_has_a_report_of_their_own_and_the_team_reads_of_it(app, cast, number):
    browser = browse(app)
    browser.get("/report?inspection=ours")
    looks_through(browser, description=WORDS)
    browser.submit({"same_as": number})
    report = session().scalars(select(Report).where(Report.said_same_as == number)).one()
    assert report.number != number
    assert report.matter_id is None
    page = browse(app).as_(cast, "inspector").in_(cast.ours).get(f"/staff/triage/report/{report.id}")
    assert f"/public/cases/{number}" in page


def test_triage_reads_what_was_said_beyond_the_words(app, cast):
    browser = browse(app)
    browser.get("/report?inspection=ours")
    reports(browser, description=WORDS, types=["noise"], q_noise_hours="整天都有", still=["yes"], address="泰山路8号")
    report = session().scalars(select(Report)).one()
    page = browse(app).as_(cast, "inspector").in_(cast.ours).get(f"/staff/triage/report/{report.id}")
    for said in ("主要在什么时段？", "整天都有", "仍在发生", "泰山路8号"):
        assert said in page
