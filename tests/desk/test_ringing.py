"""Ringing a reporter up: who comes onto the list and when, whose the number is, and what comes of each call."""

from datetime import time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.casework import services as casework
from app.casework.commands import Step
from app.db import db, session
from app.desk import services
from app.desk.commands import Answered, CalledBack, Tried
from app.desk.queries import NumberStage, ring_up, ring_ups, to_ring_now
from app.domain import ringing
from app.domain.case import Case
from app.domain.doings import Doing
from app.domain.ledger import LedgerEntry, verify
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.domain.ringing import Again, CallBack, RingOutcome, RingUp
from app.domain.workflow.vocabulary import CaseState
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, Refused, Stale
from app.vault import services as vault
from app.vault.commands import AskOpening, OpenIdentity, RefuseOpening
from tests.conftest import PASSPHRASE
from tests.support.browsing import browse
from tests.support.reports import CALLER, the_report

QUESTION = "哪条路？\n几点最重？"


@pytest.fixture
def asked(office):
    """A call of the clerk's, whose reporter is asked something."""
    report = office.report()
    office.decide(report, A.ASK, question=QUESTION)
    return report


@pytest.fixture
def ring(asked):
    return session().scalars(select(RingUp.id).where(RingUp.report_id == asked)).one()


def lend(installation, cast, ring, clerk="clerk2"):
    """Asked for by a clerk, allowed, and lent."""
    services.ask_for_number(cast[clerk], ring)
    opening = ringing.newest_opening(session(), ring).id
    vault.allow_opening(cast["leader"], opening)
    words = OpenIdentity(opening, PASSPHRASE, "电话询问")
    return vault.open_once(installation, cast["custodian"], words)


def listed(cast, login="clerk"):
    rows, total = ring_ups(cast[login], cast.ours)
    assert len(rows) == total
    return {row.id: row for row in rows}


def doings(noun):
    return [entry.action for entry in session().scalars(select(LedgerEntry).where(LedgerEntry.noun == noun))]


def test_the_whole_way_through_its_pages(app, cast, office, asked, ring):
    clerk, leader, custodian = (browse(app).as_(cast, who) for who in ("clerk2", "leader", "custodian"))
    assert "待电话询问的举报人" in clerk.get("/staff")
    assert "待电话询问（1件）" in clerk.get("/staff/desk/")
    assert the_report(asked).number in clerk.get("/staff/desk/ring")
    page = clerk.get(f"/staff/desk/ring/{ring}")
    assert "几点最重？" in page
    assert the_report(asked).description not in page
    clerk.post(f"/staff/desk/ring/{ring}/number", status=403)
    clerk.post(f"/staff/desk/ring/{ring}/ask")
    clerk.post(f"/staff/desk/ring/{ring}/ask", status=409)
    assert "仅电话号码" in leader.get("/staff/vault")
    opening = ringing.newest_opening(session(), ring).id
    leader.post(f"/staff/vault/{opening}/allow")
    custodian.get(f"/staff/vault/{opening}/open")
    lent = custodian.submit({"reason": "电话询问", "passphrase": PASSPHRASE}, status=200)
    assert "号码已交出" in lent
    shown = clerk.post(f"/staff/desk/ring/{ring}/number", status=200)
    assert CALLER.phone in shown
    assert shown.headers["Cache-Control"] == "no-store"
    pages = (lent, clerk.get(f"/staff/desk/ring/{ring}"), clerk.get("/staff/desk/ring"), leader.get("/staff/vault"))
    for secret in (CALLER.name, CALLER.phone, CALLER.address):
        assert not [page.path for page in pages if secret in page]
    assert CALLER.name not in shown
    colleague = browse(app).as_(cast, "clerk")
    assert CALLER.phone not in colleague.get(f"/staff/desk/ring/{ring}")
    colleague.post(f"/staff/desk/ring/{ring}/number", status=403)
    clerk.post(f"/staff/desk/ring/{ring}/tried", {"outcome": "no_answer", "again": "soon"})
    assert "已拨打1次" in clerk.get(f"/staff/desk/ring/{ring}")
    clerk.post(f"/staff/desk/ring/{ring}/tried", {"again": "soon"}, status=422)
    clerk.post(f"/staff/desk/ring/{ring}/answered", {"answer": " "}, status=422)
    clerk.post(f"/staff/desk/ring/{ring}/answered", {"answer": "嵩山路，夜里十点。"})
    assert "已不需要询问" in clerk.get(f"/staff/desk/ring/{ring}")
    clerk.post(f"/staff/desk/ring/{ring}/number", status=409)
    assert "嵩山路，夜里十点。" in browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{asked}")
    assert doings("identity") == [Doing.ASK_OPENING, Doing.ALLOW_OPENING, Doing.LEND_NUMBER, Doing.SEE_NUMBER]
    assert doings("report") == [A.REGISTER, A.ASK, A.RING, A.ANSWER]


def test_callers_are_rung_at_once_and_who_reported_on_the_web_after_half_the_time(cast, office, ring):
    web, silent = (office.report(channel=Channel.WEB, reporter=who) for who in (CALLER, Reporter()))
    for report in (web, silent):
        office.decide(report, A.ASK, question="哪条路？")
    assert set(listed(cast)) == {ring}
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert [row.channel for row in listed(cast).values()] == [Channel.CALL, Channel.WEB]
    assert session().scalars(select(RingUp.report_id).where(RingUp.report_id == silent)).all() == []


def test_a_look_is_committed_before_the_number_is_decrypted(installation, cast, ring, monkeypatch):
    lend(installation, cast, ring)

    def crash(_house, _ring_up):
        session().rollback()
        assert doings("identity")[-1] == Doing.SEE_NUMBER
        raise RuntimeError

    monkeypatch.setattr("app.desk.services.ringing.lent_number", crash)
    with pytest.raises(RuntimeError):
        services.see_number(installation, cast["clerk2"], ring)
    db.session.remove()


def test_a_number_is_lent_to_one_clerk_for_two_days(installation, cast, ring):
    opened = lend(installation, cast, ring)
    assert opened.lent_to == "某clerk2"
    assert opened.reporter.is_blank
    assert services.see_number(installation, cast["clerk2"], ring) == CALLER.phone
    late = cast["clerk2"].at(clock.now() + timedelta(hours=49))
    with pytest.raises(NotAllowed):
        services.see_number(installation, late, ring)
    assert ring_up(cast["clerk"], ring).row.stage is NumberStage.ELSEWHERE
    lend(installation, cast, ring, "clerk")
    with pytest.raises(NotAllowed):
        services.see_number(installation, cast["clerk2"], ring)
    assert services.see_number(installation, cast["clerk"], ring) == CALLER.phone
    with time_machine.travel(clock.now() + timedelta(hours=49)):
        ringing.tidy(installation)
    session().expire_all()
    assert session().get_one(RingUp, ring).locked is None


def test_a_row_that_is_moved_to_another_clerk_cannot_be_read_there(installation, cast, ring):
    lend(installation, cast, ring)
    session().get_one(RingUp, ring).clerk_id = cast.people["clerk"]
    session().commit()
    assert services.see_number(installation, cast["clerk"], ring) == ""


def test_a_try_waits_for_its_hour_and_a_wrong_number_ends_the_trying(installation, cast, asked, ring):
    assert to_ring_now(cast["clerk2"], cast.ours) == (1, 0)
    with pytest.raises(NotAllowed):
        services.tried(cast["clerk2"], Tried(ring, RingOutcome.ENGAGED, Again.SOON))
    lend(installation, cast, ring)
    assert to_ring_now(cast["clerk"], cast.ours) == (0, 0)
    services.tried(cast["clerk2"], Tried(ring, RingOutcome.ENGAGED, Again.SOON))
    assert to_ring_now(cast["clerk2"], cast.ours) == (0, 0)
    with time_machine.travel(clock.now() + timedelta(hours=13)):
        assert to_ring_now(cast["clerk2"], cast.ours) == (1, 0)
    services.tried(cast["clerk2"], Tried(ring, RingOutcome.WRONG, Again.TOMORROW))
    assert listed(cast) == {}
    assert the_report(asked).state == S.ASKED
    assert [one.outcome for one in ring_up(cast["clerk"], ring).tried] == [RingOutcome.WRONG, RingOutcome.ENGAGED]


@pytest.mark.parametrize(
    ("hour", "again", "day", "when"),
    [
        (time(9, 0), Again.SOON, 0, time(10, 0)),
        (time(9, 0), Again.TOMORROW, 1, time(8, 0)),
        (time(18, 0), Again.LATER, 1, time(8, 0)),
        (time(23, 30), Again.SOON, 1, time(8, 0)),
        (time(4, 0), Again.LATER, 0, time(8, 0)),
    ],
)
def test_nobody_is_rung_up_outside_the_hours_of_the_telephone(cast, ring, hour, again, day, when):
    made = session().get_one(RingUp, ring)
    made.tried(cast["clerk"].at(clock.at_local(clock.today(), hour)), RingOutcome.NO_ANSWER, again)
    assert made.again_at == clock.at_local(clock.today() + timedelta(days=day), when)


def test_whatever_ends_the_question_ends_the_ringing_up(installation, cast, office, asked, ring):
    lend(installation, cast, ring)
    services.declined(cast["clerk2"], ring)
    assert the_report(asked).state == S.REGISTERED
    ended = session().get_one(RingUp, ring)
    assert (ended.locked, listed(cast)) == (None, {})
    with pytest.raises(Stale):
        services.ask_for_number(cast["clerk"], ring)
    office.decide(asked, A.ASK, question="那么大约多大范围？")
    [again] = listed(cast).values()
    assert (again.question, again.tries) == ("那么大约多大范围？", 0)


def test_a_leader_who_refuses_ends_it_and_the_question_waits_on_its_page(cast, asked, ring):
    services.ask_for_number(cast["clerk"], ring)
    opening = ringing.newest_opening(session(), ring).id
    vault.refuse_opening(cast["leader"], RefuseOpening(opening, "先等网上答复"))
    assert (listed(cast), the_report(asked).state) == ({}, S.ASKED)


def test_nothing_is_lent_when_the_question_was_answered_meanwhile(installation, cast, ring):
    services.ask_for_number(cast["clerk"], ring)
    opening = ringing.newest_opening(session(), ring).id
    vault.allow_opening(cast["leader"], opening)
    services.answered(cast["clerk"], Answered(ring, "嵩山路。"))
    with pytest.raises(Stale):
        vault.open_once(installation, cast["custodian"], OpenIdentity(opening, PASSPHRASE, "电话询问"))


def test_who_answers_too_late_loses_nothing_and_an_empty_answer_is_none(cast, office, asked, ring):
    with pytest.raises(Refused):
        services.answered(cast["clerk"], Answered(ring, " "))
    services.answered(cast["clerk"], Answered(ring, "嵩山路。"))
    services.answered(cast["clerk2"], Answered(ring, "还有泰山路。"))
    assert doings("report")[-2:] == [A.ANSWER, A.ADD]


def test_a_request_for_a_number_and_one_for_the_identity_do_not_hold_each_other_up(cast, asked, ring):
    services.ask_for_number(cast["clerk"], ring)
    vault.ask_opening(cast["inspector"], AskOpening(cast.ours, the_report(asked).number, "须上门取样"))
    assert len(listed(cast)) == 1


@pytest.fixture
def called(office, cast):
    """An answered case whose reporter, a caller, is to be called back; gives its id and the ring-up's."""
    [case_id] = office.ready()
    case = session().get_one(Case, case_id)
    case.state = str(CaseState.PUBLISHED)
    session().commit()
    casework.call_back(cast["inspector"], Step(case_id, "您好，请问您最近反映过问题吗？"))
    return case_id, session().scalars(select(RingUp.id).where(RingUp.case_id == case_id)).one()


def test_a_call_back_is_made_on_a_lent_number_and_a_dissatisfied_reporter_reopens_the_review(
    app, cast, installation, called
):
    case_id, ring = called
    clerk = browse(app).as_(cast, "clerk2")
    assert "回访" in clerk.get("/staff/desk/ring")
    page = clerk.get(f"/staff/desk/ring/{ring}")
    assert "您好，请问您最近反映过问题吗？" in page
    assert session().get_one(Case, case_id).report.description not in page
    assert CALLER.phone not in page
    clerk.post(f"/staff/desk/ring/{ring}/called-back", {"result": "satisfied"}, 403)
    clerk.post(f"/staff/desk/ring/{ring}/answered", {"answer": "没有问"}, 422)
    lend(installation, cast, ring)
    assert CALLER.phone in clerk.post(f"/staff/desk/ring/{ring}/number", status=200)
    clerk.post(f"/staff/desk/ring/{ring}/called-back", {"result": "dissatisfied"}, 422)
    clerk.post(f"/staff/desk/ring/{ring}/called-back", {"result": "dissatisfied", "words": "夜里照样生产。"})
    case = session().get_one(Case, case_id)
    assert case.state == CaseState.TEAM_REVIEW
    one = session().get_one(RingUp, ring)
    assert (one.result, one.ended_at is not None, one.locked) == ("dissatisfied", True, None)
    entry = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "hear_dissatisfied")).one()
    assert (entry.noun_id, entry.person_id, entry.words[0].text) == (case_id, cast.people["clerk2"], "夜里照样生产。")
    assert "夜里照样生产。" in browse(app).as_(cast, "inspector").get(f"/staff/casework/{case_id}")
    assert "夜里照样生产。" not in browse(app).as_(cast, "coordinator").get(f"/staff/casework/{case_id}")
    assert verify(session()).sound


def test_who_is_satisfied_or_not_reached_changes_nothing(cast, installation, called):
    case_id, ring = called
    clerk = cast["clerk2"]
    lend(installation, cast, ring)
    for _ in range(ringing.MOST_TRIES):
        services.tried(clerk, Tried(ring, RingOutcome.NO_ANSWER, Again.SOON))
    one = session().get_one(RingUp, ring, populate_existing=True)
    assert (one.result, one.tries, one.ended_at is not None) == ("not_reached", 3, True)
    casework.call_back(cast["leader"], Step(case_id, "您好。"))
    again = session().scalars(select(RingUp.id).where(RingUp.case_id == case_id, RingUp.ended_at.is_(None))).one()
    lend(installation, cast, again)
    services.called_back(clerk, CalledBack(again, CallBack.MOSTLY, "好一些了"))
    case = session().get_one(Case, case_id, populate_existing=True)
    assert case.state == CaseState.PUBLISHED
    assert session().get_one(RingUp, again, populate_existing=True).result == "mostly"
    said = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "hear_call_back")).one()
    assert said.words[0].text == "基本满意：好一些了"
    with pytest.raises(Stale):
        services.called_back(clerk, CalledBack(again, CallBack.SATISFIED, ""))


def test_a_question_is_no_call_back(cast, installation, ring):
    lend(installation, cast, ring)
    with pytest.raises(NotAllowed):
        services.called_back(cast["clerk2"], CalledBack(ring, CallBack.SATISFIED, ""))
