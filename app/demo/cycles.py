"""A rectification's story: plan, measures, the ladder with its refusals and objections, the look-back, the relapse."""

from collections.abc import Callable
from datetime import date, datetime

from app.demo import climbing
from app.demo.climbing import Plan
from app.demo.engaged import hand_over_day
from app.demo.handling import About
from app.demo.script import Climb, Cycle, Objection, Signed
from app.demo.times import Chain
from app.domain.rectification import Progress
from app.domain.workflow.vocabulary import StepKind

NoticeEnd = Callable[[date], date]
"""The last day of a notice that begins on a day, by the working calendar."""

MONTH, MISSED = 30, 4
"""Days between two monthly reports, and the one that every unit forgets."""
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


def put_right(chain: Chain, about: About, cycle: Cycle, notice_end: NoticeEnd, today: int) -> None:
    """The whole cycle, as far as the script lets it go, and the next one after a relapse."""
    plan = Plan(about, cycle, hand_over_day(about.stay, about.report))
    chain.then(chain.days.at(chain.next_day, "08:30"), climbing.begin, about)
    _plan(chain, plan, today)
    if cycle.earlier_climb:
        _climb(chain, plan, cycle.earlier_climb, notice_end)
    if cycle.passed or cycle.submitted or cycle.notice_day:
        _climb(chain, plan, Climb(cycle.passed), notice_end)
    if cycle.notice_day:
        chain.then(_from(chain, cycle.notice_day, HOURS[StepKind.NOTICE]), climbing.open_notice, about)
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
        chain.then(chain.days.at(day, "09:00"), climbing.add_measure, plan, measure)
    if cycle.step == "planning":
        return
    chain.then(chain.days.at(chain.next_day, "09:15"), climbing.adopt, plan)
    months = [plan.begins + MONTH * number for number in range(1, 12) if number != MISSED]
    for measure in sorted(first, key=lambda one: (one.progress != Progress.DONE, one.due)):
        wish = min(plan.begins + measure.due, _latest_progress(plan, today))
        while months and months[0] < wish:
            if months[0] >= chain.next_day:
                chain.then(chain.days.at(months[0], "15:10"), climbing.month, plan)
            months.pop(0)
        chain.then(chain.days.at(wish, "16:20"), climbing.progress, plan, measure)


def _latest_progress(plan: Plan, today: int) -> int:
    """Before the cycle is submitted, or some days ago where it is still being worked on."""
    cycle = plan.cycle
    climb = cycle.earlier_climb.passed if cycle.earlier_climb else cycle.passed
    submitted = climb[0].day - 1 if climb else cycle.submitted.day if cycle.submitted else today - 3
    return submitted - 1


def _climb(chain: Chain, plan: Plan, climb: Climb, notice_end: NoticeEnd) -> None:
    said = plan.cycle.submitted
    first = climb.passed[0].day - 1 if climb.passed else said.day if said else 0
    chain.then(chain.days.at(first, "15:30"), climbing.submit, plan)
    for signed in climb.passed:
        if signed.step == StepKind.NOTICE:
            _closed_notice(chain, plan, signed, notice_end)
        else:
            do = climbing.find if signed.step == StepKind.LOOK_BACK else climbing.sign
            chain.then(_from(chain, signed.day, HOURS[signed.step]), do, plan, signed)
    if climb.refused:
        chain.then(_from(chain, climb.refused.day, HOURS[climb.refused.step]), climbing.refuse, plan, climb.refused)


def _from(chain: Chain, day: int, hour: str) -> datetime:
    """The wish of a step: never on the day of the one before it."""
    return chain.days.at(max(day, chain.next_day), hour)


def _closed_notice(chain: Chain, plan: Plan, signed: Signed, notice_end: NoticeEnd) -> None:
    """Opened as late as lets it be closed on the script's day; where holidays forbid that, closed later."""
    days, earliest = chain.days, chain.next_day
    fitting = [day for day in range(earliest, signed.day) if notice_end(days.on(day)) < days.on(signed.day)]
    opened = fitting[-1] if fitting else earliest
    chain.then(days.at(opened, HOURS[StepKind.NOTICE]), climbing.open_notice, plan.about)
    closes = max(signed.day, days.number(notice_end(days.on(opened))) + 1)
    chain.then(days.at(closes, HOURS[StepKind.NOTICE]), climbing.close_notice, plan, signed)


def _object(chain: Chain, plan: Plan, said: Objection, today: int) -> None:
    """Made while the notice runs; an upheld one brings the measure that was missing."""
    chain.then(chain.days.at(said.day, "20:15"), climbing.object_to, plan, said)
    if not said.answer:
        return
    chain.then(_from(chain, said.answer_day, "10:45"), climbing.answer, plan, said)
    for measure in plan.cycle.measures:
        if measure.added:
            chain.then(_from(chain, measure.added, "09:20"), climbing.propose_measure, plan, measure)
            chain.then(chain.days.at(chain.next_day, "10:30"), climbing.approve, plan)
            chain.then(_from(chain, today - 4, "16:40"), climbing.progress, plan, measure)
