"""Cases are found by number and by what was handed over, by whoever may see them; never by the reporter's words."""

import runpy
from pathlib import Path

import pytest
from sqlalchemy import event, select

from app.casework import services
from app.casework.commands import Contest, Step
from app.db import db, session, transaction
from app.domain import search
from app.domain.case import Case
from app.domain.search import case_index
from app.domain.search.words import terms
from app.domain.workflow.vocabulary import CaseAction, Need
from tests.casework.office import HANDED, POINTS, SPOKEN, happened_otherwise, the
from tests.support.browsing import browse
from tests.support.cast import LUSONG, TIANYUAN

HERE = "/staff/casework/search"
TEXTS = ("沥青拌和站夜间生产，烟气刺鼻。", "餐馆油烟直排，PM2.5 超标。", "餐馆噪声扰民，夜间更甚。")


@pytest.fixture
def find(cast):
    def find(words, login="officer", **how) -> list[int]:
        session().rollback()
        return search.find_cases(session(), cast[login], cast.ours, words, **how).ids

    return find


@pytest.fixture
def cases(office, cast):
    """The first leads in 天元, the second in 芦淞 with help from 天元's bureau, the third is not assigned."""
    made = [*office.handed_over("a", parts=2), *office.handed_over("b", area=LUSONG)]
    for case, said in zip(made, TEXTS, strict=True):
        happened_otherwise(case, handover_text=said, points=[])
    office.assign(made[0])
    office.assign(made[1], "lusong", supporting_ids=(cast.units["tianyuan-eco"],))
    return made


def holds(text, words):
    """What a look at every text from end to end would say."""
    line = " ".join(text.casefold().split())
    return all("".join(term.parts) in line for term in terms(words))


@pytest.mark.parametrize("words", ["夜", "油烟", "餐馆", "夜间 餐馆", "馆油", "pm2", "烟气刺鼻", "刺烟", "直排超"])
def test_what_holds_all_of_the_words_is_found_from_one_character_on(cases, find, words):
    expected = [case for case, said in zip(cases, TEXTS, strict=True) if holds(said, words)][::-1]
    assert find(words, "inspector") == find(words, "coordinator") == expected


def test_each_finds_what_they_may_see_and_no_more(office, cast, cases, find):
    every = {login: find("餐馆", login) + find("沥青", login) for login in ("officer", "sub_officer", "other_officer")}
    assert every == {"officer": [cases[1], cases[0]], "sub_officer": [cases[1]], "other_officer": [cases[1]]}
    for login in ("clerk", "auditor", "administrator", "custodian", "foreign_inspector", "foreign_coordinator"):
        assert find("夜", login) == []
    services.dispute(cast["officer"], Contest(cases[0], "不在我区"))
    services.uphold_dispute(cast["coordinator"], Step(cases[0], "属实"))
    assert (find("沥青"), find("沥青", "coordinator")) == ([], [cases[0]])
    office.assign(cases[1], "tianyuan", reason="改派")
    assert (find("油烟", "other_officer"), find("油烟")) == ([], [cases[1]])


def test_a_number_is_found_by_how_it_begins(cases, find):
    number = the(cases[0]).number
    assert find(number) == [cases[0]]
    assert find(number.removesuffix("-1").lower()) == [cases[1], cases[0]]
    assert find(number, "other_officer") == []


def test_a_search_can_be_narrowed_to_an_area(cases, find):
    assert find("夜", "inspector", area=LUSONG) == [cases[2]]
    assert find("餐馆", "officer", area=TIANYUAN) == [cases[1]]
    assert [find("夜", "inspector", area=strange) for strange in ('"', "'", "*", "\\")] == [[]] * 4


def test_nothing_a_reporter_said_finds_a_case_nor_what_waits_to_be_handed_over(app, office, cast, find):
    key = office.brought_to("assign")
    assert find(HANDED[2:6]) == find(POINTS[1]) == [key]
    for words in (SPOKEN, SPOKEN[:3], SPOKEN[-4:]):
        assert [find(words, login) for login in ("officer", "inspector")] == [[], []]
    with transaction() as s:
        report = s.get_one(Case, key).report
        case = Case(inspection=report.inspection, inspection_id=cast.ours, report=report, report_id=report.id,
                    part=9, number="X-9", handover_text=SPOKEN)  # fmt: skip
        case.begin(s, CaseAction.OPEN, cast["inspector"])
        case.perform(CaseAction.APPROVE_TEXT, cast["inspector"], {Need.HANDOVER_TEXT: SPOKEN})
    kept = session().scalars(select(case_index.CaseText.text)).all()
    assert len(kept) == 1
    assert "举报人" not in "".join(kept)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_migration_makes_the_index_that_the_models_make(dialect):
    (migration,) = Path("migrations/versions").glob("*_cases_can_be_searched.py")
    assert runpy.run_path(str(migration))["FULL_TEXT"][dialect] == case_index.SHELF.full_text[dialect]


def test_the_index_forgets_what_is_rolled_back_and_is_filled_anew_alike(cases, find):
    with pytest.raises(ZeroDivisionError):
        write_and_fail(cases[0])
    assert (find("铁桥"), find("沥青")) == ([], [cases[0]])
    before = {words: find(words) for words in ("夜", "餐馆", "20", "天元")}
    with transaction() as writing:
        assert search.rebuild_cases(writing) == 3
        assert search.index_cases_if_missing(writing) == 0
    assert {words: find(words) for words in before} == before


def write_and_fail(key) -> None:
    with transaction() as writing:
        writing.get_one(Case, key).handover_text = "铁桥下的油烟。"
        writing.flush()
        raise ZeroDivisionError


def test_the_page_marks_what_was_found_in_few_statements(app, cast, cases):
    officer, seen = browse(app).as_(cast, "officer"), []
    assert "一个字也可以查" in officer.get(HERE)
    officer.get(HERE, query_string={"q": "油"})

    def count(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and "set_config" not in statement:
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    page = officer.get(HERE, query_string={"q": "油烟"})
    event.remove(db.engine, "before_cursor_execute", count)
    assert "餐馆<mark>油烟</mark>直排" in page.text
    assert f'href="/staff/casework/{cases[1]}"' in page.text
    assert f"/staff/casework/{cases[0]}" not in page.text
    assert len(seen) <= 8 + 3 * (db.engine.dialect.name == "postgresql")
    number = the(cases[1]).number
    assert f"<mark>{number}</mark>" in officer.get(HERE, query_string={"q": number}).text
    assert "没有查到" in officer.get(HERE, query_string={"q": "沥青 餐馆"})
    assert "1 case found" in officer.get(HERE, query_string={"q": "油烟", "lang": "en"})
    assert "casework/search" in officer.get("/staff/casework/").text
