"""What a sign-off rests on: evidence line by line, the same fault elsewhere, one archive, look-backs, new reports."""

import re
import subprocess
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from sqlalchemy import select

from app.db import session, transaction
from app.domain.alarm import Alarm, AlarmKind
from app.domain.case import Case, Reply
from app.domain.dossier import SUMS, DossierCopy
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry, verify
from app.domain.message import Message
from app.domain.people import CITIZEN, SYSTEM
from app.domain.receiving import Statement, receive
from app.domain.rectification import CHECKLIST
from app.domain.report import Channel, Report
from app.domain.reporter import Reporter
from app.domain.spot_check import DrawnAs
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import RectificationState as S
from app.kernel import clock, crypto
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.messages.services.telling import tell_waiting
from app.rectification import queries, services
from app.rectification.commands import DecideFault, Gather, ObjectTo
from app.triage.alarms.raising import watch
from app.triage.spots.commands import DrawList
from app.triage.spots.services import draw_list
from tests.rectification.conftest import CANARY
from tests.support.browsing import browse

ROOM = "/staff/rectification"


def photograph():
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    out.seek(0)
    return out, "现场.jpg"


def entries(cycle):
    query = select(LedgerEntry).where(LedgerEntry.noun == "rectification", LedgerEntry.noun_id == cycle)
    return session().scalars(query.order_by(LedgerEntry.id)).all()


def test_each_line_has_its_evidence_and_one_without_is_named(climber, cast, app):
    climber.plan()
    officer = browse(app).as_(cast, "officer")
    page = officer.get(f"{ROOM}/{climber.cycle}")
    assert page.text.count("缺佐证材料") == len(CHECKLIST)
    officer.get(f"{ROOM}/{climber.cycle}/checklist/effect")
    page = officer.submit({"evidence": "监测达标"}, status=422)
    assert "请填写文号或者附上照片" in page
    officer.submit({"document": "株环验〔2024〕12号"})
    officer.get(f"{ROOM}/{climber.cycle}/checklist/measures")
    page = officer.submit({"evidence": "前后对比", "pictures": photograph()})
    assert page.text.count("缺佐证材料") == len(CHECKLIST) - 2
    assert "株环验〔2024〕12号" in page
    picture = next(image.get("src") for image in page.all("img"))
    assert officer.get(picture).headers["Content-Type"] == "image/jpeg"
    browse(app).as_(cast, "other_officer").get(picture, 404)
    assert [one.facts["line"] for one in entries(climber.cycle) if one.action == A.GATHER] == ["effect", "measures"]
    with pytest.raises(NotAllowed):
        services.gather(cast["inspector"], Gather(climber.cycle, line="effect", words="看过", document="1号"))
    with pytest.raises(NotFound):
        services.gather(cast["officer"], Gather(climber.cycle, line="nothing", words="看过", document="1号"))


@pytest.fixture
def elsewhere(make_case):
    """Two more cases: one reads alike and lies in another county, one is of another kind."""

    def make():
        ids = make_case(lead="lusong"), make_case()
        with transaction() as db:
            alike, other = (db.get_one(Case, one) for one in ids)
            alike.handover_text, alike.area_code = "反映某食品厂夜间排放废气，异味大。", "430203"
            other.handover_text, other.types = "反映广场舞音响扰民。", ["noise"]
            return alike.id, other.id

    return make


def test_the_same_fault_is_found_by_the_system_and_decided_by_a_person(climber, cast, elsewhere, app):
    alike, other = elsewhere()
    climber.plan()
    found = queries.alike(cast["coordinator"], climber.cycle)
    assert [one.case_id for one in found] == [alike]
    assert "wording" in found[0].grounds
    assert queries.alike(cast["officer"], climber.cycle) == []
    with pytest.raises(Refused) as refusal:
        services.decide_fault(cast["coordinator"], DecideFault(climber.cycle, case_id=alike, reason=" "))
    assert set(refusal.value.fields) == {"reason"}
    with pytest.raises(NotFound):
        services.decide_fault(cast["officer"], DecideFault(climber.cycle, case_id=alike, reason="不在本辖区"))
    with pytest.raises(NotAllowed):
        services.decide_fault(cast["officer"], DecideFault(climber.cycle, case_id=other, reason="不由承办单位认定"))
    coordinator = browse(app).as_(cast, "coordinator")
    assert CANARY not in coordinator.get(f"{ROOM}/{climber.cycle}/elsewhere")
    coordinator.get(f"{ROOM}/{climber.cycle}/elsewhere/{alike}")
    page = coordinator.submit({"decision": "confirmed", "reason": "同一工艺，同样缺除臭设施"})
    assert "同一工艺" in page
    services.decide_fault(
        cast["inspector"], DecideFault(climber.cycle, None, other, confirmed=False, reason="噪声，无关")
    )
    assert queries.alike(cast["coordinator"], climber.cycle) == []
    kept = climber.record.faults
    assert [(one.case_id, one.confirmed, one.reason) for one in kept] == [
        (alike, True, "同一工艺，同样缺除臭设施"),
        (other, False, "噪声，无关"),
    ]
    page = browse(app).as_(cast, "officer").get(f"{ROOM}/{climber.cycle}/elsewhere")
    assert "其他辖区" in page
    assert session().get_one(Case, alike).number not in page
    coordinator.get(f"{ROOM}/{climber.cycle}/elsewhere/{climber.record.case_id}", 404)


def test_a_case_is_one_archive_registered_before_it_is_handed_out(climber, cast, app, installation, tmp_path):
    climber.plan()
    with transaction() as db:
        case = db.get_one(Case, climber.record.case_id)
        case.replies.append(
            Reply(
                number=1, written_at=clock.now(), verdict="true", completion="done", report_upward="已立案查处该食品厂",
                publication_draft="属实", answer="感谢", written_by_id=cast.people["officer"],
            )
        )  # fmt: skip
    officer = browse(app).as_(cast, "officer")
    officer.get(f"{ROOM}/{climber.cycle}/checklist/effect")
    officer.submit({"evidence": "监测达标", "pictures": photograph()})
    climber.submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)
    notice = climber.record.notice.id
    words = ObjectTo(notice, "我家窗户对着烟囱", "k1", name="反对者王小二", phone="13912345678")
    services.object_to(CITIZEN.at(climber.moment), installation, words)
    officer.get(f"{ROOM}/{climber.cycle}/dossier")
    page = officer.post(f"{ROOM}/{climber.cycle}/dossier/copy", {}, 200)
    with ZipFile(BytesIO(page.body)) as package:
        assert package.testzip() is None
        package.extractall(tmp_path)
        names = package.namelist()
    assert [name[:2] for name in names] == ["00", "01", "02", "SH"]
    assert "销号" in names[2] or "整改效果" in names[2]
    subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path, check=True, capture_output=True)
    copy = session().scalars(select(DossierCopy)).one()
    entry = session().scalars(select(LedgerEntry).where(LedgerEntry.action == "take_dossier")).one()
    listed = (tmp_path / SUMS).read_bytes()
    assert copy.sha256 == entry.facts["sha256"] == sha256(listed).hexdigest()
    assert copy.copy_number in page.headers["Content-Disposition"]
    assert verify(session()).sound
    other = browse(app).as_(cast, "other_officer")
    other.get("/staff")
    other.post(f"{ROOM}/{climber.cycle}/dossier/copy", {}, 404)


@pytest.mark.parametrize(("login", "reads"), [("officer", False), ("coordinator", True)])
def test_a_dossier_says_everything_of_the_case_and_nothing_of_who_reported(climber, cast, installation, login, reads):
    climber.plan().submit().up_to(A.OPEN_NOTICE).sign(A.OPEN_NOTICE)
    words = ObjectTo(climber.record.notice.id, "我家窗户对着烟囱", "k1", name="反对者王小二", phone="13912345678")
    services.object_to(CITIZEN.at(climber.moment), installation, words)
    found = queries.dossier_of(cast[login], climber.cycle)
    said = str([one.kept() for one in found.sections])
    for told in (
        "某食品厂夜间排放废气",
        "更换活性炭",
        "废气达标排放",
        "监测报告三份",
        "自查",
        "现场查看，符合要求",
        "公示时间",
    ):
        assert told in said
    for hidden in (CANARY, "举报者甲", "13800138000", "反对者王小二", "13912345678"):
        assert hidden not in said
    assert ("我家窗户对着烟囱" in said) is reads


def test_look_backs_are_drawn_among_what_was_signed_off_and_begin_at_once(climber, make_climber, cast):
    with pytest.raises(Refused, match="no sign-off that can be drawn"):
        draw_list(cast["inspector"], DrawList(cast.ours, 5, drawn_as=DrawnAs.SIGN_OFFS))
    climber.plan().submit().up_to()
    make_climber().plan()
    assert climber.record.look_back_on > clock.local_date(climber.moment)
    draw_list(cast["inspector"].at(climber.moment), DrawList(cast.ours, 5, drawn_as=DrawnAs.SIGN_OFFS))
    record = climber.record
    assert record.look_back_on == record.due_on == clock.local_date(climber.moment)
    assert [one.action for one in entries(climber.cycle)][-1] == A.DRAW_LOOK_BACK
    following = climber.sign(A.FIND_RELAPSED)
    view = queries.view(cast["officer"], following)
    assert [(number, str(state)) for number, _, state in view.cycles] == [(1, "relapsed"), (2, "planning")]


def report_again(cast, installation, *, polluter, moment, where="天元区某路"):
    with transaction() as db:
        kept = db.get_one(Inspection, cast.ours)
        said = Statement(Channel.CALL, "又在排废气，我住隔壁", area_code="430211", address=where, polluter=polluter)
        who = Reporter(name="举报者乙", phone="13700137000")
        return receive(db, installation, kept, cast["clerk"].at(moment), said, who, crypto.random_token()).report.id


@pytest.fixture
def signed_off(climber):
    """A signed-off site whose report named its polluter."""
    with transaction() as db:
        db.get_one(Case, climber.record.case_id).report.polluter = "株洲香满园食品有限公司"
    return climber.plan().submit().up_to()


def test_a_report_that_names_a_signed_off_site_is_raised_at_once(signed_off, cast, installation, app):
    moment = signed_off.moment + timedelta(minutes=5)
    report_again(cast, installation, polluter="香满园食品公司", moment=clock.now())  # known before the sign-off
    report = report_again(cast, installation, polluter="香满园食品公司", moment=moment)
    report_again(cast, installation, polluter="另一家砖瓦厂有限公司", moment=moment)
    watch(installation)
    watch(installation)
    session().expire_all()
    alarm = session().scalars(select(Alarm).where(Alarm.kind == str(AlarmKind.SIGNED_OFF))).one()
    assert (alarm.reports, alarm.mark) == (1, str(signed_off.cycle))
    assert alarm.label.startswith(session().get_one(Case, signed_off.record.case_id).number)
    assert [one.action for one in entries(signed_off.cycle)].count(A.REPORTED_AGAIN) == 1
    assert signed_off.record.status == S.SIGNED_OFF
    tell_waiting()
    told = session().scalars(select(Message).where(Message.event.contains("reported_again"))).all()
    assert {cast.people["coordinator"], cast.people["inspector"]} <= {one.person_id for one in told}
    assert cast.people["officer"] not in {one.person_id for one in told}
    page = browse(app).as_(cast, "coordinator").get(f"{ROOM}/{signed_off.cycle}")
    assert "销号后又有1件来件反映本点位" in page
    number = str(session().scalar(select(Report.number).where(Report.id == report)))
    for hidden in ("我住隔壁", "举报者乙", "13700137000", number, f"{clock.local(moment):%H:%M}"):
        assert hidden not in page
    officer = browse(app).as_(cast, "officer").get(f"{ROOM}/{signed_off.cycle}")
    assert "再次被反映" not in officer
    assert "销号后又有" not in officer
    inspector = browse(app).as_(cast, "inspector").get(f"/staff/triage/watch/{alarm.id}")
    assert re.search("已销号点位再次被反映", inspector.text)


def test_a_case_that_was_not_signed_off_raises_nothing(climber, cast, installation):
    with transaction() as db:
        db.get_one(Case, climber.record.case_id).report.polluter = "株洲香满园食品有限公司"
    climber.plan()
    report_again(cast, installation, polluter="香满园食品公司", moment=clock.now() + timedelta(minutes=5))
    watch(installation)
    assert session().scalars(select(Alarm)).all() == []
    assert SYSTEM.person_id is None
