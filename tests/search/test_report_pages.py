"""The search page: marked, paged, in a fixed number of statements; what cannot be answered is said in a sentence."""

import pytest
from sqlalchemy import event

from app.db import db, session
from app.domain.report import Report
from tests.support.browsing import browse
from tests.support.cast import LUSONG, TIANYUAN
from tests.support.reports import Office

HERE = "/staff/triage/search"
OWN = "/staff/desk/search"
MOST_STATEMENTS = 8


@pytest.fixture
def office(app, cast, installation) -> Office:
    return Office(installation, cast)


@pytest.fixture
def inspector(app, cast):
    return browse(app).as_(cast, "inspector")


def test_before_anything_is_asked_the_page_says_what_can_be(inspector):
    assert "一个字也可以查" in inspector.get(HERE).text


def test_what_was_found_is_marked_and_leads_to_its_report(office, inspector):
    key = office.report("夜里有<b>黄烟</b>，气味刺鼻。", polluter="金桥黄烟厂")
    page = inspector.get(HERE, query_string={"q": "黄烟"})
    assert "夜里有&lt;b&gt;<mark>黄烟</mark>&lt;/b&gt;，气味刺鼻。" in page.text
    assert "金桥<mark>黄烟</mark>厂" in page.text
    assert f'href="/staff/triage/report/{key}"' in page.text
    assert "共1件" in page.text
    number = session().get_one(Report, key).number
    assert f"<mark>{number}</mark>" in inspector.get(HERE, query_string={"q": number}).text


@pytest.mark.parametrize("words", ["。。", "\U0001f600", '"*"'])
def test_what_cannot_be_searched_for_is_said(inspector, words):
    assert "没有可供查找的内容" in inspector.get(HERE, query_string={"q": words}).text


def test_where_nothing_is_found_the_page_advises(office, inspector):
    office.report("油烟。", area_code=TIANYUAN)
    assert "换一种说法" in inspector.get(HERE, query_string={"q": "噪声"}).text
    assert "换一个行政区域" in inspector.get(HERE, query_string={"q": "油烟", "area": LUSONG}).text
    assert "只按前200个字" not in inspector.get(HERE, query_string={"q": "油烟"}).text
    assert "只按前200个字" in inspector.get(HERE, query_string={"q": "油烟" + " 油烟" * 100}).text


def test_pages_are_turned_and_a_page_that_is_none_is_the_nearest(office, inspector):
    for at in range(23):
        office.report(f"油烟第{at}次。")
    first = inspector.get(HERE, query_string={"q": "油烟"})
    assert ("第22次" in first.text, "第2次" in first.text, "page=2" in first.text) == (True, False, True)
    for page in ("2", "9", "999999999999999"):
        last = inspector.get(HERE, query_string={"q": "油烟", "page": page})
        assert ("第22次" in last.text, "第2次" in last.text) == (False, True)
    assert "第22次" in inspector.get(HERE, query_string={"q": "油烟", "page": "-7"}).text


def test_a_search_costs_a_fixed_number_of_statements(office, inspector):
    for at in range(23):
        office.report(f"油烟第{at}次，夜间油烟。")
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and "set_config" not in statement:
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    inspector.get(HERE, query_string={"q": "油烟 夜间"})
    event.remove(db.engine, "before_cursor_execute", count)
    stretches = 3 if db.engine.dialect.name == "postgresql" else 0
    assert len(seen) <= MOST_STATEMENTS + stretches


def test_a_clerk_searches_own_entries_and_not_the_inspections(app, cast, office):
    mine, yours = office.report("油烟扰民。"), office.report("油烟呛人。", by="clerk2")
    clerk = browse(app).as_(cast, "clerk")
    page = clerk.get(OWN, query_string={"q": "油烟"})
    assert (f"/staff/desk/report/{mine}" in page.text, f"/staff/desk/report/{yours}" in page.text) == (True, False)
    clerk.get(HERE, 403)


def test_the_page_speaks_english_too(inspector, office):
    office.report("油烟扰民。")
    page = inspector.get(HERE, query_string={"q": "油烟", "lang": "en"})
    assert "1 report" in page.text
