"""Reports for tests, taken down and judged by the cast through the rooms' own services."""

from dataclasses import dataclass, field
from typing import Any

from app.batches.services import close_day, hand_over, sign_for
from app.db import session
from app.desk.commands import TakeDown
from app.desk.services import take_down
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.privacy import find
from app.domain.receiving import Received, Statement
from app.domain.report import Channel, Referral, Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import crypto
from app.triage.commands import Accept, Act, ApproveText, Part, SecondApprove
from app.triage.services import accept, act, approve_text, second_approve
from tests.support.cast import LUSONG, TIANYUAN, Cast

WORDS = "夜里有黄烟，气味刺鼻。"
CALLER = Reporter(name="毛测试", phone="19900000101", address="测试路1号")


@dataclass
class Office:
    """The team at work: each call is one use case, by whoever of the cast does it."""

    house: Installation
    cast: Cast
    taken: list[Received] = field(default_factory=list)

    def report(self, words: str = WORDS, by: str = "clerk", at: Any = None, **more: Any) -> int:
        """Take down a call; gives the report's id."""
        reporter = more.pop("reporter", CALLER)
        statement = Statement(**{"channel": Channel.CALL, "description": words, "area_code": TIANYUAN} | more)
        command = TakeDown(statement, reporter, crypto.random_token())
        kept = take_down(self.house, self.actor(by, at), self.cast.ours, command)
        self.taken.append(kept)
        return kept.report.id

    def accepted(self, report: int, *areas: str, at: Any = None, **more: Any) -> list[int]:
        """Accept it; gives the ids of its cases."""
        parts = tuple(Part(area, (f"{area}的问题",)) for area in areas or (TIANYUAN,))
        return accept(self.actor("inspector", at), Accept(report, ("air",), parts, **more))

    def approved(self, case: int, text: str = "反映：某厂夜间排放黄烟。", at: Any = None) -> int:
        words = ApproveText(case, text, {found.words: "核查需要" for found in find(text)})
        approve_text(self.actor("inspector", at), words)
        if the_case(case).needs_second:
            second_approve(self.actor("inspector2", at), SecondApprove(case))
        return case

    def ready(self, *areas: str, at: Any = None, **more: Any) -> list[int]:
        """A report taken down, accepted, and its texts approved; gives the ids of its cases."""
        cases = self.accepted(self.report(at=at), *areas, at=at, **more)
        return [self.approved(case, at=at) for case in cases]

    def decide(self, report: int, action: ReportAction, by: str = "inspector", **said: str) -> None:
        act(self.actor(by), Act(report, action, {Need(need): text for need, text in said.items()}))

    def closed(self, at: Any = None, **more: Any) -> int:
        return close_day(self.actor("inspector", at), self.cast.ours, **more)

    def handed_over(self, batch: int, at: Any = None) -> int:
        hand_over(self.actor("leader", at), batch)
        return batch

    def signed(self, batch: int, at: Any = None) -> int:
        sign_for(self.actor("coordinator", at), batch)
        return batch

    def actor(self, login: str, at: Any = None) -> Actor:
        found = self.cast[login]
        return found.at(at) if at else found


def the_report(report_id: int) -> Report:
    session().expire_all()
    found = session().get(Report, report_id)
    assert found is not None
    return found


def the_case(case_id: int) -> Case:
    session().expire_all()
    found = session().get(Case, case_id)
    assert found is not None
    return found


def the_batch(batch_id: int) -> Batch:
    session().expire_all()
    found = session().get(Batch, batch_id)
    assert found is not None
    return found


def the_referral(report_id: int) -> Referral:
    found = the_report(report_id).referral
    assert found is not None
    return found


__all__ = ["CALLER", "LUSONG", "TIANYUAN", "WORDS", "Office", "the_batch", "the_case", "the_referral", "the_report"]
