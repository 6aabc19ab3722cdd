"""From an action of the tables to the service by which it is done, with words that are complete or left out.

Each way carries out one attempt; what it gives is what the service gave. What comes of it stands in effects.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import text as sql

from app.batches import services as batches
from app.batches.commands import TakeOut
from app.casework import services as casework
from app.casework.commands import (
    Assign,
    Contest,
    EnterHistory,
    Extend,
    Figures,
    PointFinding,
    Publish,
    Step,
    SubmitReply,
)
from app.db import session, transaction
from app.desk import services as desk
from app.desk.commands import Act as DeskAct
from app.desk.commands import TakeDown, Tried
from app.domain import ringing
from app.domain.case import Completion, Verdict
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import Statement
from app.domain.rectification import CHECKLIST, Progress
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.domain.ringing import Again, RingOutcome, RingUp
from app.domain.workflow.vocabulary import CaseAction as C
from app.domain.workflow.vocabulary import CaseState, Need, ReportState
from app.domain.workflow.vocabulary import RectificationAction as R
from app.domain.workflow.vocabulary import ReportAction as A
from app.intake import services as intake
from app.intake.commands import StateReport
from app.rectification import services as rectification
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
from app.tracking import services as tracking
from app.tracking.commands import Rate, Say
from app.triage import services as triage
from app.triage.commands import Accept, Act, ApproveText, Merge, Part, Refer, SecondApprove, ShareOut
from tests.casework.office import ANSWERED
from tests.machines.model import AREAS, DISSATISFIED, ReportRecord, World, another_case, colleague_for, first_for
from tests.support.cast import LUSONG, TIANYUAN

FAR = timedelta(days=400)
PHONE = "19900000101"
CLERKS = ("clerk", "clerk2")
UNITS = {TIANYUAN: ("tianyuan", "lusong", "tianyuan-eco"), LUSONG: ("tianyuan", "lusong")}
"""Who may be named for a case of an area: of other counties only the whole."""
SERIAL = count(1)
"""Only to keep what is said apart: nothing depends on the number."""


@dataclass(frozen=True)
class Attempt:
    """Somebody tries an action on a record. `full`: says what must be said; `stale`: has seen an older version.

    `chance` decides whatever has to be decided besides.
    """

    record: Any
    action: Any
    login: str
    chance: int = 0
    full: bool = True
    stale: bool = False

    @property
    def version(self) -> int:
        return int(self.record.version) - self.stale

    def words(self, of: str = "据实说明") -> str:
        """Words that nobody has said before, or none."""
        return f"{of}（{next(SERIAL)}）" if self.full else " "

    @property
    def rating(self) -> str:
        return DISSATISFIED if self.chance % 2 else "satisfied"

    @property
    def verdict(self) -> Verdict:
        return Verdict.UNFOUNDED if self.chance % 4 == 0 else Verdict.TRUE

    @property
    def progress(self) -> Progress:
        return Progress.BEHIND if self.chance % 4 == 0 else Progress.DONE

    @property
    def one_more(self) -> bool:
        """Whether a change of a plan brings another measure."""
        return self.chance % 3 == 0

    @property
    def measure(self) -> int:
        """Which measure is spoken of: one that is not done, where there is one."""
        done = self.record.measures
        return done.index(False) if False in done else 0

    @property
    def unit(self) -> str:
        units = UNITS[self.record.area]
        return units[self.chance % len(units)]

    @property
    def other(self) -> str | None:
        """Who is named as responsible in a dispute: the other county, or nobody."""
        counties = ("tianyuan", "lusong")
        return counties[self.record.unit != "lusong"] if self.chance % 2 else None

    @property
    def below(self) -> str:
        """To whom a case is given on: the county passes it down, and takes it back."""
        return "tianyuan" if self.record.unit == "tianyuan-eco" else "tianyuan-eco"

    def later_day(self, today: date) -> date:
        """What an extension asks for."""
        return max(today, self.record.feedback or today) + timedelta(days=1 + self.chance % 5)


@dataclass
class House:
    """What a way needs: who acts, where things lie."""

    installation: Installation
    actors: dict[str, Actor]
    people: dict[str, int]
    units: dict[str, int]
    inspection: int

    def actor(self, attempt: Attempt) -> Actor:
        return self.actors[attempt.login]


Way = Callable[[House, World, Attempt], Any]


# ── the report ──


def register(
    house: House, world: World, login: str, *, named: bool, blank: bool = False, full: bool = True
) -> ReportRecord:
    """A new report by a clerk or a citizen; named, or not. What was kept, as the model has it."""
    words = f"夜里有黄烟，气味刺鼻（{next(SERIAL)}）。" if full else " "
    key = f"machine-{next(SERIAL)}"
    who = Reporter(name="毛测试", phone=PHONE) if named else Reporter()
    before = session().scalar(sql("SELECT coalesce(max(id), 0) FROM reports"))
    if login == "citizen":
        told = StateReport(
            house.inspection, key, words, area_code=AREAS[0], name=who.name, phone=who.phone, anonymous=not named
        )
        intake.state_report(house.installation, house.actors[login], told)
    else:
        said = Statement(Channel.CALL, words, area_code=AREAS[0], blank=blank)
        desk.take_down(house.installation, house.actors[login], house.inspection, TakeDown(said, who, key))
    row = session().execute(sql("SELECT id, number FROM reports WHERE id > :before"), {"before": before}).one()
    return ReportRecord(
        id=row.id, taken_by=login, received_at=world.moment, number=row.number, named=named, phone=named
    )


def desk_or_citizen(by_citizen: Callable[[Actor, Say], None], need: Need) -> Way:
    def way(house: House, world: World, attempt: Attempt) -> None:
        if attempt.login == "citizen":
            by_citizen(house.actor(attempt), Say(attempt.record.id, attempt.words()))
        else:
            said = DeskAct(attempt.record.id, attempt.action, {need: attempt.words()}, attempt.version)
            desk.act(house.actor(attempt), said)

    return way


def act(*needs: Need) -> Way:
    def way(house: House, world: World, attempt: Attempt) -> None:
        said = {need: attempt.words() for need in needs}
        triage.act(house.actor(attempt), Act(attempt.record.id, attempt.action, said, attempt.version))

    return way


def acknowledge(house: House, world: World, attempt: Attempt) -> None:
    if attempt.login in CLERKS:
        said = {Need.NOTE: attempt.words()}
        desk.act(house.actor(attempt), DeskAct(attempt.record.id, A.ACKNOWLEDGE, said, attempt.version))
    else:
        act(Need.NOTE)(house, world, attempt)


def accept(house: House, world: World, attempt: Attempt) -> list[int]:
    areas = AREAS[: 1 + attempt.chance % 2] if attempt.full else ()
    parts = tuple(Part(area, (f"{area}的问题",)) for area in areas)
    types = ("air",) if attempt.full else ()
    return triage.accept(house.actor(attempt), Accept(attempt.record.id, types, parts, version=attempt.version))


def refer(house: House, world: World, attempt: Attempt) -> None:
    body = "市人社局" if attempt.full else ""
    words = Refer(attempt.record.id, "labour", body, attempt.words("请联系接收单位"), attempt.version)
    triage.refer(house.actor(attempt), words)


def merge(house: House, world: World, attempt: Attempt) -> None:
    first = first_for(world, attempt.record)
    number = first.number if first and attempt.full else ""
    triage.merge(house.actor(attempt), Merge(attempt.record.id, number, version=attempt.version))


def share_out(house: House, world: World, attempt: Attempt) -> None:
    colleague = house.people[colleague_for(attempt.record)] if attempt.full else None
    words = ShareOut(attempt.record.id, attempt.action, colleague, attempt.version)
    triage.share_out(house.actor(attempt), words)


def ring(house: House, world: World, attempt: Attempt) -> None:
    """The number is lent beforehand, as the custodian would (tests/desk holds that to its own rules)."""
    found = session().scalar(
        sql("SELECT max(id) FROM ring_ups WHERE report_id = :report"), {"report": attempt.record.id}
    )
    person = world.people[attempt.login].id
    if found is not None and person is not None and attempt.record.state == ReportState.ASKED:
        with transaction() as writing:
            ring_up = writing.get_one(RingUp, found)
            ring_up.clerk_id = person
            ringing.lend(house.installation, ring_up, PHONE, world.moment)
    if attempt.action == A.RING:
        desk.tried(house.actor(attempt), Tried(found or 0, RingOutcome.NO_ANSWER, Again.LATER))
    else:
        desk.declined(house.actor(attempt), found or 0)


def rate(house: House, world: World, attempt: Attempt) -> None:
    rating = attempt.rating if attempt.full else ""
    tracking.rate(house.actor(attempt), Rate(attempt.record.id, rating, attempt.words()))


# ── the case ──


def step(service: Callable[[Actor, Step], None]) -> Way:
    def way(house: House, world: World, attempt: Attempt) -> None:
        service(house.actor(attempt), Step(attempt.record.id, attempt.words(), attempt.version))

    return way


def approve_text(house: House, world: World, attempt: Attempt) -> None:
    text = f"反映：某厂夜间排放黄烟（{next(SERIAL)}）。" if attempt.full else " "
    triage.approve_text(house.actor(attempt), ApproveText(attempt.record.id, text, version=attempt.version))


def second_approve(house: House, world: World, attempt: Attempt) -> None:
    triage.second_approve(house.actor(attempt), SecondApprove(attempt.record.id, attempt.version))


def close_day(house: House, world: World, attempt: Attempt) -> int:
    return batches.close_day(house.actor(attempt), house.inspection)


def take_out(house: House, world: World, attempt: Attempt) -> None:
    sheaf = attempt.record.sheaf
    words = TakeOut(sheaf.id if sheaf else 0, attempt.record.id, attempt.words(), attempt.version)
    batches.take_out(house.actor(attempt), words)


def of_batch(service: Callable[[Actor, int], None]) -> Way:
    def way(house: House, world: World, attempt: Attempt) -> None:
        sheaf = attempt.record.sheaf
        service(house.actor(attempt), sheaf.id if sheaf else 0)

    return way


def assign(house: House, world: World, attempt: Attempt) -> None:
    reason = attempt.words() if attempt.record.state != CaseState.RECEIVED else ""
    unit = house.units[attempt.unit] if attempt.full else 0
    casework.assign(house.actor(attempt), Assign(attempt.record.id, unit, reason=reason, version=attempt.version))


def give_on(service: Callable[[Actor, Assign], None]) -> Way:
    def way(house: House, world: World, attempt: Attempt) -> None:
        unit = house.units[attempt.below] if attempt.full else 0
        service(house.actor(attempt), Assign(attempt.record.id, unit, reason=attempt.words(), version=attempt.version))

    return way


def dispute(house: House, world: World, attempt: Attempt) -> None:
    other = house.units[attempt.other] if attempt.other else None
    casework.dispute(house.actor(attempt), Contest(attempt.record.id, attempt.words(), other, attempt.version))


def extend(house: House, world: World, attempt: Attempt) -> None:
    words = Extend(attempt.record.id, attempt.later_day(world.today), attempt.words(), attempt.version)
    casework.extend(house.actor(attempt), words)


def reply(house: House, world: World, attempt: Attempt) -> int:
    said = {name: attempt.words() for name in ("report_upward", "publication_draft", "answer")}
    handling = "" if attempt.verdict is Verdict.UNFOUNDED else "已责令整改。"
    words = SubmitReply(
        attempt.record.id, (PointFinding(attempt.words("经查"), attempt.verdict),), Completion.DONE, **said,
        handling=handling, figures=Figures(), answers=ANSWERED, version=attempt.version,
    )  # fmt: skip
    return casework.reply(house.actor(attempt), words)


def publish(house: House, world: World, attempt: Attempt) -> None:
    words = Publish(attempt.record.id, attempt.words("反映的问题"), attempt.words("经查"), version=attempt.version)
    casework.publish(house.actor(attempt), words)


def enter_history(house: House, world: World, attempt: Attempt) -> None:
    words = EnterHistory(attempt.record.id, "反映的问题", "经查属实", Verdict.TRUE, Completion.DONE)
    casework.enter_history(house.actor(attempt), words)


def open_cycle(house: House, world: World, attempt: Attempt) -> int:
    return rectification.open_cycle(house.actor(attempt), OpenCycle(attempt.record.id))


# ── the rectification ──


def add_measure(house: House, world: World, attempt: Attempt) -> None:
    words = AddMeasure(
        attempt.record.id, attempt.version, attempt.words("更换活性炭"), house.units["tianyuan"],
        world.today + timedelta(days=30),
    )  # fmt: skip
    rectification.add_measure(house.actor(attempt), words)


def adopt_plan(house: House, world: World, attempt: Attempt) -> None:
    words = AdoptPlan(attempt.record.id, attempt.version, attempt.words("达标排放"), world.today + FAR)
    rectification.adopt_plan(house.actor(attempt), words)


def progress(house: House, world: World, attempt: Attempt) -> None:
    query = sql("SELECT id FROM measures WHERE rectification_id = :cycle AND position = :position")
    measure = session().scalar(query, {"cycle": attempt.record.id, "position": attempt.measure + 1}) or 0
    words = ReportProgress(attempt.record.id, attempt.version, measure, attempt.progress, attempt.words())
    rectification.report_progress(house.actor(attempt), words)


MEASURES = sql(
    "SELECT position, text, unit_id, due_on FROM measures WHERE rectification_id = :cycle AND dropped_at IS NULL"
)


def propose_change(house: House, world: World, attempt: Attempt) -> None:
    """Another target; and now and then one measure more."""
    kept = session().execute(MEASURES, {"cycle": attempt.record.id}).all()
    lines = [MeasureLine(row.position, row.text, row.unit_id, date.fromisoformat(str(row.due_on))) for row in kept]
    if attempt.one_more:
        day = world.today + timedelta(days=30)
        lines.append(MeasureLine(0, attempt.words("安装在线监控"), house.units["tianyuan"], day))
    words = ProposeChange(
        attempt.record.id, attempt.version, attempt.words("稳定达标"), world.today + FAR, tuple(lines), attempt.words()
    )
    rectification.propose_change(house.actor(attempt), words)


def decide_change(house: House, world: World, attempt: Attempt) -> None:
    approved = attempt.action == R.APPROVE_CHANGE
    words = DecideChange(attempt.record.id, attempt.version, approved, attempt.words())
    rectification.decide_change(house.actor(attempt), words)


def publish_plan(house: House, world: World, attempt: Attempt) -> None:
    rectification.publish_plan(house.actor(attempt), PublishPlan(attempt.record.id, attempt.version))


def gather(house: House, world: World, attempt: Attempt) -> None:
    document = f"监测报告{next(SERIAL)}号" if attempt.full else ""
    words = Gather(attempt.record.id, attempt.version, attempt.record.to_gather, attempt.words(), document)
    rectification.gather(house.actor(attempt), words)


def decide_fault(house: House, world: World, attempt: Attempt) -> None:
    other, confirmed = another_case(world, attempt.record), attempt.action == R.CONFIRM_SAME
    words = DecideFault(attempt.record.id, attempt.version, other.id if other else 0, confirmed, attempt.words())
    rectification.decide_fault(house.actor(attempt), words)


def submit(house: House, world: World, attempt: Attempt) -> None:
    rectification.submit(house.actor(attempt), Submit(attempt.record.id, attempt.version, attempt.words("材料")))


def sign(house: House, world: World, attempt: Attempt) -> None:
    checklist = dict.fromkeys(CHECKLIST, attempt.words()) if attempt.action == R.SIGN_OFF else {}
    words = SignStep(attempt.record.id, attempt.version, attempt.action, attempt.words(), checklist)
    rectification.sign_step(house.actor(attempt), words)


def open_notice(house: House, world: World, attempt: Attempt) -> None:
    rectification.open_notice(
        house.actor(attempt), OpenNotice(attempt.record.id, attempt.version, attempt.words("同意销号"), confirmed=True)
    )


def object_to(house: House, world: World, attempt: Attempt) -> Any:
    notice = attempt.record.notice
    words = ObjectTo(notice.id if notice else 0, attempt.words("仍有气味"), f"objection-{next(SERIAL)}")
    return rectification.object_to(house.actor(attempt), house.installation, words)


def answer(house: House, world: World, attempt: Attempt) -> None:
    notice, upheld = attempt.record.notice, attempt.action == R.UPHOLD_OBJECTION
    chosen = next(iter([*notice.unanswered, *notice.objections]), 0) if notice else 0
    words = AnswerObjection(chosen, upheld, attempt.words(), attempt.version)
    rectification.answer_objection(house.actor(attempt), words)


def close_notice(house: House, world: World, attempt: Attempt) -> None:
    rectification.close_notice(house.actor(attempt), CloseNotice(attempt.record.id, attempt.version, attempt.words()))


def look_back(house: House, world: World, attempt: Attempt) -> int | None:
    words = LookBack(attempt.record.id, attempt.version, attempt.action, attempt.words())
    return rectification.look_back(house.actor(attempt), words)


def refuse(house: House, world: World, attempt: Attempt) -> None:
    rectification.refuse_step(house.actor(attempt), RefuseStep(attempt.record.id, attempt.version, attempt.words()))


WAYS: dict[str, dict[Any, Way]] = {
    "report": {
        A.ACCEPT: accept, A.REFER: refer, A.MERGE: merge, A.ASK: act(Need.QUESTION), A.VOID: act(Need.REASON),
        A.TAKE: share_out, A.HAND_ON: share_out, A.RELEASE: share_out, A.RING: ring, A.DECLINE: ring,
        A.ANSWER: desk_or_citizen(tracking.answer, Need.ANSWER), A.ADD: desk_or_citizen(tracking.add, Need.ADDITION),
        A.WITHDRAW: desk_or_citizen(tracking.withdraw, Need.REASON), A.LAPSE: act(), A.ACKNOWLEDGE: acknowledge,
        A.MARK_KEY: act(Need.REASON), A.UNMARK_KEY: act(Need.REASON), A.UNDO: act(Need.REASON), A.CONCLUDE: act(),
        A.RATE: rate,
    },
    "case": {
        C.APPROVE_TEXT: approve_text, C.SECOND_APPROVE: second_approve, C.BATCH: close_day, C.TAKE_OUT: take_out,
        C.HAND_OVER: of_batch(batches.hand_over), C.SIGN_FOR: of_batch(batches.sign_for), C.ASSIGN: assign,
        C.DISPUTE: dispute, C.PASS_DOWN: give_on(casework.pass_down), C.PASS_ANEW: give_on(casework.pass_anew),
        C.SETTLE_DISPUTE: give_on(casework.settle_dispute), C.UPHOLD_DISPUTE: step(casework.uphold_dispute),
        C.DISMISS_DISPUTE: step(casework.dismiss_dispute), C.INVESTIGATE: step(casework.investigate),
        C.EXTEND: extend, C.REPLY: reply, C.SIGN_REPLY: step(casework.sign_reply),
        C.SEND_BACK: step(casework.send_back), C.CITY_PASS: step(casework.city_pass),
        C.CITY_RETURN: step(casework.city_return), C.PASS: step(casework.pass_reply),
        C.REQUIRE_CHECK: step(casework.require_check), C.CONFIRM_UNFOUNDED: step(casework.confirm_unfounded),
        C.TEAM_RETURN: step(casework.team_return), C.PUBLISH: publish, C.UNPUBLISH: step(casework.unpublish),
        C.REOPEN: step(casework.reopen), C.ENTER_HISTORY: enter_history,
    },
    "rectification": {
        R.ADD_MEASURE: add_measure, R.ADOPT_PLAN: adopt_plan, R.PROGRESS: progress, R.SUBMIT: submit,
        R.PROPOSE_CHANGE: propose_change, R.APPROVE_CHANGE: decide_change, R.REFUSE_CHANGE: decide_change,
        R.PUBLISH_PLAN: publish_plan, R.GATHER: gather, R.CONFIRM_SAME: decide_fault, R.DECLINE_SAME: decide_fault,
        R.SELF_CHECK: sign, R.COUNTY_ACCEPT: sign, R.DEPARTMENT_ACCEPT: sign, R.CITY_ACCEPT: sign,
        R.OPEN_NOTICE: open_notice, R.OBJECT: object_to, R.UPHOLD_OBJECTION: answer, R.DISMISS_OBJECTION: answer,
        R.CLOSE_NOTICE: close_notice, R.LEADER_SIGN: sign, R.SIGN_OFF: sign, R.FILE: sign,
        R.FIND_CONSOLIDATED: look_back, R.FIND_RELAPSED: look_back, R.REFUSE: refuse,
    },
}  # fmt: skip
"""Every action that somebody can take on a record that is there."""
CALLING_BACK = {C.CALL_BACK, C.TRY_CALL_BACK, C.HEAR_CALL_BACK, C.HEAR_DISSATISFIED}
ELSEWHERE: dict[str, set[Any]] = {
    "report": {A.REGISTER, A.REGISTER_BLANK},
    "case": {C.OPEN, C.CANCEL, C.SPOT_CHECK, *CALLING_BACK},
    "rectification": {R.OPEN, R.DRAW_LOOK_BACK, R.REPORTED_AGAIN},
}
"""What begins a record; what only ever follows from an action on another one; what the lot, the telephone and the watch

over signed-off sites do (tests/triage, tests/desk).
"""
SKIPPED: dict[str, set[Any]] = {
    "report": {A.CONCLUDE, A.RATE},
    "case": {C.CANCEL, C.SPOT_CHECK, *CALLING_BACK},
    "rectification": {R.DEPARTMENT_ACCEPT, R.DRAW_LOOK_BACK, R.REPORTED_AGAIN},
}
"""What the machine about a noun need not come to; the shipped ladder has no department."""
FOLLOWING: dict[str, set[tuple[str, Any]]] = {
    "report": {("case", C.CANCEL)},
    "case": {("report", A.CONCLUDE), ("report", A.RATE)},
    "rectification": set(),
}
"""What it comes to besides: a report is answered with its cases, a case is cancelled with its report."""


def effective(attempt: Attempt) -> Any:
    """What an attempt comes to: a citizen who answers too late has added something (app/domain/asking.py)."""
    late = attempt.action == A.ANSWER and attempt.login == "citizen" and attempt.record.state != ReportState.ASKED
    return A.ADD if late else attempt.action
