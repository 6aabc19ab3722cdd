"""Reports on their way, for the tests of tracking: each step taken by whoever takes it in the office."""

from app.db import transaction
from app.domain.case import Case, Reply
from app.domain.inspection import Inspection
from app.domain.people import CITIZEN, SYSTEM
from app.domain.receiving import Statement, receive
from app.domain.report import Channel, Matter, Referral, Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import CaseAction, Need, ReportAction
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
