"""The pages: who sees which case, and that nothing of the reporter comes along."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from app.casework import services
from app.casework.commands import KeepPictures, Return, Step
from app.casework.routes.listing import waiting_work
from app.db import session, transaction
from app.domain.attachment import attach_waiting, attachments_of, take_picture
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.report import Channel, Report
from app.domain.reporter import Reporter
from app.domain.ringing import RingUp
from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel import clock
from app.kernel.errors import Refused
from app.web.paging import read_page
from tests.casework.office import HANDED, POINTS, SPOKEN, a_photograph, happened_otherwise, the, unfounded
from tests.support.browsing import browse

LIST = "/staff/casework/"
LOCALITY = ("coordinator", "officer", "unit_leader")
TEAM = ("inspector", "leader", "supervisor")


def page_of(key: int, more: str = "") -> str:
    return f"{LIST}{key}{more}"


@pytest.mark.parametrize("who", [*LOCALITY, *TEAM])
def test_whoever_works_on_a_case_reads_what_was_handed_over(app, office, cast, who):
    key = office.brought_to("sign_reply")
    browser = browse(app).as_(cast, who)
    assert the(key).number in browser.get(LIST)
    page = browser.get(page_of(key))
    assert HANDED in page
    assert POINTS[0] in page


@pytest.mark.parametrize("who", LOCALITY)
def test_the_locality_never_reads_the_reporters_words_nor_the_hour(app, office, cast, who):
    hour = clock.at_local(clock.today() - timedelta(days=1), time(3, 17))
    key = office.brought_to("reply", received_at=hour)
    services.sign_reply(cast["unit_leader"], Step(key))
    browser = browse(app).as_(cast, who)
    for address in (LIST, page_of(key), page_of(key, "/versions"), page_of(key) + "?lang=en"):
        page = browser.get(address)
        assert SPOKEN not in page
        assert "03:17" not in page


@pytest.mark.parametrize("last", ["assign", "investigate"])
def test_forms_of_the_unit_show_no_word_of_the_reporter(app, office, cast, last):
    key = office.brought_to(last)
    browser = browse(app).as_(cast, "officer")
    for action in {"assign": ("dispute", "investigate"), "investigate": ("reply",)}[last]:
        page = browser.get(page_of(key, f"/{action}"))
        assert HANDED in page
        assert SPOKEN not in page


def test_the_reason_of_a_dissatisfied_reporter_stays_with_the_team(app, office, cast):
    key = office.brought_to("city_pass")
    services.pass_reply(cast["inspector"], Step(key))
    office.publish(key)
    services.reopen(cast["inspector"], Step(key, "举报人说臭味还在"))
    assert "举报人说臭味还在" not in browse(app).as_(cast, "officer").get(page_of(key))
    assert "举报人说臭味还在" in browse(app).as_(cast, "supervisor").get(page_of(key))


def test_the_unit_reads_why_its_reply_was_returned_but_not_the_teams_notes(app, office, cast):
    key = office.brought_to("city_pass", **unfounded())
    services.require_check(cast["inspector"], Step(key, "内部意见"))
    services.team_return(cast["inspector2"], Step(key, "请补充监测报告"))
    page = browse(app).as_(cast, "officer").get(page_of(key))
    assert "请补充监测报告" in page
    assert "内部意见" not in page


@pytest.mark.parametrize("who", ["other_officer", "sub_officer", "foreign_inspector", "foreign_coordinator"])
def test_somebody_elses_case_and_a_missing_one_are_the_same(app, office, cast, who):
    key = office.brought_to("assign")
    browser = browse(app).as_(cast, who)
    assert the(key).number not in browser.get(LIST)
    theirs, missing = browser.get(page_of(key), 404), browser.get(page_of(987654), 404)
    assert theirs.words == missing.words


@pytest.mark.parametrize("who", ["clerk", "custodian", "administrator", "auditor", "acceptor"])
def test_who_has_no_part_in_casework_is_shut_out(app, cast, who):
    browse(app).as_(cast, who).get(LIST, 403)


def test_a_case_that_was_not_handed_over_is_not_here(app, office, cast):
    (key,) = office.handed_over()
    with transaction() as s:
        report = s.get_one(Case, key).report
        case = Case(inspection=report.inspection, inspection_id=cast.ours, report=report, report_id=report.id,
                    part=9, number="X-9", handover_text=SPOKEN)  # fmt: skip
        case.begin(s, CaseAction.OPEN, cast["inspector"])
        fresh = case.id
    browser = browse(app).as_(cast, "inspector")
    assert "X-9" not in browser.get(LIST + "?state=all")
    browser.get(page_of(fresh), 404)


def test_the_list_is_cut_by_state_area_work_and_lateness(app, office, cast):
    late, fresh = office.brought_to("assign"), office.brought_to("investigate", key="two")
    happened_otherwise(late, feedback_due_on=clock.today() - timedelta(days=2))
    browser = browse(app).as_(cast, "officer")
    old, new = the(late).number, the(fresh).number
    for query, there, away in (
        ("?late=yes", old, new),
        ("?state=investigating", new, old),
        ("?mine=yes&state=assigned", old, new),
        ("?mine=yes&state=investigating", new, old),
    ):
        page = browser.get(LIST + query)
        assert there in page, query
        assert away not in page, query
    assert "逾期2天" in browser.get(LIST)
    assert old in browser.get(LIST + "?area=430211&mine=yes&state=nonsense")
    assert old not in browser.get(LIST + "?state=published")


def test_a_reply_that_came_late_is_found_as_late(app, office, cast):
    key = office.brought_to("reply")
    happened_otherwise(key, feedback_due_on=clock.today() - timedelta(days=1))
    assert the(key).number in browse(app).as_(cast, "coordinator").get(LIST + "?late=yes")
    happened_otherwise(key, feedback_due_on=clock.today())
    assert the(key).number not in browse(app).as_(cast, "coordinator").get(LIST + "?late=yes")


def test_pages_of_the_list_follow_each_other(app, office, cast, monkeypatch):
    monkeypatch.setitem(read_page.__kwdefaults__, "size", 1)
    numbers = {the(key).number for key in office.handed_over("a", parts=3)}
    browser, seen, address = browse(app).as_(cast, "coordinator"), set(), LIST
    while address:
        page = browser.get(address)
        seen |= {number for number in numbers if number in page}
        later = [a.get("href") for a in page.all("a") if a.get("rel") == "next"]
        address = LIST + later[0] if later else ""
    assert seen == numbers


def test_the_city_assigns_on_its_page(app, office, cast):
    (key,) = office.handed_over()
    browser = browse(app).as_(cast, "coordinator")
    browser.get(page_of(key, "/assign"))
    browser.submit({"lead": str(cast.units["tianyuan"]), "supporting": [str(cast.units["tianyuan-eco"])]})
    assert the(key).status == S.ASSIGNED


def test_a_press_from_a_page_that_has_moved_on_is_stale(app, office, cast):
    key = office.brought_to("assign")
    browser = browse(app).as_(cast, "officer")
    browser.get(page_of(key))
    services.investigate(cast["officer"], Step(key))
    browser.submit(action=page_of(key, "/investigate"), status=409)


def test_a_refused_step_keeps_what_was_typed(app, office, cast):
    key = office.brought_to("assign")
    browser = browse(app).as_(cast, "inspector")
    browser.get(page_of(key, "/extend"))
    page = browser.submit({"new_date": "2001-01-01", "reason": "需要专家论证"}, status=422)
    assert "需要专家论证" in page


def test_the_unit_replies_on_its_page_and_is_led_to_whatever_is_missing(app, office, cast):
    key = office.brought_to("investigate")
    browser = browse(app).as_(cast, "officer")
    browser.get(page_of(key, "/reply"))
    words = {
        "finding_1": "经查属实。", "verdict_1": "true", "finding_2": "未发现。", "verdict_2": "unfounded",
        "verdict": "", "completion": "done", "report_upward": "上报", "publication_draft": "公开",
        "answer": "", "handling": "已停产，罚款1234.5元，立案1起。", "fines": "1,234.5", "penalty_cases": "1",
        "fines_unit": "市生态环境局", "fines_document": "株环罚〔2026〕3号", "fines_dated": "2026-11-03",
        "fines_file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "决定书.pdf"),
        "planned_text_1": "安装除臭设施", "place_1": "厂区东门", "before": (BytesIO(a_photograph()), "else.jpg"),
        "before_1": (BytesIO(a_photograph()), "before.jpg"), "after_1": (BytesIO(a_photograph("red")), "after.jpg"),
    }  # fmt: skip
    refused = browser.submit(words, status=422)
    assert "经查属实。" in refused
    assert "1张已收到" in refused
    refused = browser.submit({"answer": "已处理"}, status=422)
    for field in ("penalty_cases_unit", "penalty_cases_document", "penalty_cases_dated", "planned_day_1"):
        assert f'<a href="#{field}">' in refused
    assert 'href="#fines_unit"' not in refused
    found = {f"penalty_cases_{part}": words[f"fines_{part}"] for part in ("unit", "document", "dated")}
    refused = browser.submit(found | {"planned_day_1": "2027-01-31", "do": "check"}, status=422)
    assert "已办结，却还有后续整改措施没有完成" in refused
    assert "立案处罚(家)：执法数据没有附文书" in refused
    why = {"because_done_with_open_measures": "主体已完成。", "because_figure_without_copy_penalty_cases": "随件寄送。"}
    assert "没有缺项" in browser.submit(why | {"do": "check"}, status=200)
    assert the(key).replies == []
    browser.submit()
    reply = the(key).reply
    assert (reply.verdict, str(reply.fines)) == ("partly", "1234.50")
    assert len(attachments_of(session(), "reply", reply.id)) == 4
    page = browser.get(page_of(key))
    for said in ("株环罚〔2026〕3号", "厂区东门", "安装除臭设施", "主体已完成。", "整改前：厂区东门", "随件寄送。"):
        assert said in page
    copy = next(one for one in attachments_of(session(), "reply", reply.id) if one.kind == "document")
    assert browser.get(f"{LIST}attachments/{copy.token}").body.startswith(b"%PDF")
    browse(app).as_(cast, "other_officer").get(f"{LIST}attachments/{copy.token}", 404)


def test_a_draft_loses_nothing_and_is_gone_when_it_was_sent(app, office, cast):
    key = office.brought_to("investigate")
    browser = browse(app).as_(cast, "officer")
    browser.get(page_of(key, "/reply"))
    kept = browser.submit({"finding_1": "写了一半", "place_1": "东门", "fines": "不清楚", "do": "keep"}, status=200)
    assert "已保存" in kept
    browser.submit({"do": "more:spot"}, status=200)
    values = browser.get(page_of(key, "/reply")).form().values
    assert (values["finding_1"], values["place_1"], values["fines"], values["spot_rows"]) == (
        "写了一半", "东门", "不清楚", "3",
    )  # fmt: skip
    assert "写了一半" not in browse(app).as_(cast, "sub_officer").get(page_of(key, "/reply"), None).text
    assert browser.submit({"do": "anew"}, status=200).form().values["finding_1"] == ""
    browser.submit({"finding_1": "又写了一半", "do": "keep"}, status=200)
    office.reply(key)
    services.send_back(cast["unit_leader"], Return(key, "", ("没有照片", "")))
    page = browser.get(page_of(key, "/reply"))
    assert "又写了一半" not in page, "another version was sent since"
    assert "没有照片" in page
    assert "没有照片" in browser.get(page_of(key))


def test_reviewers_give_a_reason_for_each_point_beside_the_reply(app, office, cast):
    key = office.brought_to("city_pass")
    browser = browse(app).as_(cast, "inspector")
    assert "上报的办理情况" in browser.get(page_of(key, "/team_return"))
    browser.submit({}, status=422)
    browser.submit({"point_2": "请在夜间再测"})
    assert the(key).reply.points[1].returned_for == "请在夜间再测"
    assert "请在夜间再测" in browse(app).as_(cast, "officer").get(page_of(key, "/reply"))


def test_the_team_has_a_reporter_called_back_and_the_locality_reads_nothing_of_it(app, office, cast):
    key = office.brought_to("city_pass", reporter=Reporter(phone="13800138000", anonymous=True))
    services.pass_reply(cast["inspector"], Step(key))
    browser = browse(app).as_(cast, "inspector")
    assert "满意" in browser.get(page_of(key, "/call_back")).form().values["script"]
    browser.submit({"script": "您好，请问最近反映过问题吗？"})
    ring_up = session().scalars(select(RingUp)).one()
    assert (ring_up.case_id, ring_up.occasion, ring_up.ended_at) == (key, "call_back", None)
    assert "已经安排了回访" in browser.get(page_of(key))
    assert "回访" in browser.get(page_of(key))
    for login in ("officer", "coordinator"):
        page = browse(app).as_(cast, login).get(page_of(key))
        assert "回访" not in page
        assert "请问最近反映过问题吗" not in page
    services.reopen(cast["inspector"], Step(key, "再核实"))
    assert session().get(RingUp, ring_up.id, populate_existing=True).ended_at is not None


def test_nobody_is_called_back_who_left_no_telephone(office, cast):
    key = office.brought_to("city_pass")
    services.pass_reply(cast["inspector"], Step(key))
    with pytest.raises(Refused):
        services.call_back(cast["inspector"], Step(key, "您好"))


def test_a_new_version_begins_with_the_words_of_the_last_one(app, office, cast):
    key = office.brought_to("reply")
    services.send_back(cast["unit_leader"], Step(key, "请改"))
    browser = browse(app).as_(cast, "officer")
    assert "上报的办理情况" in browser.get(page_of(key, "/reply"))
    browser.submit({"report_upward": "改过的办理情况"})
    page = browser.get(page_of(key, "/versions"))
    assert "<del>上报的办理情况</del><ins>改过的办理情况</ins>" in page
    assert "上报的办理情况" in browser.get(page_of(key))


def test_the_inspector_publishes_after_looking_at_what_was_marked(app, office, cast):
    key = office.brought_to("city_pass", publication_draft="经查，3栋业主反映属实。")
    services.pass_reply(cast["inspector"], Step(key))
    browser = browse(app).as_(cast, "inspector")
    assert "3栋" in browser.get(page_of(key, "/publish"))
    browser.submit(status=422)
    browser.submit({"confirmed": ["3栋"]})
    assert the(key).publication_text == "经查，3栋业主反映属实。"
    assert the(key).publication_problem == HANDED


def test_what_the_inspector_had_edited_is_there_again_until_the_unit_replies_anew(app, office, cast):
    key = office.brought_to("city_pass", publication_draft="单位的原稿")
    services.pass_reply(cast["inspector"], Step(key))
    office.publish(key)
    services.unpublish(cast["leader"], Step(key, "改一个字"))
    browser = browse(app).as_(cast, "inspector")
    assert browser.get(page_of(key, "/publish")).form().values["publication_text"] == "经查，属实。"
    services.reopen(cast["inspector"], Step(key, "再核实"))
    services.team_return(cast["inspector"], Step(key, "请补充"))
    office.reply(key, publication_draft="单位的新稿")
    office.sign_reply(key)
    office.city_pass(key)
    services.pass_reply(cast["inspector"], Step(key))
    assert browser.get(page_of(key, "/publish")).form().values["publication_text"] == "单位的新稿"


def test_pictures_are_shown_to_whoever_may_see_the_case(app, office, cast, installation):
    key = office.brought_to("investigate")
    services.keep_pictures(cast["officer"], installation, KeepPictures(key, "form", "after", (a_photograph(),)))
    office.reply(key, form_key="form")
    token = attachments_of(session(), "reply", the(key).reply.id)[0].token
    address = f"{LIST}attachments/{token}"
    assert address in browse(app).as_(cast, "officer").get(page_of(key))
    answer = browse(app).as_(cast, "coordinator").get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("other_officer", "foreign_inspector"):
        browse(app).as_(cast, who).get(address, 404)
    browse(app).as_(cast, "officer").get(f"{LIST}attachments/nothing", 404)


@pytest.mark.parametrize(("channel", "status"), [(Channel.WEB, 200), (Channel.LETTER, 404), (Channel.PASSED_ON, 404)])
def test_photographs_of_the_reporter_are_handed_over_and_scans_of_paper_are_not(
    app, office, cast, installation, channel, status
):
    (key,) = office.handed_over(channel=channel)
    office.assign(key)
    with transaction() as s:
        report = s.get_one(Report, s.get_one(Case, key).report_id)
        files, public = installation.files, installation.vault.public
        token = take_picture(s, files, public, a_photograph(), "sent", clock.now()).token
        attach_waiting(s, "sent", "report", report.id)
    browser = browse(app).as_(cast, "officer")
    assert (token in browser.get(page_of(key))) is (status == 200)
    browser.get(f"{LIST}attachments/{token}", status)


def test_a_picture_that_only_waits_is_nobodys_yet(app, office, cast, installation):
    with transaction() as s:
        token = take_picture(s, installation.files, installation.vault.public, a_photograph(), "k", clock.now()).token
    browse(app).as_(cast, "inspector").get(f"{LIST}attachments/{token}", 404)


def test_what_waits_stands_on_the_home_page_of_whose_work_it_is(app, office, cast):
    key = office.brought_to("city_pass", **unfounded())
    office.brought_to("assign", key="two")
    with app.test_request_context():
        inspection = session().get_one(Inspection, cast.ours)
        found = {
            who: {w.label: w.count for w in waiting_work(cast[who], inspection) if w.count}
            for who in (*LOCALITY, *TEAM)
        }
    assert found["officer"].get(S.ASSIGNED) == 1
    assert found["inspector"].get(S.TEAM_REVIEW) == 1
    assert found["unit_leader"].get(S.SIGNING) is None
    services.require_check(cast["inspector"], Step(key, "请复核"))
    with app.test_request_context():
        label = S.SECOND_CHECK
        counts = {who: {w.label: w.count for w in waiting_work(cast[who], inspection) if w.count} for who in TEAM}
    assert label not in counts["inspector"]
    assert counts["leader"][label] == 1
    assert label not in counts["supervisor"]


def test_a_watcher_is_told_what_is_late(app, office, cast):
    key = office.brought_to("assign")
    happened_otherwise(key, feedback_due_on=clock.today() - timedelta(days=1))
    with app.test_request_context():
        inspection = session().get_one(Inspection, cast.ours)
        found = {w.label: w for w in waiting_work(cast["supervisor"], inspection)}
    assert found["Late cases"].count == found["Late cases"].late == 1
