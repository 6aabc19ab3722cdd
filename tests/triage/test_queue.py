"""The queue: cut along indexes, kept in views, worked through by several people who see what the others do."""

from datetime import time, timedelta
from itertools import combinations

import pytest
import time_machine
from sqlalchemy import func, select

from app.db import db, session, transaction
from app.domain import counting, presence
from app.domain.filing import FiledType
from app.domain.ledger import LedgerEntry
from app.domain.report import Channel, Report
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, Refused
from app.triage.commands import ShareOut
from app.triage.filtering import address_of, read_filters
from app.triage.queries.filters import ME, NOBODY, Filters, Order, cut
from app.triage.queries.queue import count_each, queue
from app.triage.queries.views import presets
from app.triage.services import open_report, share_out
from tests.support.browsing import browse
from tests.support.reports import LUSONG, TIANYUAN, the_report

HOME = "/staff/triage/"
EACH = {
    "state": S.REFERRED, "channel": Channel.LETTER, "area": TIANYUAN, "type": "air", "key": True, "late": True,
    "unread": True, "assigned": ME, "begins": clock.today() - timedelta(days=3),
}  # fmt: skip


@pytest.fixture
def inspector(app, cast):
    return browse(app).as_(cast, "inspector")


@pytest.fixture
def today():
    """The office's day, which does not end before the test does."""
    day = clock.today()
    with time_machine.travel(clock.at_local(day, time(12))):
        yield day


@pytest.fixture
def second(app, cast):
    return browse(app).as_(cast, "inspector2")


def ids(cast, login="inspector", **how):
    return [row.id for row in queue(cast[login], cast.ours, Filters(**how)).rows]


def share(office, report, action, by="inspector", colleague=None):
    share_out(office.actor(by), ShareOut(report, action, colleague))


def entries(report):
    about = (LedgerEntry.noun == "report", LedgerEntry.noun_id == report)
    return [entry.action for entry in session().scalars(select(LedgerEntry).where(*about).order_by(LedgerEntry.id))]


# ── filters ──


def test_filters_combine(office, cast, today):
    first = office.report(channel=Channel.LETTER, types=["water"])
    second = office.report(area_code=LUSONG, types=["water", "noise"])
    office.decide(second, A.MARK_KEY, by="leader", reason="涉饮用水")
    assert ids(cast) == [first, second]
    assert ids(cast, order=Order.NEWEST) == [second, first]
    assert ids(cast, type="water", channel=Channel.LETTER) == [first]
    assert ids(cast, type="noise", key=True) == ids(cast, area=LUSONG, type="water") == [second]
    assert ids(cast, begins=today, ends=today) == [first, second]
    assert ids(cast, ends=today - timedelta(days=1)) == ids(cast, type="noise", channel=Channel.LETTER) == []


def test_a_report_is_found_under_what_triage_gave_it_and_until_then_under_what_its_reporter_named(office, cast):
    report = office.report(types=["noise"])
    assert ids(cast, type="noise", state=None) == [report]
    office.accepted(report)
    assert ids(cast, type="noise", state=None) == []
    assert ids(cast, type="air", state=S.ACCEPTED) == [report]
    office.decide(report, A.UNDO, by="leader", reason="类型有误")
    assert ids(cast, type="noise") == [report]
    assert ids(cast, type="air", state=None) == []


def test_late_is_whose_day_is_over_the_earliest_first(office, cast, today):
    past = clock.now() - timedelta(days=30)
    slow, slower, _in_time = office.report(), office.report(), office.report()
    for report, at in ((slow, past + timedelta(days=1)), (slower, past)):
        office.decide(report, A.ASK, question="哪条路？")
        with transaction() as s:
            s.get_one(Report, report).due_on = clock.local_date(at)
    assert ids(cast, state=None, late=True) == [slower, slow]
    assert ids(cast, state=None, late=True, begins=today) == [slow, slower][::-1]
    assert ids(cast, state=None, late=True, key=True) == []
    assert ids(cast, state=S.REGISTERED, late=True) == [], "what is to be judged has no day to end by"
    assert ids(cast, state=None, late=True, assigned=NOBODY) == [slower, slow]
    share(office, slow, A.TAKE)
    assert ids(cast, state=None, late=True, assigned=NOBODY) == [slower]


def test_an_address_says_the_filters_and_what_it_says_wrongly_is_left_out():
    filters = Filters(**EACH, order=Order.DUE)
    said = dict(pair.split("=") for pair in address_of(filters).split("&"))
    assert read_filters(said) == filters
    assert (
        read_filters({"state": "no", "channel": "?", "begins": "yesterday", "assigned": "-3", "order": "x"})
        == Filters()
    )
    turned = read_filters({"begins": "2024-03-15", "ends": "2024-03-14"})
    assert (turned.begins.day, turned.ends.day) == (14, 15)


@pytest.mark.sqlite
@pytest.mark.parametrize("pair", list(combinations(EACH, 2)), ids="+".join)
def test_whichever_two_filters_are_set_the_page_is_read_along_an_index(app, cast, pair):
    found = cut(cast["inspector"], cast.ours, Filters(**({"state": None} | {name: EACH[name] for name in pair})))
    order = [found.by.desc(), found.key.desc()] if found.newest_first else [found.by, found.key]
    query = found.queries[0].order_by(*order).limit(51).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in session().connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")], plan


def test_the_rows_of_types_follow_their_report_through_every_change(office, cast):
    report = office.report(types=["noise", "water"])
    office.decide(report, A.VOID, reason="广告")
    rows = session().execute(select(FiledType.code, FiledType.state).where(FiledType.report_id == report)).all()
    assert sorted(rows) == [("noise", S.VOIDED), ("water", S.VOIDED)]


# ── views and counts ──


def test_each_role_has_its_views_with_how_many_they_hold(office, cast):
    report = office.report()
    office.report()
    share(office, report, A.TAKE)
    shown = {
        login: [one.code for one in presets(cast[login], cast.ours)] for login in ("inspector", "leader", "supervisor")
    }
    assert shown["inspector"] == ["waiting", "mine", "unclaimed", "unread", "asked", "late", "every"]
    assert "key" in shown["leader"]
    assert not {"mine", "unread"} & set(shown["supervisor"])
    views = {one.code: one.filters for one in presets(cast["inspector"], cast.ours)}
    counts = count_each(cast["inspector"], cast.ours, views)
    assert counts == {"waiting": 2, "mine": 1, "unclaimed": 1, "unread": 2, "asked": 0, "late": 0, "every": 2}


def test_beyond_a_limit_nothing_is_counted_on(office, cast, monkeypatch):
    for _ in range(3):
        office.report()
    monkeypatch.setattr(counting, "MOST", 2)
    query = select(counting.capped(cut(cast["inspector"], cast.ours, Filters()).queries[0], 2))
    assert str(counting.Counted(session().scalar(query))) == "2+"
    assert str(counting.Counted(2)) == "2"


def test_views_are_kept_and_shared_and_only_their_maker_takes_them_away(inspector, second, office):
    office.report()
    inspector.get(f"{HOME}?channel=D&key=yes")
    page = inspector.submit({"name": "重点来电", "shared": "y"}, action=f"{HOME}views")
    assert "channel=D&amp;key=yes" in page.text
    assert "重点来电" in second.get(HOME)
    assert "views/1/drop" not in second.page.text
    second.post(f"{HOME}views/1/drop", status=404)
    inspector.get(HOME)
    inspector.submit(action=f"{HOME}views/1/drop")
    assert "重点来电" not in second.get(HOME)


def test_what_the_team_calls_its_views_is_not_told_to_the_locality(app, cast, inspector):
    inspector.get("/staff/casework/?late=y")
    inspector.submit({"name": "某人反映的", "shared": "y"}, action="/staff/casework/views")
    assert "某人反映的" in browse(app).as_(cast, "leader").get("/staff/casework/")
    for login in ("coordinator", "officer"):
        page = browse(app).as_(cast, login).get("/staff/casework/")
        assert "某人反映的" not in page
        assert 'name="shared"' not in page.text


def test_a_view_without_a_name_is_not_kept(inspector):
    inspector.get(f"{HOME}?key=yes")
    page = inspector.submit({"name": " "}, action=f"{HOME}views")
    assert "请填写" in page or "必须填写" in page or "alert" in page.text
    assert page.text.count('class="kept"') == 0


def test_chosen_columns_are_kept_for_whoever_chose_them(inspector, second, office):
    office.report(place="泰山路")
    inspector.get(HOME)
    inspector.post(f"{HOME}columns", {"columns": ["number", "place"], "address": "order=newest"})
    assert "泰山路" in inspector.page
    heads = inspector.page.text.partition("<thead>")[2].partition("</thead>")[0]
    assert heads.count("<th") == 3
    assert second.get(HOME).text.partition("<thead>")[2].partition("</thead>")[0].count("<th") > 5


# ── in whose hands ──


def test_a_report_is_taken_handed_on_and_put_back(office, cast):
    report = office.report()
    share(office, report, A.TAKE)
    assert ids(cast, state=None, assigned=ME) == [report]
    assert ids(cast, assigned=NOBODY) == []
    with pytest.raises(Refused):
        share(office, report, A.TAKE, by="inspector2")
    share(office, report, A.HAND_ON, colleague=cast.people["inspector2"])
    assert ids(cast, login="inspector2", state=None, assigned=ME) == [report]
    share(office, report, A.RELEASE, by="leader")
    assert ids(cast, assigned=NOBODY) == [report]
    assert entries(report)[-3:] == ["take", "hand_on", "release"]
    for nobody in (None, cast.people["clerk"], cast.people["foreign_inspector"]):
        with pytest.raises(Refused):
            share(office, report, A.HAND_ON, colleague=nobody)
    with pytest.raises(NotAllowed):
        share(office, report, A.TAKE, by="leader")


def test_what_is_decided_lies_in_nobodys_hands(office, cast):
    report = office.report()
    share(office, report, A.TAKE)
    office.decide(report, A.ASK, question="哪条路？")
    assert the_report(report).assigned_to_id == cast.people["inspector"]
    office.decide(report, A.LAPSE) if the_report(report).guard_ask_over(cast["inspector"], A.LAPSE) else None
    other = office.report()
    share(office, other, A.TAKE)
    office.decide(other, A.VOID, reason="广告")
    assert the_report(other).assigned_to_id is None


def test_opening_a_report_reads_it_for_oneself_alone_until_it_says_something_new(office, cast, inspector):
    report = office.report()
    inspector.get(f"{HOME}report/{report}")
    assert ids(cast, unread=True) == []
    assert ids(cast, login="inspector2", unread=True) == [report]
    office.decide(report, A.ASK, question="哪条路？")
    open_report(cast["inspector"], report, "v")
    with transaction() as s:
        s.get_one(Report, report).perform(A.ANSWER, office.actor("clerk"), {Need.ANSWER: "泰山路。"})
    assert ids(cast, unread=True) == [report]


# ── two people ──


def test_the_second_is_told_who_has_it_open_until_the_first_leaves(office, inspector, second):
    report = office.report()
    path = f"{HOME}report/{report}"
    assert "正在查看" not in inspector.get(path)
    visit = inspector.page.text.partition('data-visit="')[2].partition('"')[0]
    assert "某inspector自" in second.get(path).text.replace("\n", "")
    inspector.post(f"{path}/left", {"visit": "another page's"}, status=204)
    assert "正在查看" in second.get(path)
    inspector.post(f"{path}/left", {"visit": visit}, status=204)
    assert "正在查看" not in second.get(path)


def test_a_page_that_lies_open_is_believed_for_a_while_only(office, cast):
    report, long_ago = office.report(), clock.now() - presence.BELIEVED_FOR - timedelta(seconds=1)
    open_report(cast["inspector"].at(long_ago), report, "v")
    assert presence.beside(session(), cast["inspector2"], "report", report) == []
    open_report(cast["inspector2"], report, "w")
    assert session().scalar(select(func.count()).select_from(presence.Presence)) == 1


def test_who_saves_second_sees_both_versions_and_can_send_again(office, inspector):
    report = office.report()
    inspector.get(f"{HOME}report/{report}/do/void")
    share(office, report, A.TAKE, by="inspector2")
    page = inspector.submit({"reason": "只有一句广告"}, status=409)
    assert page.text.count("只有一句广告") >= 2
    assert "某inspector2" in page
    assert A.TAKE.zh in page
    inspector.submit({})
    assert the_report(report).state == S.VOIDED


def test_who_saves_after_the_decision_keeps_their_words_and_is_not_asked_to_send_them(office, inspector):
    report = office.report()
    inspector.get(f"{HOME}report/{report}/do/ask")
    office.decide(report, A.VOID, by="inspector2", reason="空号")
    page = inspector.submit({"question": "到底在哪条路？"}, status=409)
    assert "到底在哪条路？" in page
    assert "空号" in page
    assert not [form for form in page.forms() if "question" in form.values]


# ── many at once ──


def chosen(*reports):
    return [f"{report}-{the_report(report).version}" for report in reports]


def test_many_are_decided_with_one_reason_and_each_has_its_entry(office, inspector):
    reports = [office.report() for _ in range(3)]
    inspector.get(HOME)
    page = inspector.post(f"{HOME}together/void", {"start": "yes", "chosen": chosen(*reports)}, status=200)
    assert all(the_report(report).number in page for report in reports)
    inspector.submit({"chosen": chosen(*reports), "reason": ""}, status=422, action=f"{HOME}together/void")
    inspector.submit({"chosen": chosen(*reports), "reason": "推销电话"}, action=f"{HOME}together/void")
    for report in reports:
        assert the_report(report).state == S.VOIDED
        assert entries(report)[-1] == "void"


def test_what_cannot_be_done_is_listed_with_its_reason_and_nothing_typed_is_lost(office, inspector):
    good, stale, done = office.report(), office.report(), office.report()
    ticked = chosen(good, stale, done)
    share(office, stale, A.TAKE, by="inspector2")
    office.decide(done, A.VOID, reason="广告")
    inspector.get(HOME)
    page = inspector.post(f"{HOME}together/ask", {"chosen": ticked, "question": "哪条路？"}, status=422)
    assert the_report(good).state == S.ASKED
    assert the_report(good).number not in page.text.partition("<main")[2].partition("<form")[2]
    assert page.form(f"{HOME}together/ask").values["question"] == "哪条路？"
    assert page.text.count('class="error"') == 2
    inspector.post(f"{HOME}together/ask", {"chosen": chosen(stale), "question": "哪条路？"})
    assert the_report(stale).state == S.ASKED


def test_many_are_taken_at_once_handed_on_referred_and_merged(office, cast, inspector):
    first, *rest = [office.report() for _ in range(4)]
    inspector.get(HOME)
    inspector.post(f"{HOME}together/take", {"start": "yes", "chosen": chosen(*rest)})
    assert ids(cast, state=None, assigned=ME) == rest
    inspector.post(f"{HOME}together/hand_on", {"chosen": chosen(*rest), "colleague": cast.people["inspector2"]})
    assert ids(cast, login="inspector2", state=None, assigned=ME) == rest
    earlier = the_report(first).number
    inspector.post(f"{HOME}together/merge", {"chosen": chosen(*rest[:2]), "earlier": earlier, "note": "同一工地"})
    assert [the_report(one).state for one in rest[:2]] == [S.MERGED] * 2
    page = inspector.post(f"{HOME}together/refer", {"chosen": chosen(rest[2]), "fill": "labour"}, status=200)
    assert "{number}" in page.form(f"{HOME}together/refer").values["advice"]
    inspector.submit({"chosen": chosen(rest[2])}, action=f"{HOME}together/refer")
    assert the_report(rest[2]).number in the_report(rest[2]).referral.advice


def test_nothing_chosen_is_said_and_somebody_elses_report_is_not_decided(app, cast, office, inspector):
    report = office.report()
    inspector.get(HOME)
    assert "尚未选择" in inspector.post(f"{HOME}together/void", {"chosen": ["x", "7-"]})
    stranger = browse(app).as_(cast, "foreign_inspector")
    stranger.get(HOME)
    page = stranger.post(f"{HOME}together/void", {"chosen": chosen(report), "reason": "广告"}, status=422)
    assert the_report(report).number not in page
    assert the_report(report).state == S.REGISTERED


def test_a_decision_leads_back_to_the_list_it_was_taken_from(office, inspector):
    report, _other = office.report(), office.report()
    inspector.get(f"{HOME}?channel=D")
    inspector.get(f"{HOME}report/{report}/do/void")
    page = inspector.submit({"reason": "广告"})
    assert the_report(report).number in page
    assert page.path.endswith("?channel=D")
