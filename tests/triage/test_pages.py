"""Triage's pages: a queue of fixed cost, a report without its reporter, and a page for each decision."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import event

from app.db import db, session, transaction
from app.desk.services import keep_scans
from app.domain.attachment import attach_waiting, attachments_of
from app.domain.evidence.resting import SentFile
from app.domain.region import areas_of
from app.domain.report import Channel, Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock
from app.triage.queries.filters import Filters
from app.triage.queries.queue import count_each, queue
from tests.support.browsing import browse
from tests.support.reports import CALLER, LUSONG, TIANYUAN, the_case, the_report

HOME = "/staff/triage/"
MOST_STATEMENTS = 8


@pytest.fixture
def inspector(app, cast):
    return browse(app).as_(cast, "inspector")


@pytest.fixture
def leader(app, cast):
    return browse(app).as_(cast, "leader")


def many(cast, number):
    """Rows of a queue, written at once: the numbers are not of interest here."""
    moment = clock.now() - timedelta(hours=number)
    with transaction() as s:
        areas = [area.code for area in areas_of(s, "430200")]
        for serial in range(number):
            s.add(
                Report(
                    inspection_id=cast.ours, number=f"D2ZZX{serial:04}", channel=str(Channel.CALL), description="烟" * 300,
                    received_at=moment + timedelta(minutes=serial), area_code=areas[serial % len(areas)],
                    state=str(ReportState.REGISTERED), state_since=moment, version=1,
                )
            )  # fmt: skip


def test_a_page_of_the_queue_costs_at_most_eight_statements_however_long_it_is(app, cast, inspector):
    many(cast, 300)
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        page = inspector.get(HOME)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert "D2ZZX0049" in page
    assert "D2ZZX0050" not in page
    assert len(seen) <= MOST_STATEMENTS, "\n".join(seen)


def test_turning_the_pages_shows_every_report_once(cast):
    many(cast, 120)
    numbers, cursor = [], ""
    while True:
        page = queue(cast["inspector"], cast.ours, Filters(), cursor)
        numbers += [row.number for row in page.rows]
        if not page.later:
            break
        cursor = page.later
    assert numbers == [f"D2ZZX{serial:04}" for serial in range(120)]


def test_the_queue_is_cut_by_state_channel_area_key_and_number(office, cast):
    call, letter = office.report(), office.report(channel=Channel.LETTER, area_code=LUSONG)
    office.decide(letter, A.MARK_KEY, by="leader", reason="涉饮用水")
    voided = office.report()
    office.decide(voided, A.VOID, reason="广告")

    def ids(**cut):
        return [row.id for row in queue(cast["inspector"], cast.ours, Filters(**cut)).rows]

    assert ids() == [call, letter]
    assert ids(state=None) == [voided, letter, call]
    assert ids(state=ReportState.VOIDED) == [voided]
    assert ids(channel=Channel.LETTER) == ids(area=LUSONG) == ids(key=True) == [letter]
    assert ids(number=the_report(call).number) == [call]
    every = {"waiting": Filters(), "every": Filters(state=None)}
    assert count_each(cast["inspector"], cast.ours, every) == {"waiting": 2, "every": 3}
    assert count_each(cast["foreign_inspector"], cast.ours, every) == {"waiting": 0, "every": 0}


def test_a_report_shows_its_words_and_never_its_reporter(inspector, office):
    report = office.report("夜里有黄烟。<b>请看</b>")
    page = inspector.get(f"{HOME}report/{report}")
    assert "&lt;b&gt;请看&lt;/b&gt;" in page
    for words in (CALLER.name, CALLER.phone, CALLER.address, f"•{CALLER.phone[-2:]}"):
        assert words not in page


@pytest.mark.parametrize(("login", "known"), [("inspector", True), ("leader", True), ("supervisor", False)])
def test_whether_a_name_was_given_and_a_telephone_called_before_is_for_the_team_alone(app, cast, office, login, known):
    office.report()
    page = browse(app).as_(cast, login).get(f"{HOME}report/{office.report()}")
    assert ("实名" in page) is known
    assert ("另有1件" in page) is known


def test_likely_repeats_are_those_of_the_same_polluter_and_the_numbers_that_were_named(inspector, office):
    first = office.report(polluter="某厂")
    named = office.report(reporter=Reporter())
    second = office.report(polluter="某厂", earlier=f"打过一次，{the_report(named).number}")
    page = inspector.get(f"{HOME}report/{second}")
    assert the_report(first).number in page
    assert the_report(named).number in page


def test_a_picture_is_handed_out_safely_and_to_those_who_see_its_report(app, cast, inspector, office, installation):
    report, other = office.report(), office.report()
    out = BytesIO()
    Image.new("RGB", (30, 20), "green").save(out, "JPEG")
    keep_scans(installation, cast["clerk"], "k" * 40, (SentFile("", out.getvalue()),))
    with transaction() as s:
        attach_waiting(s, "k" * 40, "report", report)
    token = attachments_of(session(), "report", report)[0].token
    session().rollback()
    page = inspector.get(f"{HOME}report/{report}/file/{token}")
    assert page.headers["Content-Type"] == "image/jpeg"
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert page.headers["Content-Security-Policy"].startswith("sandbox")
    inspector.get(f"{HOME}report/{other}/file/{token}", status=404)
    browse(app).as_(cast, "foreign_inspector").get(f"{HOME}report/{report}/file/{token}", status=404)
    assert f"file/{token}" in inspector.get(f"{HOME}report/{report}")


def test_a_report_of_two_areas_is_accepted_and_its_texts_approved(inspector, office):
    report = office.report("本人家住3栋602室，两家店油烟。")
    inspector.get(f"{HOME}report/{report}/do/accept")
    typed = {"types": ["air"], "parts-0-area": TIANYUAN, "parts-0-points": "油烟\n\n噪声"}
    inspector.submit({**typed, "more": "yes"}, status=200)
    page = inspector.submit({"parts-1-area": LUSONG, "parts-1-points": "扬尘"})
    assert "转办文本" in page
    first, second = the_report(report).cases
    assert (first.points, second.points) == (["油烟", "噪声"], ["扬尘"])
    inspector.get(f"{HOME}case/{first.id}/text")
    inspector.submit({"text": "我家反映油烟。"}, status=422)
    assert "自称" in inspector.page
    inspector.submit({"kept-0-reason": "转述原话，不指向具体人"})
    assert the_case(first.id).handover_text == "我家反映油烟。"


def test_an_area_without_a_point_comes_back_with_everything_that_was_typed(inspector, office):
    inspector.get(f"{HOME}report/{office.report()}/do/accept")
    page = inspector.submit({"types": ["air"], "parts-0-area": "", "parts-0-points": "油烟"}, status=422)
    assert page.form().values["parts-0-points"] == "油烟"


def test_an_acceptance_that_was_undone_is_offered_again(inspector, office):
    report = office.report()
    office.accepted(report, TIANYUAN, LUSONG)
    office.decide(report, A.UNDO, by="leader", reason="区域有误")
    values = inspector.get(f"{HOME}report/{report}/do/accept").form().values
    assert (values["parts-0-area"], values["parts-1-area"], values["types"]) == (TIANYUAN, LUSONG, ["air"])


def test_a_class_of_referral_fills_in_body_and_words(inspector, office):
    report = office.report("工资没发")
    inspector.get(f"{HOME}report/{report}/do/refer")
    values = inspector.get(f"{HOME}report/{report}/do/refer?class=labour").form().values
    assert values["receiving_body"] == "市人力资源和社会保障局"
    assert the_report(report).number in values["advice"]
    assert "已移交" in inspector.submit({})


def test_every_other_decision_has_its_page(inspector, leader, office):
    first, second = office.report(), office.report()
    number = the_report(first).number
    inspector.get(f"{HOME}report/{second}/do/merge?earlier={number}")
    inspector.submit({"earlier": "D999"}, status=422)
    inspector.submit({"earlier": number}, status=200)
    inspector.submit({})
    leader.get(f"{HOME}report/{second}/do/undo")
    leader.submit({"reason": "不是同一事项"})
    for action, words in (("void", {"reason": "广告"}),):
        report = office.report()
        inspector.get(f"{HOME}report/{report}/do/{action}")
        inspector.submit(dict.fromkeys(words, ""), status=422)
        inspector.submit(words)
    leader.get(f"{HOME}report/{first}/do/mark_key")
    assert "重点" in leader.submit({"reason": "涉饮用水"})
    assert the_report(first).key


def test_a_stale_decision_keeps_its_words(inspector, office):
    report = office.report()
    inspector.get(f"{HOME}report/{report}/do/ask")
    office.decide(report, A.VOID, reason="广告")
    assert "到底在哪条路？" in inspector.submit({"question": "到底在哪条路？"}, status=409)


def test_somebody_elses_report_and_a_missing_one_look_alike(app, cast, office):
    stranger, report = browse(app).as_(cast, "foreign_inspector"), office.report()
    [case] = office.accepted(report)
    for path in (f"report/{report}", "report/999", f"report/{report}/do/ask", f"case/{case}/text", "case/999/text"):
        stranger.get(HOME + path, status=404)


def test_a_supervisor_reads_and_decides_nothing(app, cast, office):
    report = office.report()
    [case] = office.accepted(report)
    browser = browse(app).as_(cast, "supervisor")
    assert "/do/" not in browser.get(f"{HOME}report/{report}")
    assert browser.get(f"{HOME}case/{case}/text").forms() == []
    browser.get(f"{HOME}report/{report}/do/void", status=403)
    browser.post(f"{HOME}case/{case}/text", {"text": "换"}, status=403)


@pytest.mark.parametrize("login", ["clerk", "coordinator", "officer", "custodian", "auditor", "administrator"])
def test_triage_is_open_to_the_team_alone(app, cast, login):
    browse(app).as_(cast, login).get(HOME, status=403)
