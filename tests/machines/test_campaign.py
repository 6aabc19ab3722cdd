"""A campaign played through with the clock moved: every deadline, warning and notice is where a plain count puts it.

Twenty days, three hundred cases, a hundred and twenty rectifications. What is expected is counted in this file and in
tests/support/days.py, from the days that were played; nothing of the application's counting is asked.
"""

import heapq
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.casework import services as casework
from app.casework.commands import Assign, Contest, Extend, PointFinding, Publish, Step, SubmitReply
from app.casework.queries.filters import Filters, Standing
from app.casework.queries.listing import list_cases
from app.db import session, transaction
from app.domain.case import Case, Completion, Verdict
from app.domain.inspection import Inspection
from app.domain.message import Message, Reminder
from app.domain.people import CITIZEN
from app.domain.rectification import CHECKLIST, Notice, Progress, Rectification
from app.domain.report import Report
from app.domain.workflow.vocabulary import Need
from app.domain.workflow.vocabulary import RectificationAction as R
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import Refused
from app.messages.services import remind_all, tell_waiting
from app.rectification import services as rectification
from app.rectification.commands import (
    AddMeasure,
    AdoptPlan,
    AnswerObjection,
    CloseNotice,
    Gather,
    ObjectTo,
    OpenCycle,
    OpenNotice,
    ReportProgress,
    SignStep,
    Submit,
)
from app.triage.commands import Refer
from app.triage.services import refer
from tests.casework.office import ANSWERED
from tests.support.days import SHANGHAI, on_the_wall, working_days_later
from tests.support.reports import Office

pytestmark = pytest.mark.proof
FIRST, DAYS, A_DAY, CYCLES = date(2024, 3, 14), 20, 15, 120
LAST = date(2024, 8, 31)
FEEDBACK, ASK, REFER, LOOK_BACK, DISPUTE, NOTICE = 7, 3, 15, 90, 5, 10
AHEAD, WAYS_OF_A_CASE = 2, 10
ACCEPTANCES = ((R.SELF_CHECK, "unit_leader"), (R.COUNTY_ACCEPT, "acceptor"), (R.CITY_ACCEPT, "city_acceptor"))
SIGNATURES = ((R.LEADER_SIGN, "city_leader"), (R.SIGN_OFF, "leader"), (R.FILE, "inspector"))
STAGES = ("soon", "today", "late")
TEAM = {"soon": ("inspector", "inspector2"), "today": (both := ("inspector", "inspector2", "leader")), "late": both}
OFFICERS = {"tianyuan": ("officer",), "lusong": ("other_officer",)}
LEADERS = {"tianyuan": ("unit_leader", "city_leader"), "lusong": ("city_leader",)}


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def later(day, days):
    return day + timedelta(days=days)


@dataclass
class Followed:
    """One case as it was played: moments from which something held."""

    id: int
    number: str
    way: int
    handed: datetime
    dues: list[tuple[datetime, date]] = field(default_factory=list)
    units: list[tuple[datetime, str | None]] = field(default_factory=list)
    replied: datetime | None = None

    def due(self, moment):
        return [day for since, day in self.dues if since <= moment][-1]

    def unit(self, moment):
        return [unit for since, unit in self.units if since <= moment][-1]

    @property
    def late(self):
        return max(0, (on_the_wall(self.replied) - self.due(self.replied)).days) if self.replied else None


@dataclass
class Put:
    """One notice as it was opened, and when it was closed or broken off."""

    number: str
    cycle: int
    opened: date
    measure: date
    done: date
    ended: datetime | None = None


class Campaign:
    """The agenda, and everybody who works it off."""

    def __init__(self, cast, house, traveller) -> None:
        self.cast, self.house, self.traveller = cast, house, traveller
        self.office = Office(house, cast)
        self.agenda: list[Any] = []
        self.order = count()
        self.cases: list[Followed] = []
        self.notices: list[Put] = []
        self.asked: list[tuple[str, date, datetime | None]] = []
        self.referred: dict[int, date] = {}
        self.filed: dict[int, date] = {}
        self.disputes: dict[int, date] = {}
        self.refused: Counter[str] = Counter()
        self.cycles = 0
        self.looked: list[date] = []

    def plan(self, moment, deed, *about) -> None:
        heapq.heappush(self.agenda, (moment, next(self.order), deed, about))

    def play(self) -> None:
        while self.agenda:
            moment, _, deed, about = heapq.heappop(self.agenda)
            self.traveller.move_to(moment)
            deed(moment, *about)

    def not_yet(self, name, do, *words) -> None:
        with pytest.raises(Refused):
            do(*words)
        self.refused[name] += 1

    # ── the team ──

    def a_day(self, moment, number) -> None:
        """Fifteen calls that become cases, one that is asked about, one that is referred."""
        day = on_the_wall(moment)
        reports = [self.office.report(f"第{number}天第{one}件：夜里有黄烟。") for one in range(A_DAY)]
        cases = [self.office.approved(self.office.accepted(report)[0]) for report in reports]
        asked, sent = self.office.report(f"第{number}天：空气不好。"), self.office.report(f"第{number}天：拖欠工资。")
        self.office.decide(asked, A.ASK, question="哪条路？")
        refer(self.cast["inspector"], Refer(sent, "labour", "市人社局", "请联系{body}。"))
        self.referred[sent] = day
        answered = at(later(day, ASK), 18) if number % 2 else None
        self.asked.append((session().get_one(Report, asked).number, day, answered))
        if answered:
            self.plan(answered, self.answer, asked)
        self.plan(at(day, 20, 30), self.evening, cases)

    def answer(self, _moment, report) -> None:
        with transaction() as writing:
            writing.get_one(Report, report).perform(A.ANSWER, self.cast["clerk"], {Need.ANSWER: "泰山路。"})

    def evening(self, moment, cases) -> None:
        self.plan(at(later(on_the_wall(moment), 1), 9), self.morning, self.office.closed(), cases)

    def morning(self, moment, batch, cases) -> None:
        self.office.signed(self.office.handed_over(batch))
        day = on_the_wall(moment)
        for case in cases:
            number = session().get_one(Case, case).number
            due = later(day, FEEDBACK)
            one = Followed(case, number, len(self.cases) % WAYS_OF_A_CASE, moment, [(moment, due)], [(moment, None)])
            self.cases.append(one)
            assigned = at(later(due, 2), 9, 30) if one.way == 8 else at(day, 10)
            self.plan(assigned, self.assign, one, "tianyuan")
            self.plan_reply(one, day, due)

    def plan_reply(self, one, day, due) -> None:
        """When each way answers: well before, the day before, the last minute, the first minute after, days late."""
        last = working_days_later(day, DISPUTE)
        moments = {
            0: at(later(due, -3), 15), 1: at(later(due, -1), 10), 2: at(due, 23, 59), 3: at(later(due, 1), 0, 1),
            4: at(later(due, 5), 11), 5: at(later(due, 5), 16), 7: at(later(last, 1), 14), 8: at(later(due, 4), 14),
        }  # fmt: skip
        if one.way == 5:
            self.plan(at(later(due, -1), 11), self.extend, one, later(due, 6))
        if one.way == 6:
            self.plan(at(last, 23, 58), self.dispute, one)
        if one.way == 7:
            self.plan(at(later(last, 1), 0, 2), self.dispute_too_late, one)
        if one.way in moments:
            self.plan(moments[one.way], self.reply, one)

    # ── the locality ──

    def assign(self, moment, one, unit) -> None:
        reason = "异议成立后重新分办" if one.units[-1][1] else ""
        casework.assign(self.cast["coordinator"], Assign(one.id, self.cast.units[unit], reason=reason))
        one.units.append((moment, unit))
        self.disputes[one.id] = working_days_later(on_the_wall(moment), DISPUTE)

    def dispute(self, moment, one) -> None:
        """In the last minute of the last day; upheld, it goes to another county, which never answers."""
        casework.dispute(self.cast["officer"], Contest(one.id, "不属本区管辖"))
        casework.uphold_dispute(self.cast["coordinator"], Step(one.id, "异议成立"))
        one.units.append((moment, None))
        self.plan(at(later(on_the_wall(moment), 1), 10), self.assign, one, "lusong")

    def dispute_too_late(self, _moment, one) -> None:
        self.not_yet("dispute", casework.dispute, self.cast["officer"], Contest(one.id, "不属本区管辖"))

    def extend(self, moment, one, new_day) -> None:
        casework.extend(self.cast["inspector"], Extend(one.id, new_day, "需要检测"))
        one.dues.append((moment, new_day))

    def reply(self, moment, one) -> None:
        """The reply, and everybody's hand under it within the same minute."""
        casework.investigate(self.cast["officer"], Step(one.id))
        points = (PointFinding("经查，情况如下。", Verdict.TRUE),)
        words = SubmitReply(
            one.id, points, Completion.DONE, "上报内容", "公开内容", "答复内容", handling="已整改。", answers=ANSWERED
        )
        casework.reply(self.cast["officer"], words)
        one.replied = moment
        casework.sign_reply(self.cast["unit_leader"], Step(one.id))
        casework.city_pass(self.cast["coordinator"], Step(one.id))
        casework.pass_reply(self.cast["inspector"], Step(one.id))
        casework.publish(self.cast["inspector"], Publish(one.id, "反映某厂排放黄烟。", "经查属实。"))
        if self.cycles < CYCLES:
            self.cycles += 1
            cycle = rectification.open_cycle(self.cast["coordinator"], OpenCycle(one.id))
            day = later(on_the_wall(moment), 1 + self.cycles % 17)
            self.plan(at(day, 9), self.climb, cycle, one, self.cycles % 6)

    # ── the ladder ──

    def climb(self, moment, cycle, one, way) -> None:
        """The plan; its measure is done at once, or two days late."""
        officer, day = self.cast["officer"], on_the_wall(moment)
        late = way == 3
        due = later(day, 4) if late else day
        measure = AddMeasure(cycle, text="更换活性炭", unit_id=self.cast.units["tianyuan"], due_on=due)
        rectification.add_measure(officer, measure)
        rectification.adopt_plan(officer, AdoptPlan(cycle, target="达标", target_on=later(day, 60)))
        self.plan(at(later(due, 2), 9, 10) if late else moment, self.up_to_the_notice, cycle, one, way, due)

    def up_to_the_notice(self, moment, cycle, one, way, due) -> None:
        officer, day = self.cast["officer"], on_the_wall(moment)
        session().rollback()
        (kept,) = session().get_one(Rectification, cycle, populate_existing=True).measures
        done = ReportProgress(cycle, measure_id=kept.id, progress=Progress.DONE, note="完成")
        rectification.report_progress(officer, done)
        for line in CHECKLIST:
            rectification.gather(officer, Gather(cycle, line=line, words="见文书", document="整改〔2024〕1号"))
        rectification.submit(officer, Submit(cycle, evidence="材料"))
        for action, login in ACCEPTANCES:
            rectification.sign_step(self.cast[login], SignStep(cycle, action=action, words="合格"))
        rectification.open_notice(self.cast["coordinator"], OpenNotice(cycle, opinion="同意销号"))
        put = Put(one.number, cycle, day, due, day)
        self.notices.append(put)
        last = working_days_later(day, NOTICE)
        if way == 4:
            self.plan(at(later(day, 3), 12), self.object_and_uphold, put)
            return
        if way == 5:
            self.plan(at(last, 23, 50), self.object_and_dismiss, put)
            self.plan(at(later(last, 1), 0, 5), self.object_too_late, put)
        self.plan(at(last, 23, 55), self.close_too_early, put)
        self.plan(at(later(last, 1), 9), self.close, put)

    def objection(self, put, key):
        session().rollback()
        (notice,) = session().get_one(Rectification, put.cycle, populate_existing=True).notices
        return ObjectTo(notice.id, "仍有气味", f"{key}-{put.cycle}")

    def object_and_uphold(self, moment, put) -> None:
        kept = rectification.object_to(CITIZEN, self.house, self.objection(put, "early"))
        answer = AnswerObjection(kept.objection_id, upheld=True, answer="属实，退回整改")
        rectification.answer_objection(self.cast["coordinator"], answer)
        put.ended = moment

    def object_and_dismiss(self, _moment, put) -> None:
        kept = rectification.object_to(CITIZEN, self.house, self.objection(put, "last"))
        answer = AnswerObjection(kept.objection_id, upheld=False, answer="已复测达标")
        rectification.answer_objection(self.cast["coordinator"], answer)

    def object_too_late(self, _moment, put) -> None:
        words = self.objection(put, "late")
        self.not_yet("object", rectification.object_to, CITIZEN, self.house, words)

    def close_too_early(self, _moment, put) -> None:
        self.not_yet(
            "close", rectification.close_notice, self.cast["coordinator"], CloseNotice(put.cycle, note="无异议")
        )

    def close(self, moment, put) -> None:
        rectification.close_notice(self.cast["coordinator"], CloseNotice(put.cycle, note="公示期满"))
        put.ended = moment
        checklist = dict.fromkeys(CHECKLIST, "有据可查")
        for action, login in SIGNATURES:
            rectification.sign_step(
                self.cast[login], SignStep(put.cycle, action=action, words="同意", checklist=checklist)
            )
        self.filed[put.cycle] = on_the_wall(moment)

    # ── what time brings ──

    def eight_o_clock(self, _moment) -> None:
        remind_all()
        tell_waiting()

    def look(self, moment) -> None:
        """The list, as it stands at this hour: how late everything is."""
        today, cursor, seen = on_the_wall(moment), "", dict[int, Any]()
        while True:
            page = list_cases(self.cast["inspector"], self.cast.ours, Filters(state=Standing.EVERY), cursor)
            seen |= {row.id: (row.due_on, row.late_days) for row in page.rows}
            cursor = page.later
            if not cursor:
                break
        expected = {}
        for one in self.cases:
            due = one.due(moment)
            until = on_the_wall(one.replied) if one.replied else today
            expected[one.id] = (due, max(0, (until - due).days))
        assert seen == expected
        self.looked.append(today)


def warned(campaign):
    """Who must have been reminded of what on which day: (login, number, event, due, day)."""
    found = set()
    for one in campaign.cases:
        told = set()
        for day in days(on_the_wall(one.handed), LAST):
            moment = at(day, 8)
            if moment < one.handed or (one.replied and one.replied <= moment):
                continue
            due, unit = one.due(moment), one.unit(moment)
            event = "due_soon" if day < due else "due_today" if day == due else "overdue"
            if day < later(due, -AHEAD) or (due, event) in told:
                continue
            told.add((due, event))
            found |= {(login, one.number, event, str(due), day) for login in told_of(event, unit)}
    for put in campaign.notices:
        over = later(working_days_later(put.opened, NOTICE), 1)
        if put.ended is None or put.ended > at(over, 8):
            found.add(("coordinator", put.number, "notice_over", None, over))
        found |= stages(
            put.number, "measure", put.measure, told_of_a_measure, until=put.done if put.done > put.measure else None
        )
        if put.cycle in campaign.filed:
            found |= stages(put.number, "look_back", later(campaign.filed[put.cycle], LOOK_BACK), TEAM.get)
    for number, day, answered in campaign.asked:
        over = later(day, ASK + 1)
        if answered is None or answered > at(over, 8):
            found |= {
                (login, number, "unanswered", str(later(day, ASK)), over) for login in ("inspector", "inspector2")
            }
    return found


def stages(number, what, due, who, until=LAST):
    """Two days before, on the day, the day after: as long as it is not done (`until`; None: it was done in time)."""
    if until is None:
        return set()
    moments = dict(zip(STAGES, (later(due, -AHEAD), due, later(due, 1)), strict=True))
    return {
        (login, number, f"{what}_{stage}", str(due), day)
        for stage, day in moments.items()
        for login in who(stage)
        if day <= until
    }


def told_of_a_measure(stage):
    return told_of({"soon": "due_soon", "today": "due_today", "late": "overdue"}[stage], "tianyuan")


def told_of(event, unit):
    """Before the day the person, on it their leader too, after it the city as well; before it is assigned the city."""
    if unit is None:
        return ("coordinator",)
    people: tuple[str, ...] = OFFICERS[unit]
    if event != "due_soon":
        people += LEADERS[unit]
    return people + (("coordinator",) if event == "overdue" else ())


def days(first, last):
    return [later(first, n) for n in range((last - first).days + 1)]


def reminded(cast):
    logins = {id_: login for login, id_ in cast.people.items()}
    rows = session().scalars(select(Message).where(Message.event.in_([str(one) for one in Reminder])))
    return [
        (
            logins[row.person_id],
            row.number,
            row.event,
            None if row.event == "notice_over" else row.due,
            on_the_wall(row.at),
        )
        for row in rows
    ]


@pytest.fixture
def campaign(cast, installation):
    with transaction() as writing:
        inspection = writing.get_one(Inspection, cast.ours)
        inspection.starts_on, inspection.ends_on = FIRST, later(FIRST, DAYS - 1)
    with time_machine.travel(at(FIRST, 7), tick=False) as traveller:
        made = Campaign(cast, installation, traveller)
        for number in range(DAYS):
            made.plan(at(later(FIRST, number), 9, 5), made.a_day, number)
        for day in days(FIRST, LAST):
            made.plan(at(day, 8), made.eight_o_clock)
            if day.day % 9 == 0:
                made.plan(at(day, 0, 3), made.look)
        made.play()
        yield made


def test_every_day_of_a_campaign_falls_where_a_plain_count_puts_it(campaign, cast, capsys):
    session().rollback()
    assert (len(campaign.cases), campaign.cycles, len(campaign.notices)) == (DAYS * A_DAY, CYCLES, CYCLES)
    kept = {
        case.id: case for case in session().scalars(select(Case).execution_options(populate_existing=True)).unique()
    }
    for one in campaign.cases:
        case = kept[one.id]
        assert case.feedback_due_on == one.due(at(LAST, 23)), one.number
        assert case.dispute_by == campaign.disputes[one.id]
        assert (case.late_days() if one.replied else None) == one.late
    reports = {report.id: report for report in session().scalars(select(Report)).unique()}
    assert {id_: reports[id_].referral.inform_by for id_ in campaign.referred} == {
        id_: later(day, REFER) for id_, day in campaign.referred.items()
    }
    notices = {row.rectification_id: row for row in session().scalars(select(Notice))}
    for put in campaign.notices:
        notice = notices[put.cycle]
        assert (notice.starts_on, notice.ends_on) == (put.opened, working_days_later(put.opened, NOTICE))
        assert notice.announced
    cycles = {row.id: row for row in session().scalars(select(Rectification)).unique()}
    for cycle, day in campaign.filed.items():
        assert cycles[cycle].look_back_on == later(day, LOOK_BACK)
    told, expected = reminded(cast), warned(campaign)
    assert len(told) == len(set(told)), "nobody is reminded of one thing twice"
    assert set(told) == expected
    crossing = {
        put.opened for put in campaign.notices if (working_days_later(put.opened, NOTICE) - put.opened).days != 14
    }
    assert crossing, "some notices ran across days off"
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(campaign.cases)} cases, {campaign.cycles} rectifications, {len(told)} reminders "
            f"{dict(Counter(event for _, _, event, _, _ in told))}, {dict(campaign.refused)} refused by the day, "
            f"{len(campaign.looked)} looks at the list, {len(crossing)} days of notices across days off\n"
        )
