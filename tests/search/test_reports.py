"""Searching reports: both databases find what reading every text from end to end finds, within the actor's scope."""

import runpy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import session, transaction
from app.desk.commands import Act
from app.desk.services import act
from app.domain import search
from app.domain.report import Report
from app.domain.search.report_index import FULL_TEXT, ReportText
from app.domain.search.words import terms
from app.domain.workflow.vocabulary import Need, ReportAction
from tests.support.cast import LUSONG, TIANYUAN
from tests.support.reports import Office

TEXTS = (
    "某养殖场废水直排入河，气味刺鼻；夜间22:00后噪声扰民。",
    "㵲水河边𠮷野家烧烤油烟，PM2.5超标，污水管道堵塞。",
    "某沥青拌和站夜间生产，烟气刺鼻，粉尘污染污水。",
    "ＡＢＣ公司（zz-2026-0001号）偷排，〇三年起反映多次 100% 无果 C:\\temp 20240315123456789",
    "水",
)


@pytest.fixture
def office(app, cast, installation) -> Office:
    return Office(installation, cast)


@pytest.fixture
def taken(office):
    """Ids of reports of these words, by their place in TEXTS."""
    areas = (TIANYUAN, LUSONG)
    return [office.report(said, area_code=areas[at % 2]) for at, said in enumerate(TEXTS)]


@pytest.fixture
def find(cast):
    def find(words, login="inspector", inspection="ours", **more) -> list[int]:
        session().rollback()
        return search.find(session(), cast[login], getattr(cast, inspection), words, **more).ids

    return find


@pytest.fixture
def says(cast):
    """What the clerk is told later, on the telephone."""

    def says(key, action, need, words) -> None:
        act(cast["clerk"], Act(key, action, {need: words}))

    return says


def plainly(words) -> list[int]:
    """By reading every text from end to end, the newest first."""
    rows = session().execute(select(ReportText.report_id, ReportText.text).order_by(ReportText.report_id.desc()))
    wanted = terms(words)
    return [key for key, said in rows if wanted and all(term.needle in said for term in wanted)]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("水", (4, 2, 1, 0)), ("养", (0,)), ("㵲", (1,)), ("𠮷", (1,)), ("〇", (3,)), ("污水", (2, 1)), ("夜间生产", (2,)),
        ("刺鼻 夜间", (2, 0)), ("刺鼻，夜间", (2, 0)), ("污染污水", (2,)), ("abc", (3,)), ("ＡＢＣ", (3,)), ("ab", (3,)),
        ("bc", ()), ("pm2.5", (1,)), ("PM 5", (1,)), ("zz-2026-00", (3,)), ("2026-0001-zz", ()), ("22:00", (0,)),
        ("2", (3, 0)), ("20", (3,)), ("20240315123456", (3,)), ("202403151234567890", ()), ("河夜", ()), ("堵塞某", ()),
        ("芦淞", (3, 1)), ("§i1", ()), ("‹20", (3,)),
    ],
)  # fmt: skip
def test_a_report_is_found_by_any_of_its_characters_in_a_row(taken, find, words, places):
    assert find(words) == [taken[at] for at in places]


@pytest.mark.parametrize(
    "words",
    ["", "  ", "。", "*", '"', "'", "--", "%", "_", "\\", "\x00", "()", "' OR 1=1 --", '" OR "', "NEAR(", "水*\"'\\:&|!<->",
     "AND", "水 AND 河", "words: 水", "^水", "水 -河", "{", "水" * 5000, "a " * 500, "x" * 5000, "\ud83d", "\u202e", "§", "‹"],
)  # fmt: skip
def test_signs_and_operators_are_only_text(taken, find, words):
    assert find(words) == plainly(words)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(words=st.text(st.sampled_from("水河污染夜间生产烟气刺鼻㵲𠮷〇 ，pmabc25-0zZ*\"%_'\\§‹"), max_size=8))
def test_a_search_finds_what_reading_from_end_to_end_finds(taken, find, words):
    assert find(words) == plainly(words)


def test_place_polluter_and_foreign_number_are_found(office, find):
    key = office.report(
        "有异味。",
        place="泰山路口",
        address="白鹤村",
        polluter="金桥涂料厂",
        earlier="去年报过",
        foreign_number="12345-77",
    )
    for words in ("泰山路", "白鹤", "金桥涂料厂", "去年", "12345-77", "天元区", "tianyuan", "金桥 泰山"):
        assert find(words) == [key], words


def test_a_number_is_found_by_how_it_begins_and_stands_before_those_that_name_it(office, find):
    first, second = office.report("油烟。"), office.report("噪声。")
    number = session().get_one(Report, first).number
    third = office.report(f"上次反映过，编号{number}。")
    assert find(number) == find(f" {number.lower()} ") == [first, third]
    assert find(number[:-1]) == [third, second, first]
    assert find(number, area=LUSONG) == []
    assert find(number, login="clerk2") == []


def test_a_search_can_be_narrowed_to_an_area(taken, find):
    assert find("水", area=LUSONG) == [taken[1]]
    assert find("水", area=TIANYUAN) == [taken[4], taken[2], taken[0]]
    assert [find("水", area=strange) for strange in ("no such area", '"', "'", "\x00", '" OR "水', "\\", "*")] == [
        []
    ] * 7


@pytest.mark.parametrize("login", ["leader", "supervisor", "inspector"])
def test_the_team_searches_the_whole_inspection_and_no_other(taken, find, login):
    assert find("水", login=login) == [taken[at] for at in (4, 2, 1, 0)]
    assert find("水", login=login, inspection="theirs") == []


def test_a_clerk_finds_own_entries_only(office, find):
    mine, yours = office.report("油烟扰民。"), office.report("油烟呛人。", by="clerk2")
    assert (find("油烟", login="clerk"), find("油烟", login="clerk2")) == ([mine], [yours])
    assert find("油烟", login="clerk2", own=True) == [yours]
    assert find("油烟", login="inspector", own=True) == []


@pytest.mark.parametrize(
    "login", ["coordinator", "officer", "unit_leader", "acceptor", "administrator", "auditor", "custodian"]
)
def test_nobody_else_finds_a_report(taken, find, login):
    assert [find(words, login=login) for words in ("水", "污水", "D2ZZ")] == [[], [], []]


def test_what_is_added_later_is_found(office, says, find):
    key = office.report("油烟扰民。")
    says(key, ReportAction.ADD, Need.ADDITION, "后门还有一根暗管")
    assert find("暗管") == [key]
    assert find("油烟") == [key]
    office.decide(key, ReportAction.ASK, question="什么时候？")
    says(key, ReportAction.ANSWER, Need.ANSWER, "每逢周末")
    assert find("周末") == find("暗管 周末") == [key]
    assert find("什么时候") == []


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_migration_makes_the_index_that_the_models_make(dialect):
    (migration,) = Path("migrations/versions").glob("*_reports_can_be_searched.py")
    made = runpy.run_path(str(migration))["FULL_TEXT"]
    assert made[dialect] == FULL_TEXT[dialect]


def test_the_index_follows_a_change_and_forgets_what_is_rolled_back(office, find):
    key = office.report("油烟扰民。", polluter="金桥饭店")
    with transaction() as writing:
        writing.get_one(Report, key).polluter = "银桥饭店"
        writing.get_one(Report, key).area_code = LUSONG
    assert (find("金桥"), find("银桥"), find("油烟", area=TIANYUAN)) == ([], [key], [])
    assert find("油烟", area=LUSONG) == [key]
    with pytest.raises(ZeroDivisionError):
        write_and_fail(key, "铁桥饭店")
    assert (find("铁桥"), find("银桥")) == ([], [key])


def write_and_fail(key, polluter) -> None:
    with transaction() as writing:
        writing.get_one(Report, key).polluter = polluter
        writing.flush()
        raise ZeroDivisionError


def test_an_index_that_is_filled_anew_finds_the_same(taken, says, find):
    says(taken[4], ReportAction.ADD, Need.ADDITION, "后门还有一根暗管")
    before = {words: find(words) for words in ("水", "污水", "20", "暗管", "芦淞", "刺鼻 夜间")}
    with transaction() as writing:
        assert search.rebuild_reports(writing) == len(TEXTS)
        assert search.index_reports_if_missing(writing) == 0
    assert {words: find(words) for words in before} == before


def test_beyond_two_thousand_there_are_more_than(office, find, cast, monkeypatch):
    monkeypatch.setattr("app.domain.search.finding.MOST", 3)
    monkeypatch.setattr("app.domain.search.finding.LOOKED_THROUGH", 2)
    taken = [office.report(f"污水第{at}次，夜间污水。") for at in range(5)]
    for words in ("污水", "污水第", "夜间污水", "水"):
        found = search.find(session(), cast["inspector"], cast.ours, words)
        assert (found.ids, found.more) == (taken[:1:-1], True), words
    exact = search.find(session(), cast["inspector"], cast.ours, "第2次")
    assert (exact.ids, exact.more) == ([taken[2]], False)


def test_looking_among_the_newest_first_changes_no_answer(office, find, monkeypatch):
    """What PostgreSQL does with a million reports, with a dozen."""
    monkeypatch.setattr("app.domain.search.marks.STRETCHES", (("s", 1), ("t", 2)))
    monkeypatch.setattr("app.domain.search.finding.FIRST_STRETCH", 2)
    monkeypatch.setattr("app.domain.search.finding.MOST", 3)
    for at in range(24):
        office.report(
            f"{'污水' if at % 2 else '噪声'}第{at}次{'，河水发黑' if at < 4 else ''}{'，夜间污水' if at == 1 else ''}"
        )
    for words in ("污水", "噪声第", "河水发黑", "夜间污水", "水", "第3次", "次", "没有"):
        assert find(words) == plainly(words)[:3], words
