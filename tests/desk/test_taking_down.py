"""Taking down: kept once, sealed at once, marked when it is late; and what can be done for the reporter later."""

from datetime import time
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.db import session
from app.desk.commands import Act, TakeDown
from app.desk.queries import own_day, reports_by_telephone
from app.desk.services import act, keep_scans, take_down
from app.domain.attachment import attachments_of
from app.domain.evidence.resting import SentFile
from app.domain.receiving import Statement
from app.domain.report import Channel, Precision, Report
from app.domain.reporter import Identity, Reporter
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from tests.support.reports import CALLER, LUSONG, TIANYUAN, the_case, the_report


def picture(colour):
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def test_a_repeated_save_is_the_same_report_and_the_same_receipt(cast, installation):
    words = TakeDown(Statement(Channel.CALL, "黄烟"), CALLER, "k" * 40)
    first, again = (take_down(installation, cast["clerk"], cast.ours, words) for _ in range(2))
    assert (first.report.id, first.query_code, first.fresh) == (again.report.id, again.query_code, True)
    assert again.fresh is False
    assert session().scalar(select(func.count(Report.id))) == 1


def test_history_is_entered_as_it_was_printed(office):
    at = clock.at_local(clock.today().replace(year=2021, month=4, day=1), time(0))
    report = office.report(
        "养猪场臭", channel=Channel.UNSTATED, received_at=at, precision=Precision.DAY, received_printed="2021年4月",
        number="D430000202104010001", history=True,
    )  # fmt: skip
    kept = the_report(report)
    assert (kept.number, kept.precision, kept.history) == ("D430000202104010001", "day", True)


@pytest.mark.parametrize(("hour", "marked"), [(9, False), (21, True)])
def test_a_call_outside_hours_is_kept_and_marked(office, hour, marked):
    moment = clock.at_local(clock.today(), time(hour))
    assert the_report(office.report(at=moment, call_started_at=moment)).out_of_hours is marked


def test_scans_wait_for_their_letter_and_a_bad_file_does_not_sink_it(cast, installation):
    sent = (SentFile("a.png", picture("red")), SentFile("b.png", b"no picture"), SentFile("c.png", picture("blue")))
    refused = keep_scans(installation, cast["clerk"], "k" * 40, sent)
    assert len(refused) == 1
    words = TakeDown(Statement(Channel.LETTER, "信"), Reporter(), "k" * 40)
    kept = take_down(installation, cast["clerk"], cast.ours, words)
    assert len(attachments_of(session(), "report", kept.report.id)) == 2


def test_a_telephone_is_counted_and_not_named(office, cast, installation):
    first, second = office.report(), office.report()
    count = reports_by_telephone(installation, cast["clerk"], cast.ours, "199-0000-0101", besides=second)
    assert count == 1
    assert reports_by_telephone(installation, cast["clerk"], cast.ours, "19900009999") == 0
    assert session().scalar(select(Identity.phone_tail).where(Identity.noun_id == first)) == "01"
    with pytest.raises(NotFound):
        reports_by_telephone(installation, cast["foreign_clerk"], cast.ours, "19900000101")


def test_a_clerk_sees_their_own_entries_of_the_day(office, cast):
    mine = office.report()
    office.report(by="clerk2")
    day = own_day(cast["clerk"], cast.ours, clock.today())
    assert [row.id for row in day.rows] == [mine]
    assert day.counts == [(Channel.CALL, 1)]


def test_who_is_no_clerk_here_takes_nothing_down(office):
    for login in ("inspector", "supervisor"):
        with pytest.raises(NotAllowed):
            office.report(by=login)
    with pytest.raises(NotFound):
        office.report(by="foreign_clerk")


def test_a_phoned_answer_brings_the_report_back_to_triage(office, cast):
    report = office.report()
    office.decide(report, A.ASK, question="哪条路？")
    act(cast["clerk"], Act(report, A.ANSWER, {Need.ANSWER: "嵩山路"}))
    assert the_report(report).state == "registered"


def test_a_clerk_acts_on_own_entries_only_and_on_fresh_pages_only(office, cast):
    report = office.report()
    with pytest.raises(NotFound):
        act(cast["clerk2"], Act(report, A.ADD, {Need.ADDITION: "昨晚又有"}))
    seen = the_report(report).version
    act(cast["clerk"], Act(report, A.ADD, {Need.ADDITION: "昨晚又有"}))
    with pytest.raises(Stale):
        act(cast["clerk"], Act(report, A.ADD, {Need.ADDITION: "今早又有"}, seen))
    with pytest.raises(NotAllowed):
        act(cast["clerk"], Act(report, A.MARK_KEY, {Need.REASON: "重要"}))


def test_a_withdrawn_report_takes_its_cases_back_until_hand_over(office, cast):
    report = office.report()
    cases = office.accepted(report, TIANYUAN, LUSONG)
    with pytest.raises(Refused):
        act(cast["clerk"], Act(report, A.WITHDRAW, {Need.REASON: ""}))
    act(cast["clerk"], Act(report, A.WITHDRAW, {Need.REASON: "已经解决"}))
    assert the_report(report).state == "withdrawn"
    assert {the_case(case).state for case in cases} == {"cancelled"}
