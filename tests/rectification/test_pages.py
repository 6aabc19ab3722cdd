"""The room's pages: who sees what, what a form keeps, what the public page prints and what it never does."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from app.db import session, transaction
from app.domain.attachment import Attachment
from app.domain.people import CITIZEN
from app.domain.rectification import CHECKLIST, PRINTED, Objection, Progress
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import RectificationState as S
from app.kernel import clock
from app.rectification import queries, services
from app.rectification.commands import AnswerObjection, ObjectTo, Wish
from tests.rectification.conftest import CANARY, PUBLISHED
from tests.support.browsing import browse

ROOM = "/staff/rectification"


@pytest.fixture
def at(app, cast):
    return lambda login: browse(app).as_(cast, login)


def photograph(colour="green"):
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    out.seek(0)
    return out, "现场.jpg"


def test_a_plan_is_made_and_submitted_through_the_pages(make_case, cast, at):
    case = make_case()
    inspector = at("inspector")
    assert "某食品厂夜间排放废气" in inspector.get(f"{ROOM}/candidates")
    page = inspector.post(f"{ROOM}/open", {"case_id": case})
    cycle, officer = page.path.rpartition("/")[2], at("officer")
    officer.get(f"{ROOM}/{cycle}/add_measure")
    officer.submit({"measure": "更换活性炭", "unit": str(cast.units["tianyuan-eco"]), "due_on": "2026-12-01"})
    officer.get(f"{ROOM}/{cycle}/adopt_plan")
    officer.submit({"target": "废气达标", "due_on": "2026-12-31"})
    measure = next(link.get("href") for link in officer.page.all("a") if "/measures/" in link.get("href", ""))
    officer.get(measure)
    officer.submit({"progress": "done", "note": "已更换"})
    officer.get(f"{ROOM}/{cycle}/submit")
    shown = officer.submit({"evidence": "监测报告三份", "pictures": photograph()})
    assert "监测报告三份" in shown
    picture = next(image.get("src") for image in shown.all("img"))
    got = officer.get(picture)
    assert got.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    at("other_officer").get(picture, 404)


def test_the_step_is_signed_on_the_page_of_the_cycle(climber, at):
    climber.plan().submit()
    unit_leader = at("unit_leader")
    unit_leader.get(f"{ROOM}/{climber.cycle}")
    shown = unit_leader.submit({"evidence": "自查合格"}, f"{ROOM}/{climber.cycle}/self_check")
    assert "自查合格" in shown
    assert climber.record.steps[0].signed_as == "unit_leader"


def test_a_missing_line_of_the_checklist_is_told_beside_it_and_nothing_is_lost(climber, at):
    climber.plan().submit().up_to(A.SIGN_OFF)
    leader = at("leader")
    leader.get(f"{ROOM}/{climber.cycle}/sign_off")
    lines = {f"checklist_{code}": f"见附件{code}" for code in CHECKLIST}
    page = leader.submit({**lines, "checklist_effect": " ", "note": "同意销号"}, status=422)
    assert "见附件lasting" in page
    assert "checklist_effect-error" in page
    leader.submit({**lines, "note": "同意销号"})
    assert climber.record.status == S.SIGNED_OFF


def test_who_has_signed_before_is_told_why_the_button_is_shut(climber, at):
    climber.plan().submit().sign(A.SELF_CHECK).sign(A.COUNTY_ACCEPT)
    acceptor = at("acceptor")
    assert "同一人不得签两步，也不得签自己提交的事项。" in acceptor.get(f"{ROOM}/{climber.cycle}")
    assert "同一人不得签两步" in acceptor.get(f"{ROOM}/{climber.cycle}/city_accept", 422)


def test_a_bad_photograph_is_told_beside_its_field_and_the_good_ones_wait(climber, at):
    climber.plan()
    officer = at("officer")
    officer.get(f"{ROOM}/{climber.cycle}/submit")
    page = officer.submit(
        {"evidence": "材料", "pictures": [photograph(), (BytesIO(b"no picture"), "x.jpg")]}, status=422
    )
    assert "已收到1张照片" in page
    assert "只能添加照片" in page
    officer.submit({"evidence": "材料"})
    assert session().query(Attachment).filter_by(noun="rectification", noun_id=climber.cycle).count() == 1


def test_a_page_that_somebody_was_faster_on_is_stale(climber, at):
    climber.plan().submit()
    unit_leader = at("unit_leader")
    unit_leader.get(f"{ROOM}/{climber.cycle}/self_check")
    climber.sign(A.SELF_CHECK)
    assert "我写的自查" in unit_leader.submit({"evidence": "我写的自查意见"}, status=409)


@pytest.mark.parametrize(
    ("login", "status"), [("other_officer", 404), ("foreign_inspector", 404), ("clerk", 403), ("auditor", 403)]
)
def test_a_cycle_is_shown_to_those_it_concerns(climber, at, login, status):
    for path in ("", "/dossier", "/refuse"):
        at(login).get(f"{ROOM}/{climber.cycle}{path}", status)


@pytest.mark.parametrize(
    "login", ["officer", "unit_leader", "acceptor", "coordinator", "inspector", "leader", "supervisor"]
)
def test_the_room_never_tells_the_reporters_words(climber, at, login, installation):
    climber.plan().submit().up_to(A.LEADER_SIGN)
    browser = at(login)
    for path in (ROOM, f"{ROOM}/{climber.cycle}", f"{ROOM}/{climber.cycle}/dossier"):
        page = browser.get(path)
        assert CANARY not in page
        assert "举报者甲" not in page
        assert f"{clock.local(climber.record.case.report.received_at):%H:%M:%S}" not in page


def test_the_list_is_cut_by_step_by_lateness_and_by_progress(make_climber, cast):
    planning, climbing = make_climber(), make_climber().plan().submit()
    behind = make_climber().plan(progress=Progress.BEHIND)
    with transaction() as database:
        database.merge(behind.record.measures[0]).due_on = clock.today() - timedelta(days=1)

    def found(**wish):
        from app.domain.inspection import Inspection

        inspection = session().get_one(Inspection, cast.ours)
        page, total = queries.listing(cast["coordinator"], inspection, Wish(**wish))
        assert total == len(page.rows)
        return {row.id for row in page.rows}

    assert found() == {planning.cycle, climbing.cycle, behind.cycle}
    assert found(stand="planning") == {planning.cycle}
    assert found(stand="self_check") == {climbing.cycle}
    assert found(due="late") == found(progress="behind") == {behind.cycle}
    assert found(progress="done") == {climbing.cycle}
    assert found(number=climbing.record.case.number) == {climbing.cycle}
    climbing.sign(A.SELF_CHECK)
    assert found(stand="self_check") == set()
    assert found(stand="county") == {climbing.cycle}


def test_what_waits_is_what_one_may_do(make_climber, cast, at):
    from app.domain.inspection import Inspection

    def waits(login):
        return {
            one.stand: one.count for one in queries.waiting_work(cast[login], session().get_one(Inspection, cast.ours))
        }

    climber, _planning = make_climber().plan().submit(), make_climber()
    assert waits("officer") == {"planning": 1}
    assert waits("other_officer") == {}
    assert waits("unit_leader")["self_check"] == 1
    climber.sign(A.SELF_CHECK).sign(A.COUNTY_ACCEPT)
    assert "city" not in waits("acceptor")
    assert waits("city_acceptor") == {"city": 1}
    climber.sign(A.CITY_ACCEPT)
    assert waits("coordinator") == {"notice": 1}
    climber.sign(A.OPEN_NOTICE)
    assert waits("coordinator") == {}
    assert at("city_acceptor").get(ROOM).status == 200


def test_the_public_notice_prints_its_columns_and_nothing_else(climber, app):
    climber.moment = clock.now() - timedelta(days=12)
    climber.plan().submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)
    headings = "受理编号 " + " ".join(zh for zh, _en in PRINTED.values())
    table = "交办问题基本情况 行政区域 调查核实情况 是否属实 处理和整改情况 问责情况 答复信访人情况"
    for path, more in (("/notices", ""), (f"/notices/{climber.record.notice.id}", table)):
        page = browse(app).get(path)
        assert [heading for heading in f"{headings} {more}".split() if heading not in page] == []
        assert [text for text in PUBLISHED.values() if text not in page and more] == []
        assert "更换活性炭" in page
        assert CANARY not in page
        assert "现场查看，符合要求" not in page


def test_a_citizen_objects_without_an_account(climber, app, cast, at):
    climber.moment = clock.now() - timedelta(days=12)
    climber.plan().submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)
    notice, browser = climber.record.notice.id, browse(app)
    browser.get(f"/notices/{notice}")
    page = browser.submit({"words": "", "phone": "12"}, status=422)
    assert "words-error" in page
    assert "phone-error" in page
    received = browser.submit({"words": "夜里还在排", "name": "反对者王小二", "phone": "13912345678"})
    assert "已收到您的异议" in received
    assert "王小二" not in received
    assert "夜里还在排" not in browser.get(f"/notices/{notice}")
    objection = session().query(Objection).one().id
    coordinator = at("coordinator")
    address = f"{ROOM}/{climber.cycle}/objections/{objection}"
    assert "夜里还在排" in coordinator.get(address)
    assert "王小二" not in coordinator.page
    coordinator.submit({"decision": "upheld", "answer": ""}, status=422)
    coordinator.submit({"decision": "upheld", "answer": "属实，退回整改"})
    assert climber.record.status == S.RECTIFYING
    assert "该事项已退回整改" in browser.get(f"/notices/{notice}")
    at("officer").get(address, 403)


def test_the_dossier_prints_everything_of_its_cycle(climber, at, installation):
    climber.plan().submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)
    made = services.object_to(
        CITIZEN.at(climber.moment), installation, ObjectTo(climber.record.notice.id, "烟囱还在冒烟", "k")
    )
    services.answer_objection(
        climber.who("coordinator"), AnswerObjection(made.objection_id, upheld=False, answer="复测达标")
    )
    climber.sign(A.CLOSE_NOTICE).sign(A.LEADER_SIGN).sign(A.SIGN_OFF).sign(A.FILE).sign(A.FIND_CONSOLIDATED)
    page = at("inspector").get(f"{ROOM}/{climber.cycle}/dossier")
    for words in (
        "废气达标排放",
        "更换活性炭",
        "监测报告三份",
        "现场查看，符合要求",
        "烟囱还在冒烟",
        "复测达标",
        "随机抽查",
        *(zh for zh, _en in CHECKLIST.values()),
    ):
        assert words in page
    assert at("officer").get(f"{ROOM}/{climber.cycle}/dossier?lang=en").status == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_speaks_both_languages(climber, at, app, lang):
    climber.plan().submit().up_to(A.OPEN_NOTICE)
    for login, path in (
        ("coordinator", "/open_notice"),
        ("coordinator", "/refuse"),
        ("coordinator", ""),
        ("supervisor", ""),
    ):
        at(login).get(f"{ROOM}/{climber.cycle}{path}?lang={lang}")
    at("inspector").get(f"{ROOM}/candidates?lang={lang}")
    at("inspector").get(f"{ROOM}?lang={lang}&due=late")
    browse(app).get(f"/notices?lang={lang}")
