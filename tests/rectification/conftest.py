"""A published case to put right, and somebody who climbs its ladder step by step, each step by another person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from app.db import session, transaction
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.people import SYSTEM, Unit
from app.domain.receiving import Statement, receive
from app.domain.rectification import CHECKLIST, Progress, Rectification
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel import clock, crypto
from app.rectification import services
from app.rectification.commands import (
    AddMeasure,
    AdoptPlan,
    CloseNotice,
    Gather,
    LookBack,
    OpenCycle,
    OpenNotice,
    ReportProgress,
    SignStep,
    Submit,
)
from tests.support.cast import Cast

CANARY = "夜里两点我在三楼窗口看见他们往河里倒桶"
PUBLISHED = {
    "publication_problem": "某食品厂夜间排放废气，气味刺鼻。",
    "publication_text": "经查，该厂除臭设施未连续运行，反映问题属实。",
    "publication_handling": "责令该厂限期整改，已更换活性炭并安装在线监控。",
    "accountability": "无",
}
SIGNERS = {
    A.SELF_CHECK: "unit_leader",
    A.COUNTY_ACCEPT: "acceptor",
    A.CITY_ACCEPT: "city_acceptor",
    A.OPEN_NOTICE: "coordinator",
    A.CLOSE_NOTICE: "coordinator",
    A.LEADER_SIGN: "city_leader",
    A.SIGN_OFF: "leader",
    A.FILE: "inspector",
    A.FIND_CONSOLIDATED: "inspector2",
    A.FIND_RELAPSED: "inspector2",
}
LADDER = [
    A.SELF_CHECK,
    A.COUNTY_ACCEPT,
    A.CITY_ACCEPT,
    A.OPEN_NOTICE,
    A.CLOSE_NOTICE,
    A.LEADER_SIGN,
    A.SIGN_OFF,
    A.FILE,
]
ALL_LINES = {code: f"{zh}：见附件。" for code, (zh, _en) in CHECKLIST.items()}


@dataclass
class Climber:
    """Plays a cycle; `moment` moves on by a day with every action, and past a notice's end before it is closed."""

    cast: Cast
    cycle: int
    moment: datetime

    @property
    def record(self):
        session().rollback()
        session().expire_all()  # what the pages did since, a session of their own has kept
        return session().get_one(Rectification, self.cycle)

    def who(self, login):
        self.moment += timedelta(days=1)
        return self.cast[login].at(self.moment)

    def plan(self, *, progress=Progress.DONE):
        due = date(2027, 6, 30)
        services.add_measure(
            self.who("officer"),
            AddMeasure(self.cycle, text="更换活性炭", unit_id=self.cast.units["tianyuan-eco"], due_on=due),
        )
        services.adopt_plan(self.who("officer"), AdoptPlan(self.cycle, target="废气达标排放", target_on=due))
        return self.report(progress)

    def report(self, progress):
        for measure in self.record.measures:
            services.report_progress(
                self.who("officer"), ReportProgress(self.cycle, measure_id=measure.id, progress=progress, note="已更换")
            )
        return self

    def gather(self):
        """Evidence for each line of the checklist, in the name of the officer, at once."""
        for line in CHECKLIST:
            words = Gather(self.cycle, line=line, words="见附件。", document="株整改〔2027〕1号")
            services.gather(self.cast["officer"].at(self.moment), words)
        return self

    def submit(self):
        self.gather()
        services.submit(self.who("officer"), Submit(self.cycle, evidence="监测报告三份"))
        return self

    def sign(self, action, login=None, words="现场查看，符合要求"):
        actor = self.who(login or SIGNERS[action])
        step = self.record.step
        lines = dict.fromkeys((*step.rung.said, *step.rung.attached), "见现场记录") if step else {}
        if action == A.OPEN_NOTICE:
            services.open_notice(actor, OpenNotice(self.cycle, opinion="同意销号"))
        elif action == A.CLOSE_NOTICE:
            self.moment = clock.end_of_day(self.record.notice.ends_on)
            services.close_notice(actor.at(self.moment), CloseNotice(self.cycle, note="公示期满无异议", lines=lines))
        elif action in (A.FIND_CONSOLIDATED, A.FIND_RELAPSED):
            return services.look_back(actor, LookBack(self.cycle, action=action, note="随机抽查", lines=lines))
        else:
            command = SignStep(self.cycle, action=action, words=words, checklist=ALL_LINES, lines=lines)
            services.sign_step(actor, command)
        return self

    def up_to(self, *actions):
        """Sign the ladder until one of these would be next."""
        for action in LADDER:
            if action in actions:
                break
            self.sign(action)
        return self


@pytest.fixture
def make_case(cast, installation):
    """Make a published case of the tianyuan district; words say what is otherwise."""

    def make(inspection="ours", lead="tianyuan", verdict="true", *, published=True, description=CANARY):
        with transaction() as db:
            kept = db.get_one(Inspection, getattr(cast, inspection))
            statement = Statement(Channel.CALL, description, area_code="430211")
            reporter = Reporter(name="举报者甲", phone="13800138000")
            clerk = cast["clerk" if inspection == "ours" else "foreign_clerk"]
            report = receive(db, installation, kept, clerk, statement, reporter, crypto.random_token()).report
            case = Case(
                inspection=kept, inspection_id=kept.id, report=report, part=1, number=report.number, area_code="430211"
            )
            case.points, case.types = ["夜间废气"], ["air"]
            case.begin(db, CaseAction.OPEN, SYSTEM)
            case.handover_text, case.verdict = "某食品厂夜间排放废气。", verdict
            case.lead_unit = db.get_one(Unit, cast.units[lead]) if lead else None
            case.handed_over_at = clock.now()
            if published:
                case.perform(CaseAction.ENTER_HISTORY, SYSTEM)
                case.published_at = clock.now()
                for name, text in PUBLISHED.items():
                    setattr(case, name, text)
            return case.id

    return make


@pytest.fixture
def climber(cast, make_case):
    """A cycle just opened by the inspector, now."""
    return Climber(cast, services.open_cycle(cast["inspector"], OpenCycle(make_case())), clock.now())


@pytest.fixture
def make_climber(cast, make_case):
    def make(case_id=None, moment=None):
        moment = moment or clock.now()
        return Climber(
            cast, services.open_cycle(cast["inspector"].at(moment), OpenCycle(case_id or make_case())), moment
        )

    return make


@pytest.fixture
def set_ladder(cast):
    def set_(*kinds):
        with transaction() as db:
            inspection = db.get_one(Inspection, cast.ours)
            inspection.kept_settings = {**inspection.kept_settings, "ladder": [str(kind) for kind in kinds]}

    return set_
