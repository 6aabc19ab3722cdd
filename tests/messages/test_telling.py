"""Who is told of what: by the workflow's table, over the record, once."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.casework import services
from app.casework.commands import Contest, Step
from app.db import session, transaction
from app.domain.case import Case
from app.domain.message import Message
from app.domain.rectification import Measure, Rectification
from app.domain.report import Report
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import clock
from app.messages.queries.wording import words_of
from app.messages.services import remind_all, tell_waiting
from tests.casework.office import the

LOGINS = ("officer", "sub_officer", "other_officer", "unit_leader", "coordinator", "inspector", "clerk", "supervisor")


def everybody(told):
    return {login for login in LOGINS if told(login)}


def test_a_batch_is_told_as_one_and_to_the_city_alone(office, told, cast):
    office.handed_over(parts=2)
    assert told("coordinator") == [("batch", "hand_over")]
    assert everybody(told) == {"coordinator"}
    assert told("foreign_coordinator") == []


def test_who_is_assigned_is_told_and_no_neighbour_and_nobody_below(office, told):
    office.brought_to("assign")
    assert told("officer") == [("case", "assign")]
    assert told("other_officer") == told("sub_officer") == []


def test_what_one_did_is_no_news_to_oneself(office, told):
    case = office.brought_to("reply")
    assert ("case", "sign_reply") not in told("unit_leader")
    office.sign_reply(case)
    assert ("case", "sign_reply") in told("coordinator")
    assert told("unit_leader") == [("case", "reply")]


def test_a_worker_that_died_is_followed_and_nobody_is_told_twice(office, told, monkeypatch):
    office.brought_to("assign")
    monkeypatch.setattr("app.messages.services.telling._deliveries", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell_waiting()
    monkeypatch.undo()
    assert session().scalar(select(func.count()).select_from(Message)) == 0, "the whole of it or nothing"
    assert told("officer") == [("case", "assign")]
    assert tell_waiting() == 0


def test_a_step_that_was_rolled_back_is_told_to_nobody(office, told, cast):
    case = office.brought_to("assign")
    before = told("coordinator")

    def broken_off():
        with transaction() as writing:
            kept = writing.get_one(Case, case)
            kept.perform(kept.TABLE.actions("dispute"), cast["officer"], {Need.REASON: "不归我们管"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert told("coordinator") == before


def test_what_was_long_ago_is_no_news(cast, installation, told):
    from tests.support.reports import Office

    office = Office(installation, cast)
    report = office.report()
    office.decide(report, ReportAction.ASK, question="哪条路？")
    tell_waiting()
    with transaction() as writing:
        long_ago = cast["clerk"].at(clock.now() - timedelta(days=3))
        writing.get_one(Report, report).perform(ReportAction.ANSWER, long_ago, {Need.ANSWER: "天台路。"})
    assert told("inspector") == []


def test_whoever_has_a_report_in_hand_is_told_and_not_their_colleagues(cast, installation, told):
    from tests.support.reports import Office

    office = Office(installation, cast)
    report = office.report()
    with transaction() as writing:
        writing.get_one(Report, report).assigned_to_id = cast.people["inspector"]
    with transaction() as writing:
        writing.get_one(Report, report).perform(ReportAction.ADD, cast["clerk"], {Need.ADDITION: "今晚又来了。"})
    assert told("inspector") == [("report", "add")]
    assert told("inspector2") == []


def test_a_rating_leads_the_city_to_its_case_and_the_team_to_the_report(office, told, cast):
    from app.domain.people import CITIZEN

    (case,) = office.handed_over()
    with transaction() as writing:
        report = writing.get_one(Case, case).report
        report.state = "answered"
        writing.flush()
        report.perform(ReportAction.RATE, CITIZEN, {Need.RATING: "2"})
    assert told("coordinator")[-1] == ("case", "rate")
    assert told("inspector") == [("report", "rate")]
    message = session().scalars(select(Message).where(Message.event == "rate", Message.noun == "case")).one()
    assert (message.noun_id, message.number) == (case, the(case).number)
    assert words_of(session(), message, "zh").subject == f"{the(case).number} 评价"


def test_a_day_is_warned_of_before_on_and_after_to_ever_more(office, told, cast):
    case = office.brought_to("investigate")
    due = the(case).feedback_due_on
    seen = {}
    for days, name in ((-2, "due_soon"), (0, "due_today"), (1, "overdue")):
        moment = clock.at_local(due + timedelta(days=days), clock.local(clock.now()).time())
        with time_machine.travel(moment, tick=False):
            assert remind_all() >= 1
            assert remind_all() == 0, "left once"
            seen[name] = {login for login in LOGINS if ("case", name) in told(login)}
    assert seen["due_soon"] == {"officer"}
    assert seen["due_today"] == {"officer", "unit_leader"}
    assert seen["overdue"] == {"officer", "unit_leader", "coordinator"}


def test_measures_and_look_backs_are_warned_of_before_on_and_after_their_day(world, told):
    today, ours = clock.today(), world.ours
    with transaction() as writing:
        writing.get_one(Measure, ours.measure).due_on = today + timedelta(days=2)
        writing.get_one(Rectification, ours.cycles["signed_off"]).look_back_on = today + timedelta(days=2)
    seen = {}
    for days, stage in ((0, "soon"), (2, "today"), (3, "late")):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            assert remind_all() >= 2
            assert remind_all() == 0, "left once"
            for what in ("measure", "look_back"):
                event = f"{what}_{stage}"
                seen[event] = {login for login in (*LOGINS, "leader") if ("rectification", event) in told(login)}
    assert seen == {
        "measure_soon": {"officer"},
        "measure_today": {"officer", "unit_leader"},
        "measure_late": {"officer", "unit_leader", "coordinator"},
        "look_back_soon": {"inspector"},
        "look_back_today": {"inspector", "leader"},
        "look_back_late": {"inspector", "leader"},
    }
    about = session().scalars(select(Message.due).where(Message.event == "measure_late")).all()
    assert (today + timedelta(days=2)).isoformat() in about, "the measure's day, not the cycle's"


def test_a_question_that_nobody_answered_is_told_to_the_team(cast, installation, told):
    from tests.support.reports import Office

    report = Office(installation, cast).report()
    Office(installation, cast).decide(report, ReportAction.ASK, question="哪条路？")
    with time_machine.travel(clock.now() + timedelta(days=5), tick=False):
        assert remind_all() == 1
        assert told("inspector") == [("report", "unanswered")]


def test_nothing_of_the_reporter_stands_in_a_message(office, told):
    office.brought_to("sign_reply")
    told("coordinator")
    columns = [str(column.name) for column in Message.__table__.columns]
    assert columns == [
        "id", "outbox_id", "person_id", "inspection_id", "noun", "noun_id", "event", "number", "due", "at", "read_at",
    ]  # fmt: skip
    assert session().scalar(select(func.count()).select_from(Message)) != 0


def test_a_dispute_and_what_became_of_it_are_told_to_the_other_side(office, told, cast):
    case = office.brought_to("assign")
    services.dispute(cast["officer"], Contest(case, "不在我区"))
    assert told("coordinator")[-1] == ("case", "dispute")
    services.dismiss_dispute(cast["coordinator"], Step(case, words="在你区"))
    assert told("officer")[-1] == ("case", "dismiss_dispute")
