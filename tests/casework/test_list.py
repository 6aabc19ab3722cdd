"""The list of cases: read along the docket by whoever may see them, cut along indexes, in views of everybody's turn."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import event, select, text

from app.casework import services
from app.casework.commands import Contest, Extend, Step
from app.casework.duties import DUTIES, duties_of
from app.casework.filtering import address_of, read_filters
from app.casework.queries.filters import STATES, Filters, Order, Standing, cut
from app.casework.queries.listing import list_cases
from app.casework.queries.views import presets
from app.casework.queries.waiting import count_each
from app.db import db, session, transaction
from app.domain.case import Case, Verdict
from app.domain.docket import DocketLine, put
from app.domain.ledger import LedgerEntry
from app.domain.scope import scoped
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel import clock
from app.web.paging import read_page
from tests.casework.office import happened_otherwise, the, unfounded
from tests.support.browsing import browse
from tests.support.cast import LUSONG, TIANYUAN

LIST = "/staff/casework/"
TODAY = clock.today()
EACH = {
    "state": S.TEAM_REVIEW, "area": TIANYUAN, "type": "air", "unit": 2, "batch": "1", "verdict": Verdict.TRUE,
    "key": True, "late": True, "begins": TODAY - timedelta(days=3),
}  # fmt: skip
EVERYBODY = (
    *("inspector", "leader", "supervisor", "coordinator", "officer", "sub_officer", "other_officer", "unit_leader"),
    *("city_leader", "acceptor", "foreign_inspector", "foreign_coordinator", "auditor", "clerk"),
)


@pytest.fixture
def statements():
    """Collects the statements that are sent meanwhile."""

    @contextmanager
    def collecting():
        seen = []

        def count(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", count)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", count)

    return collecting


def ids(cast, login="inspector", **how):
    how = {"state": Standing.EVERY} | how
    return [row.id for row in list_cases(cast[login], cast.ours, Filters(**how)).rows]


@pytest.fixture
def cases(office, cast):
    """Of several areas, units, states and verdicts; the first is late, the third key."""
    assigned = office.brought_to("assign")
    reviewed = office.brought_to("city_pass", "two", **unfounded())
    (waits,) = office.handed_over("three", area=LUSONG)
    (helped,) = office.handed_over("four")
    office.assign(helped, "lusong", supporting_ids=(cast.units["tianyuan-eco"],))
    happened_otherwise(assigned, feedback_due_on=TODAY - timedelta(days=1))
    happened_otherwise(waits, key=True)
    return assigned, reviewed, waits, helped


def test_the_docket_shows_everybody_what_their_scope_holds_and_nothing_else(cast, cases):
    for login in EVERYBODY:
        handed = Case.state.in_([str(state) for state in STATES])
        seen = session().scalars(scoped(cast[login], Case).where(Case.inspection_id == cast.ours, handed))
        assert sorted(ids(cast, login)) == sorted(case.id for case in seen), login


def test_its_lines_follow_a_case_through_every_change_and_can_be_written_anew(office, cast, cases):
    assigned, reviewed, *_rest = cases
    services.dispute(cast["officer"], Contest(assigned, "不在我区"))
    services.uphold_dispute(cast["coordinator"], Step(assigned, "属实"))
    assert ids(cast, "officer", unit=0) == [cases[3], reviewed]
    office.assign(assigned, "tianyuan-eco")
    assert ids(cast, "sub_officer") == [cases[3], assigned]
    services.team_return(cast["inspector"], Step(reviewed, "请补充"))
    office.reply(reviewed)
    assert ids(cast, verdict=Verdict.TRUE) == [reviewed]
    every = select(DocketLine.__table__).order_by(DocketLine.case_id, DocketLine.heading)
    kept = session().execute(every).all()
    with transaction() as writing:
        writing.execute(text("DELETE FROM docket_lines"))
        writing.execute(text(put(db.engine.dialect.name)))
    assert session().execute(every).all() == kept


def test_filters_combine(cast, cases):
    assigned, reviewed, waits, helped = cases
    assert ids(cast, late=True) == [assigned]
    assert ids(cast, key=True) == ids(cast, area=LUSONG, state=S.RECEIVED) == [waits]
    assert ids(cast, verdict=Verdict.UNFOUNDED, type="noise") == [reviewed]
    assert ids(cast, unit=cast.units["tianyuan"]) == [helped, reviewed, assigned]
    assert ids(cast, unit=cast.units["tianyuan"], lead=True, type="air") == [reviewed, assigned]
    assert ids(cast, "officer", unit=cast.units["tianyuan-eco"]) == [helped]
    assert ids(cast, "officer", unit=cast.units["lusong"], lead=True) == [helped]
    assert ids(cast, "officer", lead=True, type="air") == [reviewed, assigned]
    assert ids(cast, "officer", type="soil") == ids(cast, "officer", key=True) == []
    assert ids(cast, batch="2") == [reviewed]
    assert ids(cast, batch="2-1") == ids(cast, ends=TODAY - timedelta(days=1)) == []
    assert ids(cast, begins=TODAY, ends=TODAY, order=Order.OLDEST) == sorted(cases)
    assert ids(cast, state=Standing.ONGOING)[0] == assigned
    assert ids(cast, state=Standing.ONGOING, order=Order.NEWEST)[0] == helped


def test_an_address_says_the_filters_and_what_it_says_wrongly_is_left_out():
    filters = Filters(**EACH, lead=True, mine=True, order=Order.OLDEST)
    said = dict(pair.split("=") for pair in address_of(filters).split("&"))
    assert read_filters(said) == filters
    wrong = {"state": "prepared", "batch": "1'", "unit": "²", "verdict": "?", "begins": "soon", "order": "x"}
    assert read_filters(wrong) == Filters()
    assert address_of(Filters(state=Standing.EVERY)) == "state=all"


@pytest.mark.sqlite
@pytest.mark.parametrize("pair", list(combinations(EACH, 2)), ids="+".join)
@pytest.mark.parametrize("standing", [Standing.ONGOING, Standing.EVERY])
def test_whichever_two_filters_are_set_the_page_is_read_along_an_index(app, cast, pair, standing):
    for login in ("inspector", "officer"):
        found = cut(cast[login], cast.ours, Filters(**({"state": standing} | {name: EACH[name] for name in pair})))
        order = [found.by.desc(), found.key.desc()] if found.newest_first else [found.by, found.key]
        query = found.queries[0].order_by(*order).limit(51).compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in session().connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
        assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")], (login, plan)


def test_whose_turn_it_is_is_read_from_the_table(cast):
    turns = {login: [str(one.state) for one in duties_of(cast[login], cast.ours)] for login in EVERYBODY}
    assert turns["coordinator"] == ["received", "disputed", "city_review"]
    assert turns["officer"] == ["assigned", "disputed", "investigating", "returned"]
    assert turns["unit_leader"] == ["disputed", "signing"]
    assert turns["inspector"] == ["team_review", "second_check", "passed"]
    assert turns["leader"] == ["second_check"]
    assert turns["supervisor"] == turns["acceptor"] == turns["foreign_inspector"] == []
    assert [one.state for one in DUTIES if one.another] == [S.SECOND_CHECK]
    assert {S.HANDED_OVER, S.PUBLISHED}.isdisjoint(one.state for one in DUTIES)


def test_each_role_has_its_views_with_how_many_they_hold(app, cast, cases):
    counts = {}
    for login in ("inspector", "coordinator", "officer", "other_officer", "supervisor"):
        views = {one.code: one.filters for one in presets(cast[login], cast.ours)}
        counts[login] = {code: count for code, count in count_each(cast[login], cast.ours, views).items() if count}
        for code, filters in views.items():
            assert len(ids(cast, login, **vars(filters))) == counts[login].get(code, 0), (login, code)
    assert counts["inspector"] == {"mine": 1, "team_review": 1, "open": 4, "late": 1, "every": 4}
    assert counts["officer"] == {"mine": 1, "assigned": 1, "open": 3, "late": 1, "every": 3}
    assert counts["other_officer"] == {"mine": 1, "assigned": 1, "open": 1, "every": 1}
    page = browse(app).as_(cast, "officer").get(f"{LIST}?mine=yes")
    assert the(cases[0]).number in page
    assert the(cases[1]).number not in page


def test_who_checked_first_is_not_waited_for(office, cast, cases):
    services.require_check(cast["inspector"], Step(cases[1], "请复核"))
    assert ids(cast, mine=True) == []
    assert ids(cast, "inspector2", mine=True) == ids(cast, "leader", mine=True) == [cases[1]]


def test_what_waits_in_several_states_is_one_list_page_by_page(office, cast, cases, monkeypatch):
    (other,) = office.handed_over("five")
    office.assign(other)
    office.investigate(other)
    monkeypatch.setitem(read_page.__kwdefaults__, "size", 1)
    mine = Filters(mine=True)
    first = list_cases(cast["officer"], cast.ours, mine)
    second = list_cases(cast["officer"], cast.ours, mine, first.later)
    assert [row.id for row in (*first.rows, *second.rows)] == [cases[0], other]
    assert second.later == ""
    back = list_cases(cast["officer"], cast.ours, mine, second.earlier)
    assert [row.id for row in back.rows] == [cases[0]]


def test_two_units_of_one_person_are_one_list(cast, cases):
    both = replace(
        cast["sub_officer"], appointments=cast["sub_officer"].appointments + cast["other_officer"].appointments
    )
    page = list_cases(both, cast.ours, Filters(state=Standing.EVERY))
    assert [row.id for row in page.rows] == [cases[3]]
    assert count_each(both, cast.ours, {"all": Filters(state=Standing.EVERY)}) == {"all": 1}


def test_the_page_takes_few_statements_whoever_reads_it(app, cast, cases, statements):
    for login in ("inspector", "coordinator", "officer", "supervisor"):
        browser = browse(app).as_(cast, login)
        browser.get(f"{LIST}?state=all")
        with statements() as asked:
            browser.get(f"{LIST}?state=all&key=yes&type=air")
        assert len(asked) <= 8, asked


# ── many at once ──


def chosen(*cases):
    return [f"{case}-{the(case).version}" for case in cases]


def entries(case):
    about = (LedgerEntry.noun == "case", LedgerEntry.noun_id == case)
    return [entry.action for entry in session().scalars(select(LedgerEntry).where(*about).order_by(LedgerEntry.id))]


def test_a_mornings_cases_are_assigned_to_one_unit_and_each_has_its_entry(app, office, cast):
    first, second = office.handed_over("two parts", parts=2)
    gone = office.brought_to("assign", "three")
    browser = browse(app).as_(cast, "coordinator")
    assert "together/assign" in browser.get(f"{LIST}?mine=yes").text
    page = browser.post(f"{LIST}together/assign", {"start": "yes", "chosen": chosen(first, second, gone)}, status=200)
    assert page.text.count(the(first).number) >= 1
    browser.submit({"lead": ""}, status=422, action=f"{LIST}together/assign")
    page = browser.submit({"lead": str(cast.units["tianyuan"])}, status=422, action=f"{LIST}together/assign")
    assert page.text.count('class="error"') == 1  # assigning once more wants its reason
    assert the(first).lead_unit_id == the(second).lead_unit_id == cast.units["tianyuan"]
    assert entries(first)[-1] == entries(second)[-1] == "assign"
    again = {"lead": str(cast.units["tianyuan-eco"]), "reason": "由分局承办"}
    browser.submit(again, action=f"{LIST}together/assign")
    assert the(gone).lead_unit_id == cast.units["tianyuan-eco"]


def test_replies_are_passed_together_and_what_cannot_be_is_named(app, office, cast):
    good, bad = office.brought_to("city_pass"), office.brought_to("city_pass", "two", **unfounded())
    browser = browse(app).as_(cast, "inspector")
    browser.get(LIST)
    browser.post(f"{LIST}together/pass", {"start": "yes", "chosen": chosen(good, bad)}, status=200)
    assert the(good).state == S.TEAM_REVIEW  # nothing is passed before it was shown
    page = browser.submit({"chosen": chosen(good, bad)}, status=422, action=f"{LIST}together/pass")
    assert (the(good).state, the(bad).state) == (S.PASSED, S.TEAM_REVIEW)
    assert page.text.count('class="error"') == 1
    assert the(bad).number in page
    browser.get(f"{LIST}?mine=yes")
    page = browser.post(f"{LIST}together/team_return", {"chosen": chosen(bad), "reason": "请补充监测报告"})
    assert the(bad).state == S.RETURNED
    assert page.path.endswith("?mine=yes")
    browse(app).as_(cast, "officer").post(f"{LIST}together/publish", {"chosen": ["1-1"]}, status=404)


def test_days_are_extended_and_replies_sent_back_together(app, office, cast):
    cases = [office.brought_to("assign", key) for key in ("one", "two")]
    browser = browse(app).as_(cast, "inspector")
    browser.get(LIST)
    later = (TODAY + timedelta(days=30)).isoformat()
    browser.post(f"{LIST}together/extend", {"chosen": chosen(*cases), "new_date": later, "reason": "汛期停工"})
    assert {the(case).feedback_due_on.isoformat() for case in cases} == {later}
    unit = browse(app).as_(cast, "officer")
    unit.get(LIST)
    unit.post(f"{LIST}together/investigate", {"chosen": chosen(*cases)})
    assert {the(case).state for case in cases} == {S.INVESTIGATING}


def test_somebody_elses_case_is_neither_shown_nor_decided(app, office, cast):
    case = office.brought_to("assign")
    stranger = browse(app).as_(cast, "other_officer")
    stranger.get(LIST)
    page = stranger.post(f"{LIST}together/investigate", {"chosen": chosen(case)}, status=422)
    assert the(case).number not in page
    assert the(case).state == S.ASSIGNED


# ── two people ──


def test_the_second_of_a_side_is_told_who_has_it_open_until_the_first_leaves(app, office, cast):
    case = office.brought_to("city_pass")
    first, second = browse(app).as_(cast, "inspector"), browse(app).as_(cast, "inspector2")
    path = f"{LIST}{case}"
    assert "正在查看" not in first.get(path)
    visit = first.page.text.partition('data-visit="')[2].partition('"')[0]
    assert "某inspector自" in second.get(path)
    assert "正在查看" not in browse(app).as_(cast, "officer").get(path)
    assert "某officer自" in browse(app).as_(cast, "unit_leader").get(path)
    first.post(f"{path}/left", {"visit": visit}, status=204)
    assert "正在查看" not in second.get(path)


def test_who_saves_second_sees_both_versions_and_can_send_again(app, office, cast):
    case = office.brought_to("assign")
    browser = browse(app).as_(cast, "inspector")
    browser.get(f"{LIST}{case}/extend")
    services.investigate(cast["officer"], Step(case))
    later = (TODAY + timedelta(days=30)).isoformat()
    page = browser.submit({"new_date": later, "reason": "需要专家论证"}, status=409)
    assert page.text.count("需要专家论证") >= 2
    browser.submit({})
    assert the(case).feedback_due_on.isoformat() == later


def test_who_saves_after_the_decision_keeps_their_words_and_is_not_asked_to_send_them(app, office, cast):
    case = office.brought_to("city_pass")
    browser = browse(app).as_(cast, "inspector")
    browser.get(f"{LIST}{case}/team_return")
    services.pass_reply(cast["inspector2"], Step(case))
    page = browser.submit({"reason": "缺少现场照片"}, status=409)
    assert "缺少现场照片" in page
    assert "某inspector2" in page
    assert not [form for form in page.forms() if "reason" in form.values]


def test_a_long_reply_is_not_lost_to_whoever_was_overtaken(app, office, cast):
    case = office.brought_to("investigate")
    browser = browse(app).as_(cast, "officer")
    browser.get(f"{LIST}{case}/reply")
    services.extend(cast["inspector"], Extend(case, TODAY + timedelta(days=40), "汛期"))
    words = {
        "finding_1": "经查属实。", "verdict_1": "true", "finding_2": "未发现。", "verdict_2": "unfounded",
        "completion": "done", "report_upward": "上报", "publication_draft": "公开", "answer": "已处理", "handling": "停产",
    }  # fmt: skip
    page = browser.submit(words, status=409)
    assert "批准延期" in page
    browser.submit({}, status=422)
    browser.submit({"because_done_without_pictures": "设备已拆除，见附件。"})
    assert the(case).state == S.SIGNING


def test_how_near_a_day_is_stands_beside_it_in_colour_and_in_words(app, office, cast):
    case = office.brought_to("investigate")
    today = clock.today()
    for days, tone, words in (
        (9, "good", "期限内"),
        (2, "wait", "即将到期"),
        (0, "wait", "今日到期"),
        (-1, "grave", "逾期1天"),
    ):
        happened_otherwise(case, feedback_due_on=today + timedelta(days=days))
        for who in ("officer", "unit_leader", "coordinator"):
            browser = browse(app).as_(cast, who)
            for address in ("/staff/casework/", f"/staff/casework/{case}"):
                assert f'tone-{tone}">{words}' in browser.get(address).text, (days, who, address)
    office.reply(case)
    happened_otherwise(case, feedback_due_on=today + timedelta(days=1))
    assert "即将到期" not in browse(app).as_(cast, "officer").get("/staff/casework/?state=every")
