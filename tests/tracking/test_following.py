"""What a reporter reads: their own words, plain steps, no person and no note of the office."""

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain.case import Case, Reply
from app.domain.people import CITIZEN, Person
from app.domain.report import Report
from app.domain.reporter import Reporter
from app.domain.workflow.case import CASE
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import CaseAction, CaseState, Need, ReportAction, Role
from app.kernel import clock
from app.tracking.queries import own_report
from app.tracking.wording import CASE_STANDING, REPORT_STANDING, REPORT_STEPS
from tests.support.browsing import browse
from tests.tracking import story
from tests.tracking.test_code import opened


@pytest.fixture
def report(cast, installation):
    return story.reported(installation, cast)


def page_of(app, report):
    return opened(app, report[1]).page


def test_every_state_has_its_sentence():
    assert set(REPORT_STANDING) == set(REPORT.states)
    assert set(CASE_STANDING) == set(CASE.states) - {CaseState.CANCELLED}
    among_the_team = {ReportAction.TAKE, ReportAction.HAND_ON, ReportAction.RELEASE}
    assert set(REPORT.actions) - set(REPORT_STEPS) == among_the_team | {ReportAction.MARK_KEY, ReportAction.UNMARK_KEY}


def test_who_reported_is_shown_masked(app, cast, report, installation):
    page = page_of(app, report)
    assert "已留姓名；已留电话，尾号12" in page.words
    assert story.NAMED.name not in page
    assert story.NAMED.phone not in page
    anonymous = story.reported(installation, cast, "another key, of a form that says nothing", Reporter(anonymous=True))
    assert "匿名" in page_of(app, anonymous)


def test_the_key_flag_is_not_told(app, cast, report):
    with transaction() as s:
        s.get_one(Report, report[0]).perform(ReportAction.MARK_KEY, cast["leader"], {Need.REASON: "领导批示的内部理由"})
    page = page_of(app, report)
    assert "重点" not in page
    assert "内部理由" not in page


def test_no_person_and_no_role_of_the_office_stands_on_the_page(app, cast, report):
    story.accepted(cast, report[0], "430211", "430203")
    story.concluded(cast, report[0])
    page = page_of(app, report)
    names = session().scalars(select(Person.name)).all()
    assert [name for name in names if name in page] == []
    office = set(Role) - {Role.CITIZEN, Role.COORDINATOR}
    assert [role for role in office if role.zh in page.words] == []


def test_a_void_report_tells_no_reason_of_the_office(app, cast, report):
    story.judged(cast, report[0], ReportAction.VOID, {Need.REASON: "内部理由"})
    page = page_of(app, report)
    assert "内部理由" not in page
    assert "来件无法核查办理" in page


def test_a_referral_shows_its_words_and_who_has_it(app, cast, report):
    story.referred(cast, report[0])
    page = page_of(app, report)
    assert "市人社局" in page
    assert "请拨打12333。" in page


def test_a_split_report_shows_its_parts_side_by_side(app, cast, report):
    story.accepted(cast, report[0], "430211", "430203")
    story.published(cast, report[0], only=1)
    page = page_of(app, report)
    assert "分为2个部分办理" in page
    assert "第1部分：天元区" in page.words
    assert "第2部分：芦淞区" in page.words
    assert "给举报人的答复1" in page
    assert "给举报人的答复2" not in page
    assert "正在准备交办给被督察地方。" in page


def test_an_answer_that_is_not_published_is_not_shown(app, cast, report):
    story.accepted(cast, report[0])
    story.concluded(cast, report[0])
    with transaction() as s:
        case = s.scalars(select(Case)).one()
        case.perform(CaseAction.REOPEN, cast["inspector"], {Need.REASON: "内部理由"})
        case.replies.append(
            Reply(
                number=2,
                written_at=clock.now(),
                verdict="true",
                completion="done",
                report_upward="x",
                publication_draft="x",
                answer="还没有审核的答复",
            )
        )
    page = page_of(app, report)
    assert "给举报人的答复1" in page
    assert "还没有审核的答复" not in page
    assert "内部理由" not in page


def test_a_repeat_follows_the_matter_and_reads_nothing_of_its_other_reporter(app, cast, report, installation):
    earlier = story.reported(installation, cast, "the key of the one who came first of all")
    story.accepted(cast, earlier[0])
    story.concluded(cast, earlier[0])
    with transaction() as s:
        s.get_one(Report, earlier[0]).perform(
            ReportAction.RATE, CITIZEN, {Need.RATING: "satisfied", Need.REASON: "别人的话"}
        )
    story.merged(cast, report[0], earlier[0])
    page = page_of(app, report)
    assert "已与之合并办理" in page
    assert "已办理并答复。" in page
    assert "公开内容1" in page
    assert "给举报人的答复1" not in page
    assert "别人的话" not in page
    assert session().get_one(Report, earlier[0]).number not in page


def test_nothing_of_a_report_is_reached_by_another_code(app, cast, report, installation):
    other = story.reported(installation, cast, "the key of somebody else, who has another")
    story.asked(cast, other[0], "只问另一个人的问题？")
    browser = opened(app, report[1])
    assert "只问另一个人的问题？" not in browser.page
    browser.post("/track/report/add", {"addition": "我的补充", "report_id": str(other[0])})
    assert "我的补充" not in opened(app, other[1]).page


def test_steps_are_told_newest_first(cast, report):
    story.accepted(cast, report[0])
    story.concluded(cast, report[0])
    told = [step.told for step in own_report(report[0]).steps]
    assert told == [REPORT_STEPS[a] for a in (ReportAction.CONCLUDE, ReportAction.ACCEPT, ReportAction.REGISTER)]


def test_the_page_reads_in_english_too(app, cast, report):
    story.accepted(cast, report[0], "430211", "430203")
    browser = opened(app, report[1])
    assert "It is dealt with in 2 parts" in browser.get("/track/report?lang=en")
    assert "Withdraw the report" in browser.get("/track/report/withdraw?lang=en")


def test_the_way_in_is_open_to_everybody(app, cast):
    assert "查询码丢失了怎么办" in browse(app).get("/track")
