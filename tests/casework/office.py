"""A case that was handed over, and the walk to each later state, all of it through the services."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image

from app.casework import services
from app.casework.commands import Assign, Figures, Measure, PointFinding, Publish, Source, Step, SubmitReply
from app.casework.weighing import EVERY_ANSWER
from app.db import session, transaction
from app.domain.batch import Batch
from app.domain.case import FIGURES, Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.receiving import Statement, receive
from app.domain.reply import MeasureKind
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import CaseAction as A
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import clock
from tests.support.cast import TIANYUAN

SPOKEN = "举报人原话不得出现在属地页面"
HANDED = "反映天元区某沥青拌和站夜间生产，烟气刺鼻，并夜间噪声扰民。"
POINTS = ["夜间生产烟气刺鼻", "夜间噪声扰民"]
DOCUMENT = Source("天元区生态环境分局", "株天环罚〔2026〕12号", date(2026, 11, 2))
PLANNED = Measure(MeasureKind.PLANNED, 1, "安装除臭设施", "天元区", date(2027, 3, 1))
ANSWERED = dict.fromkeys(EVERY_ANSWER, "已核对，情况属实。")
WALK = ("assign", "investigate", "reply", "sign_reply", "city_pass")


class Office:
    """The work as it is really done: each step by whose work it is."""

    def __init__(self, cast, installation) -> None:
        self.cast, self.house = cast, installation

    def handed_over(
        self, key="one", *, parts=1, channel=Channel.CALL, area=TIANYUAN, received_at=None, reporter=None
    ) -> list[int]:
        """Reports to signed-for cases: the rooms before ours are not under test."""
        with transaction() as s:
            inspection = s.get_one(Inspection, self.cast.ours)
            said = Statement(channel, SPOKEN, received_at, area_code=area, types=("air", "noise"))
            report = receive(s, self.house, inspection, self.cast["clerk"], said, reporter or Reporter(), key).report
            words = {Need.POINTS: "、".join(POINTS), Need.TYPES: "air", Need.AREAS: area}
            report.perform(ReportAction.ACCEPT, self.cast["inspector"], words)
            cases = [self._case(s, inspection, report, part, parts, area) for part in range(1, parts + 1)]
            self._batch(s, inspection, cases)
            return [case.id for case in cases]

    def _case(self, s, inspection, report, part, parts, area) -> Case:
        case = Case(
            inspection=inspection, inspection_id=inspection.id, report=report, report_id=report.id, part=part,
            number=report.number if parts == 1 else f"{report.number}-{part}", area_code=area,
            points=POINTS, types=["air", "noise"], handover_text=HANDED,
        )  # fmt: skip
        case.begin(s, A.OPEN, self.cast["inspector"])
        case.perform(A.APPROVE_TEXT, self.cast["inspector"], {Need.HANDOVER_TEXT: HANDED})
        case.text_approved_at = clock.now()
        return case

    def _batch(self, s, inspection, cases) -> None:
        now, ordinal = clock.now(), s.query(Batch).count() + 1
        batch = Batch(
            inspection_id=inspection.id, ordinal=ordinal, window_from=now, window_to=now, closed_at=now,
            handed_over_at=now, signed_at=now,
        )  # fmt: skip
        s.add(batch)
        for case in cases:
            case.perform(A.BATCH, self.cast["inspector"])
            case.batch = batch
            case.perform(A.HAND_OVER, self.cast["leader"])
            case.feedback_due_on, case.handed_over_at = case.due_on, now
            case.perform(A.SIGN_FOR, self.cast["coordinator"])

    def brought_to(self, last: str, key="one", received_at=None, reporter=None, **answer) -> int:
        """A case that has taken the steps of the walk up to and including `last`."""
        (case_id,) = self.handed_over(key, received_at=received_at, reporter=reporter)
        for name in WALK[: WALK.index(last) + 1]:
            getattr(self, name)(case_id, **(answer if name == "reply" else {}))
        return case_id

    def assign(self, case_id, unit="tianyuan", **more) -> None:
        services.assign(self.cast["coordinator"], Assign(case_id, self.cast.units[unit], **more))

    def investigate(self, case_id) -> None:
        services.investigate(self.cast["officer"], Step(case_id))

    def reply(self, case_id, by="officer", **changes) -> int:
        return services.reply(self.cast[by], an_answer(case_id, **changes))

    def sign_reply(self, case_id) -> None:
        services.sign_reply(self.cast["unit_leader"], Step(case_id))

    def city_pass(self, case_id) -> None:
        services.city_pass(self.cast["coordinator"], Step(case_id))

    def publish(self, case_id) -> None:
        services.publish(self.cast["inspector"], Publish(case_id, "反映某拌和站夜间生产。", "经查，属实。"))


def an_answer(case_id, *verdicts, **changes) -> SubmitReply:
    found = verdicts or (Verdict.TRUE, Verdict.TRUE)
    given: dict[str, Any] = {
        "findings": tuple(PointFinding("经查，情况如下。", verdict) for verdict in found),
        "completion": Completion.DONE,
        "report_upward": "上报的办理情况",
        "publication_draft": "拟公开的核实情况",
        "answer": "给举报人的答复",
        "handling": "已责令整改1家，立案处罚1家，罚款20000.50元。",
        "figures": Figures(rectify_orders=1, penalty_cases=1, fines=Decimal("20000.50")),
        "sources": dict.fromkeys(FIGURES, DOCUMENT),
        "answers": ANSWERED,
    }
    return SubmitReply(case_id=case_id, **(given | changes))


def unfounded(**changes):
    """What a reply says when nothing was found."""
    none = tuple(PointFinding("未发现。", Verdict.UNFOUNDED) for _ in POINTS)
    return {"findings": none, "figures": Figures(), "handling": ""} | changes


def a_photograph(colour="green") -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def the(case_id) -> Any:
    """The case as it stands now; a test that asks for one that is not there fails by itself."""
    session().rollback()
    return session().get(Case, case_id, populate_existing=True)


def happened_otherwise(case_id, **facts) -> None:
    """What time, or an earlier hand, would have written."""
    with transaction() as s:
        for name, value in facts.items():
            setattr(s.get_one(Case, case_id), name, value)


def days_ago(actor, days):
    """The same actor, speaking of an earlier moment."""
    return actor.at(clock.now() - timedelta(days=days))
