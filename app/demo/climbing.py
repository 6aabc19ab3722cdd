"""The deeds done to a rectification: its plan, the steps of its ladder, its notice and objections."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.db import session
from app.demo.engaged import serving
from app.demo.handling import About
from app.demo.script import Cycle, Measure, Objection, Signed
from app.demo.stage import Stage, citizen, submission_key
from app.domain.people import Actor
from app.domain.rectification import CHECKLIST, Progress, Rectification
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role, StepKind
from app.rectification import queries, services
from app.rectification.commands import (
    AddMeasure,
    AdoptPlan,
    AnswerObjection,
    CloseNotice,
    DecideChange,
    DecideFault,
    Gather,
    LookBack,
    MeasureLine,
    ObjectTo,
    OpenCycle,
    OpenNotice,
    ProposeChange,
    PublishPlan,
    RefuseStep,
    ReportProgress,
    SignStep,
    Submit,
)

SUBMITTED = "整改措施已全部完成，过程资料、前后对比照片和监测报告齐全，申请验收销号。"
SAME = "污染类型和成因相同，纳入同类问题一并排查整改。"
COST = Decimal("186000.00")
WHY = "公示期间的异议经核实成立，原方案未覆盖该问题，须增加措施。"
SAID = {
    Progress.DONE: "已完成，验收资料和前后对比照片已归档。",
    Progress.ON_SCHEDULE: "按计划推进，已达到序时进度。",
    Progress.BEHIND: "进度滞后，已排出赶工计划，每周调度一次。",
}
CHECKED = {
    "measures": "整改措施逐项核对，全部完成，资料齐全。",
    "punished": "涉及的违法行为已依法查处，处罚决定已执行。",
    "effect": "现场复查和监测结果均达到整改目标，走访群众认可。",
    "elsewhere": "已在辖区内开展同类问题排查，发现的问题一并整改。",
    "lasting": "已明确日常巡查单位和责任人，纳入长效管理。",
}
MARGIN = 20
"""A plan leaves some days after its measures for the climb to the sign-off."""
OPINION = "经自查、县级验收和市级复核，整改措施已全部落实，拟同意销号。"
OFFICE = {
    "office": "株洲市突出生态环境问题整改工作领导小组办公室",
    "phone": "0731-28680231",
    "address": "株洲市天元区某路某号",
}
SIGNING = {
    StepKind.SELF_CHECK: A.SELF_CHECK,
    StepKind.COUNTY: A.COUNTY_ACCEPT,
    StepKind.CITY: A.CITY_ACCEPT,
    StepKind.SIGNATURE: A.LEADER_SIGN,
    StepKind.SIGN_OFF: A.SIGN_OFF,
    StepKind.FILING: A.FILE,
}


@dataclass(frozen=True)
class Plan:
    """A cycle and the case it belongs to; `begins` is the day its measures' days are counted from."""

    about: About
    cycle: Cycle
    begins: int

    @property
    def reaches(self) -> int:
        """The last day on which the script lets somebody sign, submit, open or answer something; 0 without any."""
        cycle = self.cycle
        days = [signed.day for signed in cycle.passed if signed.step != StepKind.LOOK_BACK]
        days += [cycle.submitted.day] if cycle.submitted else []
        return max([*days, cycle.notice_day, cycle.objection.answer_day if cycle.objection else 0], default=0)


def begin(stage: Stage, moment: datetime, about: About) -> None:
    words = OpenCycle(stage.cases[about.key])
    stage.cycles[about.key] = services.open_cycle(stage.actor("coordinator2", moment), words)


def add_measure(stage: Stage, moment: datetime, plan: Plan, measure: Measure) -> None:
    words = AddMeasure(
        _cycle(stage, plan), text=measure.text, unit_id=stage.units[measure.unit], due_on=_due(stage, plan, measure)
    )
    services.add_measure(_officer(stage, moment, plan), words)


def adopt(stage: Stage, moment: datetime, plan: Plan) -> None:
    last = max(_due(stage, plan, one) for one in plan.cycle.measures if not one.added)
    signed_off = stage.days[plan.about.stay.code].on(plan.reaches + MARGIN)
    words = AdoptPlan(_cycle(stage, plan), target=plan.cycle.target, target_on=max(last, signed_off))
    services.adopt_plan(_officer(stage, moment, plan), words)
    _show(stage, moment, plan)
    _look_elsewhere(stage, moment, plan)


def _show(stage: Stage, moment: datetime, plan: Plan) -> None:
    """Everybody may read it, where the result of the case is public already."""
    if _record(stage, plan).case.published_at is not None:
        services.publish_plan(stage.actor("coordinator2", moment), PublishPlan(_cycle(stage, plan)))


def _look_elsewhere(stage: Stage, moment: datetime, plan: Plan) -> None:
    """The likeliest of what reads alike is the same fault (举一反三)."""
    actor, cycle = stage.actor("coordinator2", moment), _cycle(stage, plan)
    alike = [one for one in queries.alike(actor, cycle) if len(one.grounds) > 1]
    if alike:
        services.decide_fault(actor, DecideFault(cycle, case_id=alike[0].case_id, reason=SAME))


def propose_measure(stage: Stage, moment: datetime, plan: Plan, measure: Measure) -> None:
    """The plan is adopted: what an upheld objection makes necessary is a change, and somebody else approves it."""
    record, due = _record(stage, plan), _due(stage, plan, measure)
    lines = [MeasureLine(one.position, one.text, one.unit_id or 0, one.due_on, one.cost) for one in record.measures]
    lines.append(MeasureLine(0, measure.text, stage.units[measure.unit], due, COST))
    target_on = max(record.target_on or due, due)
    words = ProposeChange(record.id, target=record.target, target_on=target_on, lines=tuple(lines), reason=WHY)
    services.propose_change(_officer(stage, moment, plan), words)


def approve(stage: Stage, moment: datetime, plan: Plan) -> None:
    services.decide_change(stage.actor("coordinator2", moment), DecideChange(_cycle(stage, plan)))


def progress(stage: Stage, moment: datetime, plan: Plan, measure: Measure) -> None:
    record = _record(stage, plan)
    kept = next(one for one in record.measures if one.text == measure.text)
    behind = measure.progress == Progress.BEHIND
    note = plan.cycle.note if behind and plan.cycle.note else SAID[measure.progress]
    words = ReportProgress(record.id, measure_id=kept.id, progress=measure.progress, note=note)
    services.report_progress(_officer(stage, moment, plan), words)


def month(stage: Stage, moment: datetime, plan: Plan) -> None:
    """The monthly report on whatever is not done yet."""
    for measure in _record(stage, plan).measures:
        if measure.progress != Progress.DONE:
            told = Progress(measure.progress)
            words = ReportProgress(_cycle(stage, plan), measure_id=measure.id, progress=told, note=SAID[told])
            services.report_progress(_officer(stage, moment, plan), words)


def submit(stage: Stage, moment: datetime, plan: Plan) -> None:
    evidence = plan.cycle.submitted.words if plan.cycle.submitted else SUBMITTED
    for at, (line, words) in enumerate(CHECKED.items(), 1):
        document = f"株整改〔{moment.year}〕{_cycle(stage, plan) * 10 + at}号"
        services.gather(
            _officer(stage, moment, plan), Gather(_cycle(stage, plan), line=line, words=words, document=document)
        )
    services.submit(_officer(stage, moment, plan), Submit(_cycle(stage, plan), evidence=evidence))


def sign(stage: Stage, moment: datetime, plan: Plan, signed: Signed) -> None:
    checklist = {code: CHECKED[code] for code in CHECKLIST} if signed.step == StepKind.SIGN_OFF else {}
    words = SignStep(_cycle(stage, plan), action=SIGNING[signed.step], words=signed.words, checklist=checklist)
    services.sign_step(stage.actor(_signer(plan, signed.step), moment), words)


def refuse(stage: Stage, moment: datetime, plan: Plan, refused: Signed) -> None:
    words = RefuseStep(_cycle(stage, plan), reason=refused.words)
    services.refuse_step(stage.actor(_signer(plan, refused.step), moment), words)


def open_notice(stage: Stage, moment: datetime, about: About) -> None:
    words = OpenNotice(stage.cycles[about.key], opinion=OPINION, printed=OFFICE)
    services.open_notice(stage.actor("coordinator", moment), words)


def close_notice(stage: Stage, moment: datetime, plan: Plan, signed: Signed) -> None:
    services.close_notice(stage.actor("coordinator", moment), CloseNotice(_cycle(stage, plan), note=signed.words))


def object_to(stage: Stage, moment: datetime, plan: Plan, said: Objection) -> None:
    notice = _record(stage, plan).notices[-1]
    key = submission_key(stage.house, f"objection {plan.about.report.id}")
    services.object_to(citizen(moment), stage.house, ObjectTo(notice.id, said.words, key))


def answer(stage: Stage, moment: datetime, plan: Plan, said: Objection) -> None:
    objection = _record(stage, plan).notices[-1].objections[-1]
    words = AnswerObjection(objection.id, upheld=said.upheld, answer=said.answer)
    services.answer_objection(stage.actor("coordinator", moment), words)


def find(stage: Stage, moment: datetime, plan: Plan, signed: Signed) -> None:
    """The look-back; a relapse begins the case's next cycle."""
    action = A.FIND_RELAPSED if plan.cycle.next else A.FIND_CONSOLIDATED
    words = LookBack(_cycle(stage, plan), action=action, note=signed.words)
    following = services.look_back(stage.actor("inspector", moment), words)
    if following:
        stage.cycles[plan.about.key] = following


def _signer(plan: Plan, step: StepKind) -> str:
    """Who signs which step: content/reports_past.toml says it in its head."""
    unit = plan.about.part.unit
    city = {
        StepKind.CITY: "acceptor2",
        StepKind.SIGNATURE: "cityleader",
        StepKind.SIGN_OFF: "leader",
        StepKind.FILING: "coordinator2",
    }
    if step in city:
        return city[step]
    return serving(Role.UNIT_LEADER if step == StepKind.SELF_CHECK else Role.ACCEPTOR, unit)


def _officer(stage: Stage, moment: datetime, plan: Plan) -> Actor:
    return stage.actor(plan.about.officer, moment)


def _due(stage: Stage, plan: Plan, measure: Measure) -> date:
    return stage.days[plan.about.stay.code].on(plan.begins) + timedelta(days=measure.due)


def _cycle(stage: Stage, plan: Plan) -> int:
    return stage.cycles[plan.about.key]


def _record(stage: Stage, plan: Plan) -> Rectification:
    session().rollback()
    return session().scalars(select(Rectification).where(Rectification.id == _cycle(stage, plan))).one()
