"""Reports on their way, for the tests of tracking: each step taken by whoever takes it in the office."""

from datetime import timedelta

from app.db import transaction
from app.domain.case import Case, Completion, Reply
from app.domain.inspection import Inspection
from app.domain.people import CITIZEN, SYSTEM
from app.domain.receiving import Statement, receive
from app.domain.rectification import Measure, Notice, Progress, Rectification
from app.domain.report import Channel, Matter, Referral, Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import (
    CaseAction,
    CaseState,
    Need,
    RectificationState,
    ReportAction,
    ReportState,
)
from app.kernel import clock

WORDS = "天元区某厂夜间排放黄烟。"
NAMED = Reporter(name="测试甲乙丙", phone="13911112212")
ACCEPTED = {Need.POINTS: "黄烟", Need.TYPES: "air", Need.AREAS: "430211"}


def reported(installation, cast, key="a key of forty characters, more or less", reporter=NAMED):
    """A report and its code: (id, code)."""
    with transaction() as s:
        inspection = s.get_one(Inspection, cast.ours)
        kept = receive(s, installation, inspection, CITIZEN, Statement(Channel.WEB, WORDS), reporter, key)
        return kept.report.id, kept.query_code


def judged(cast, report_id, action, said):
    with transaction() as s:
        s.get_one(Report, report_id).perform(action, cast["inspector"], said)


def asked(cast, report_id, question="哪一条路？"):
    judged(cast, report_id, ReportAction.ASK, {Need.QUESTION: question})


def accepted(cast, report_id, *areas):
    """Taken on, with a case for each area."""
    with transaction() as s:
        report = s.get_one(Report, report_id)
        report.perform(ReportAction.ACCEPT, cast["inspector"], ACCEPTED)
        for part, area in enumerate(areas or ("430211",), 1):
            number = f"{report.number}-{part}" if len(areas) > 1 else report.number
            Case(
                inspection=report.inspection,
                inspection_id=report.inspection_id,
                report=report,
                part=part,
                number=number,
                area_code=area,
            ).begin(s, CaseAction.OPEN, cast["inspector"])


def referred(cast, report_id):
    with transaction() as s:
        report = s.get_one(Report, report_id)
        said = {Need.REFERRAL_CLASS: "labour", Need.RECEIVING_BODY: "市人社局", Need.ADVICE: "请拨打12333。"}
        report.perform(ReportAction.REFER, cast["inspector"], said)
        report.referral = Referral(
            referral_class="labour",
            receiving_body="市人社局",
            advice="请拨打12333。",
            referred_at=clock.now(),
            inform_by=report.due_on,
        )


def merged(cast, report_id, earlier_id):
    with transaction() as s:
        report, earlier = s.get_one(Report, report_id), s.get_one(Report, earlier_id)
        earlier.matter = report.matter = Matter(inspection_id=report.inspection_id)
        report.perform(ReportAction.MERGE, cast["inspector"], {Need.EARLIER: earlier.number})


def published(cast, report_id, only=None):
    """Answered and made public: every case, or one part."""
    with transaction() as s:
        report = s.get_one(Report, report_id)
        for case in report.cases:
            if only in {None, case.part}:
                case.perform(CaseAction.ENTER_HISTORY, SYSTEM)
                case.verdict, case.completion, case.published_at = "true", "done", clock.now()
                case.publication_text = f"公开内容{case.part}"
                reply = Reply(number=1, written_at=clock.now(), written_by_id=cast.people["officer"], verdict="true", completion="done",
                              report_upward="向上报告", publication_draft="草稿", answer=f"给举报人的答复{case.part}")  # fmt: skip
                case.replies.append(reply)
                reply.written_at = case.published_at


def concluded(cast, report_id):
    published(cast, report_id)
    judged(cast, report_id, ReportAction.CONCLUDE, {})


def in_state(cast, report_id, state):
    """The report put into a state, with what such a report has."""
    doings = {
        ReportState.ASKED: lambda: asked(cast, report_id),
        ReportState.ACCEPTED: lambda: accepted(cast, report_id),
        ReportState.REFERRED: lambda: referred(cast, report_id),
        ReportState.VOIDED: lambda: judged(cast, report_id, ReportAction.VOID, {Need.REASON: "空号"}),
        ReportState.ANSWERED: lambda: (accepted(cast, report_id), concluded(cast, report_id)),
    }
    if state in doings:
        doings[state]()
    elif state == ReportState.WITHDRAWN:
        with transaction() as s:
            s.get_one(Report, report_id).perform(ReportAction.WITHDRAW, CITIZEN, {Need.REASON: "已解决"})


def case_in(cast, report_id, state, unit="tianyuan", part=1):
    """A case put into a state, as the locality would have brought it there."""
    with transaction() as s:
        case = next(case for case in s.get_one(Report, report_id).cases if case.part == part)
        case.state = str(state)
        early = state in {CaseState.PREPARED, CaseState.BATCHED}
        case.handed_over_at = None if early else clock.now()
        case.feedback_due_on = None if early else clock.today() + timedelta(days=7)
        case.lead_unit_id = cast.units[unit] if not early else None
        if state in {CaseState.CITY_REVIEW, CaseState.TEAM_REVIEW, CaseState.SECOND_CHECK, CaseState.PASSED}:
            case.replied_at = clock.now()


def put_right(cast, report_id, state, notice_days=None, part=1):
    """A cycle of a published case, with one measure of two done; `notice_days`: a notice ends in so many days."""
    with transaction() as s:
        case = next(case for case in s.get_one(Report, report_id).cases if case.part == part)
        case.completion = str(Completion.STAGED)
        today, climbs = clock.today(), state not in {RectificationState.PLANNING, RectificationState.RECTIFYING}
        cycle = Rectification(
            case=case, inspection_id=case.inspection_id, cycle=1, ladder=["self_check", "notice", "sign_off"], climb=1,
            state=str(state), state_since=clock.now(), target="不再排放", target_on=today + timedelta(days=30),
            submitted_at=clock.now() if climbs else None,
            signed_off_at=clock.now() if climbs and state != RectificationState.CLIMBING else None,
            look_back_on=today + timedelta(days=90) if climbs and state != RectificationState.CLIMBING else None,
            measures=[Measure(position=n, text="内部措施", due_on=today, progress=p)
                      for n, p in enumerate((Progress.DONE, Progress.ON_SCHEDULE), 1)],
        )  # fmt: skip
        s.add(cycle)
        s.flush()
        if notice_days is not None:
            ends = today + timedelta(days=notice_days)
            cycle.notices.append(Notice(climb=1, starts_on=ends - timedelta(days=14), ends_on=ends))
        s.flush()
        return cycle.notices[0].id if notice_days is not None else cycle.id
