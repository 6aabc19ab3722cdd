"""A rectification's deeds: plan, measures, the ladder with its refusals and objections, the notice, the look-back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.db import session
from app.demo.cases import About
from app.demo.engaged import hand_over_day, serving
from app.demo.script import Climb, Cycle, Measure, Objection, Signed
from app.demo.stage import Stage, citizen, submission_key
from app.demo.times import Chain
from app.domain.people import Actor
from app.domain.rectification import CHECKLIST, Progress, Rectification
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import Role, StepKind
from app.rectification import services
from app.rectification.commands import (
    AddMeasure,
    AdoptPlan,
    AnswerObjection,
    CloseNotice,
    LookBack,
    ObjectTo,
    OpenCycle,
    OpenNotice,
    RefuseStep,
    ReportProgress,
    SignStep,
    Submit,
)

NoticeEnd = Callable[[date], date]
"""The last day of a notice that begins on a day, by the working calendar."""

SUBMITTED = "整改措施已全部完成，过程资料、前后对比照片和监测报告齐全，申请验收销号。"
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
HOURS = {
    StepKind.SELF_CHECK: "09:30",
    StepKind.COUNTY: "10:30",
    StepKind.CITY: "14:30",
    StepKind.NOTICE: "09:00",
    StepKind.SIGNATURE: "11:00",
    StepKind.SIGN_OFF: "15:00",
    StepKind.FILING: "16:00",
    StepKind.LOOK_BACK: "10:00",
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


def put_right(chain: Chain, about: About, cycle: Cycle, notice_end: NoticeEnd, today: int) -> None:
    """The whole cycle, as far as the script lets it go, and the next one after a relapse."""
    plan = Plan(about, cycle, hand_over_day(about.stay, about.report))
    chain.then(chain.days.at(chain.next_day, "08:30"), begin, about)
    _plan(chain, plan, today)
    if cycle.earlier_climb:
        _climb(chain, plan, cycle.earlier_climb, notice_end)
    if cycle.passed or cycle.submitted or cycle.notice_day:
        _climb(chain, plan, Climb(cycle.passed), notice_end)
    if cycle.notice_day:
        chain.then(_from(chain, cycle.notice_day, HOURS[StepKind.NOTICE]), open_notice, about)
    if cycle.objection:
        _object(chain, plan, cycle.objection, today)
    if cycle.next:
        later = Plan(about, cycle.next, max(cycle.next.day, chain.next_day))
        chain.wait(chain.days.at(later.begins, "08:30"))
        _plan(chain, later, today)


def _plan(chain: Chain, plan: Plan, today: int) -> None:
    """Measures first, then the plan is adopted, then each measure's progress as it comes; planning rests before."""
    cycle, day = plan.cycle, min(chain.next_day, today)
    first = [one for one in cycle.measures if not one.added]
    for measure in first:
        chain.then(chain.days.at(day, "09:00"), add_measure, plan, measure)
    if cycle.step == "planning":
        return
    chain.then(chain.days.at(chain.next_day, "09:15"), adopt, plan)
    for measure in sorted(first, key=lambda one: (one.progress != Progress.DONE, one.due)):
        wish = min(plan.begins + measure.due, _latest_progress(plan, today))
        chain.then(chain.days.at(wish, "16:20"), progress, plan, measure)


def _latest_progress(plan: Plan, today: int) -> int:
    """Before the cycle is submitted, or some days ago where it is still being worked on."""
    cycle = plan.cycle
    climb = cycle.earlier_climb.passed if cycle.earlier_climb else cycle.passed
    submitted = climb[0].day - 1 if climb else cycle.submitted.day if cycle.submitted else today - 3
    return submitted - 1


def _climb(chain: Chain, plan: Plan, climb: Climb, notice_end: NoticeEnd) -> None:
    said = plan.cycle.submitted
    first = climb.passed[0].day - 1 if climb.passed else said.day if said else 0
    chain.then(chain.days.at(first, "15:30"), submit, plan)
    for signed in climb.passed:
        if signed.step == StepKind.NOTICE:
            _closed_notice(chain, plan, signed, notice_end)
        else:
            do = find if signed.step == StepKind.LOOK_BACK else sign
            chain.then(_from(chain, signed.day, HOURS[signed.step]), do, plan, signed)
    if climb.refused:
        chain.then(_from(chain, climb.refused.day, HOURS[climb.refused.step]), refuse, plan, climb.refused)


def _from(chain: Chain, day: int, hour: str) -> datetime:
    """The wish of a step: never on the day of the one before it."""
    return chain.days.at(max(day, chain.next_day), hour)


def _closed_notice(chain: Chain, plan: Plan, signed: Signed, notice_end: NoticeEnd) -> None:
    """Opened as late as lets it be closed on the script's day; where holidays forbid that, closed later."""
    days, earliest = chain.days, chain.next_day
    fitting = [day for day in range(earliest, signed.day) if notice_end(days.on(day)) < days.on(signed.day)]
    opened = fitting[-1] if fitting else earliest
    chain.then(days.at(opened, HOURS[StepKind.NOTICE]), open_notice, plan.about)
    closes = max(signed.day, days.number(notice_end(days.on(opened))) + 1)
    chain.then(days.at(closes, HOURS[StepKind.NOTICE]), close_notice, plan, signed)


def _object(chain: Chain, plan: Plan, said: Objection, today: int) -> None:
    """Made while the notice runs; an upheld one brings the measure that was missing."""
    chain.then(chain.days.at(said.day, "20:15"), object_to, plan, said)
    if not said.answer:
        return
    chain.then(_from(chain, said.answer_day, "10:45"), answer, plan, said)
    for measure in plan.cycle.measures:
        if measure.added:
            chain.then(_from(chain, measure.added, "09:20"), add_measure, plan, measure)
            chain.then(_from(chain, today - 4, "16:40"), progress, plan, measure)


# ── the deeds themselves ──


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
    words = AdoptPlan(_cycle(stage, plan), target=plan.cycle.target, target_on=last)
    services.adopt_plan(_officer(stage, moment, plan), words)


def progress(stage: Stage, moment: datetime, plan: Plan, measure: Measure) -> None:
    record = _record(stage, plan)
    kept = next(one for one in record.measures if one.text == measure.text)
    behind = measure.progress == Progress.BEHIND
    note = plan.cycle.note if behind and plan.cycle.note else SAID[measure.progress]
    words = ReportProgress(record.id, measure_id=kept.id, progress=measure.progress, note=note)
    services.report_progress(_officer(stage, moment, plan), words)


def submit(stage: Stage, moment: datetime, plan: Plan) -> None:
    evidence = plan.cycle.submitted.words if plan.cycle.submitted else SUBMITTED
    services.submit(_officer(stage, moment, plan), Submit(_cycle(stage, plan), evidence=evidence))


def sign(stage: Stage, moment: datetime, plan: Plan, signed: Signed) -> None:
    checklist = {code: CHECKED[code] for code in CHECKLIST} if signed.step == StepKind.SIGN_OFF else {}
    words = SignStep(_cycle(stage, plan), action=SIGNING[signed.step], words=signed.words, checklist=checklist)
    services.sign_step(stage.actor(_signer(plan, signed.step), moment), words)


def refuse(stage: Stage, moment: datetime, plan: Plan, refused: Signed) -> None:
    words = RefuseStep(_cycle(stage, plan), reason=refused.words)
    services.refuse_step(stage.actor(_signer(plan, refused.step), moment), words)


def open_notice(stage: Stage, moment: datetime, about: About) -> None:
    services.open_notice(stage.actor("coordinator", moment), OpenNotice(stage.cycles[about.key]))


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
