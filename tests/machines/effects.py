"""What comes of an attempt that was taken, beyond the row of its table: in the model."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text as sql

from app.db import session
from app.domain.rectification import Progress
from app.domain.workflow.vocabulary import CaseAction as C
from app.domain.workflow.vocabulary import CaseState, ReportState, Role
from app.domain.workflow.vocabulary import RectificationAction as R
from app.domain.workflow.vocabulary import ReportAction as A
from tests.machines.model import (
    AREAS,
    DISSATISFIED,
    LADDER,
    CaseRecord,
    CycleRecord,
    Disputed,
    Given,
    Posted,
    Sheaf,
    World,
    colleague_for,
    everything_published,
    first_for,
)
from tests.machines.ways import Attempt
from tests.support.days import working_days_later

Effect = Callable[[World, Attempt, Any], None]


def accepted(world: World, attempt: Attempt, ids: Any) -> None:
    report = attempt.record
    for id_, area in zip(ids, AREAS, strict=False):
        case = CaseRecord(id=id_, report=report, area=area)
        report.cases.append(case)
        world.begins(attempt.login, case, C.OPEN)


def cancelled(world: World, attempt: Attempt, _result: Any) -> None:
    report = attempt.record
    report.acknowledged = None
    for case in report.live:
        world.follows(attempt.login, case, C.CANCEL)
        if case.sheaf:
            case.sheaf.cases.remove(case)
            case.sheaf = None


def referred(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.acknowledged = False


def acknowledged(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.acknowledged, attempt.record.due = True, None


def merged(world: World, attempt: Attempt, _result: Any) -> None:
    first = first_for(world, attempt.record)
    assert first is not None
    first.matter = attempt.record.matter = True


def in_hand(world: World, attempt: Attempt, _result: Any) -> None:
    report = attempt.record
    holders = {A.TAKE: attempt.login, A.HAND_ON: colleague_for(report), A.RELEASE: None}
    report.holder = holders[attempt.action]


def keyed(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.key = attempt.action == A.MARK_KEY


def rated(world: World, attempt: Attempt, _result: Any) -> None:
    report = attempt.record
    report.rating = attempt.rating
    for case in report.live if report.rating == DISSATISFIED else ():
        if case.state in {CaseState.PASSED, CaseState.PUBLISHED}:
            world.follows(attempt.login, case, C.REOPEN)


def approved(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.text_by, attempt.record.second_by = world.people[attempt.login].id, None


def seconded(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.second_by = world.people[attempt.login].id


def taken_out(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.sheaf.cases.remove(attempt.record)
    attempt.record.sheaf = None


def closed(world: World, attempt: Attempt, batch: Any) -> None:
    """The whole day: whatever is ready and came in time."""
    sheaf, world.window_to = Sheaf(batch), world.cut_off
    world.sheaves.append(sheaf)
    world.entries += 1
    for case in world.cases:
        if case.state == CaseState.PREPARED and case.ready and case.report.received_at < world.cut_off:
            world.follows(attempt.login, case, C.BATCH)
            case.sheaf = sheaf
            sheaf.cases.append(case)


def handed(world: World, attempt: Attempt, _result: Any) -> None:
    sheaf = attempt.record.sheaf
    sheaf.handed = True
    world.entries += 1
    world.told += 1
    for case in sheaf.cases:
        if case is not attempt.record:
            world.follows(attempt.login, case, C.HAND_OVER)
        case.feedback = case.due


def signed_for(world: World, attempt: Attempt, _result: Any) -> None:
    sheaf = attempt.record.sheaf
    sheaf.signed = True
    world.entries += 1
    for case in sheaf.cases:
        if case is not attempt.record:
            world.follows(attempt.login, case, C.SIGN_FOR)


def give(case: CaseRecord, unit: str, by: str | None) -> None:
    case.given.append(Given(unit, by, case.due))
    case.unit, case.dispute_by = unit, case.due


def assigned(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.given = []
    give(attempt.record, attempt.unit, None)


def passed_on(world: World, attempt: Attempt, _result: Any) -> None:
    """Down to a unit below; or back to who gave it, with what is left of its own time to dispute."""
    case, unit = attempt.record, attempt.below
    held = next((one for one in case.given if one.unit == unit), None)
    case.dispute = None
    if held is None:
        give(case, unit, case.unit)
        return
    case.given = case.given[: case.given.index(held) + 1]
    case.unit, case.dispute_by, case.due = unit, held.dispute_by, held.dispute_by


def disputed(world: World, attempt: Attempt, _result: Any) -> None:
    """Who gave it decides, where nobody else is named; of two counties the city."""
    case = attempt.record
    superior = None if attempt.other else case.given[-1].by
    case.dispute = Disputed(case.unit, world.people[attempt.login].id, superior, case.due)


def dispute_upheld(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.unit = attempt.record.dispute_by = attempt.record.dispute = None
    attempt.record.given = []


def dispute_dismissed(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.dispute = None


def extended(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.feedback = attempt.later_day(world.today)


def replied(world: World, attempt: Attempt, number: Any) -> None:
    attempt.record.replies.append(str(attempt.verdict))
    assert number == len(attempt.record.replies), "a version was lost"


def checked(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.checked_by = world.people[attempt.login].id


def published(world: World, attempt: Attempt, _result: Any) -> None:
    case = attempt.record
    case.published = True
    if case.replies:
        case.published_verdict = case.replies[-1]
    if attempt.action == C.ENTER_HISTORY:
        case.published_verdict = "true"
    report, roles = case.report, world.roles(attempt.login, case.report)
    answers = roles & {Role.INSPECTOR, Role.HISTORIAN}
    if report.state == ReportState.ACCEPTED and everything_published(report) and answers:
        world.follows(attempt.login, report, A.CONCLUDE)


def unpublished(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.published = False


def opened(world: World, attempt: Attempt, id_: Any) -> None:
    case = attempt.record
    cycle = CycleRecord(id=id_, case=case)
    case.cycles.append(cycle)
    world.begins(attempt.login, cycle, R.OPEN)


def measured(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.measures.append(False)


def progressed(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.measures[attempt.measure] = attempt.progress is Progress.DONE


def proposed(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.change = world.people[attempt.login].id, attempt.one_more


def decided(world: World, attempt: Attempt, _result: Any) -> None:
    cycle = attempt.record
    if attempt.action == R.APPROVE_CHANGE and cycle.change[1]:
        cycle.measures.append(False)
    cycle.change = None


def shown(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.shown = True


def submitted(world: World, attempt: Attempt, _result: Any) -> None:
    cycle = attempt.record
    cycle.climb, cycle.submitted_by = cycle.climb + 1, world.people[attempt.login].id
    cycle.signed, cycle.notice = [], None


def signed(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.signed.append(world.people[attempt.login].id)


def filed(world: World, attempt: Attempt, result: Any) -> None:
    signed(world, attempt, result)
    attempt.record.look_back_on = attempt.record.due


def notice_closed(world: World, attempt: Attempt, result: Any) -> None:
    signed(world, attempt, result)
    attempt.record.due, attempt.record.notice.closed = attempt.record.look_back_on, True


def relapsed(world: World, attempt: Attempt, id_: Any) -> None:
    """The next cycle of the case is there at once."""
    signed(world, attempt, id_)
    opened(world, Attempt(attempt.record.case, R.OPEN, attempt.login), id_)


def gathered(world: World, attempt: Attempt, _result: Any) -> None:
    attempt.record.gathered.add(attempt.record.to_gather)


def posted(world: World, attempt: Attempt, _result: Any) -> None:
    query = sql("SELECT max(id) FROM notices WHERE rectification_id = :cycle")
    id_ = session().scalar(query, {"cycle": attempt.record.id})
    attempt.record.notice = Posted(id_, world.today, working_days_later(world.today, 10))


def objected(world: World, attempt: Attempt, kept: Any) -> None:
    attempt.record.notice.objections[kept.objection_id] = False


def answered(world: World, attempt: Attempt, result: Any) -> None:
    """One that is upheld ends the notice, and with it whatever else was said against it."""
    notice, upheld = attempt.record.notice, attempt.action == R.UPHOLD_OBJECTION
    for one in notice.unanswered if upheld else notice.unanswered[:1]:
        notice.objections[one] = True
    if upheld:
        returned(world, attempt, result)


def returned(world: World, attempt: Attempt, _result: Any) -> None:
    """A climb that was refused has no step whose turn it is."""
    cycle = attempt.record
    cycle.look_back_on, cycle.signed = None, [None] * len(LADDER)
    if cycle.notice:
        cycle.notice.closed = True


EFFECTS: dict[str, dict[Any, Effect]] = {
    "report": {
        A.ACCEPT: accepted, A.REFER: referred, A.MERGE: merged, A.TAKE: in_hand, A.HAND_ON: in_hand,
        A.RELEASE: in_hand, A.WITHDRAW: cancelled, A.UNDO: cancelled, A.ACKNOWLEDGE: acknowledged, A.MARK_KEY: keyed,
        A.UNMARK_KEY: keyed, A.RATE: rated,
    },
    "case": {
        C.APPROVE_TEXT: approved, C.SECOND_APPROVE: seconded, C.BATCH: closed, C.TAKE_OUT: taken_out,
        C.HAND_OVER: handed, C.SIGN_FOR: signed_for, C.ASSIGN: assigned, C.UPHOLD_DISPUTE: dispute_upheld,
        C.DISMISS_DISPUTE: dispute_dismissed, C.SETTLE_DISPUTE: passed_on, C.PASS_DOWN: passed_on,
        C.PASS_ANEW: passed_on, C.DISPUTE: disputed,
        C.EXTEND: extended, C.REPLY: replied, C.REQUIRE_CHECK: checked, C.PUBLISH: published,
        C.ENTER_HISTORY: published, C.UNPUBLISH: unpublished,
    },
    "rectification": {
        R.ADD_MEASURE: measured, R.PROGRESS: progressed, R.PROPOSE_CHANGE: proposed,
        R.APPROVE_CHANGE: decided, R.REFUSE_CHANGE: decided, R.PUBLISH_PLAN: shown, R.GATHER: gathered, R.SUBMIT: submitted, R.SELF_CHECK: signed,
        R.COUNTY_ACCEPT: signed, R.DEPARTMENT_ACCEPT: signed, R.CITY_ACCEPT: signed, R.CLOSE_NOTICE: notice_closed,
        R.LEADER_SIGN: signed, R.SIGN_OFF: signed, R.FILE: filed, R.FIND_CONSOLIDATED: signed,
        R.FIND_RELAPSED: relapsed, R.OPEN_NOTICE: posted, R.OBJECT: objected, R.UPHOLD_OBJECTION: answered,
        R.DISMISS_OBJECTION: answered, R.REFUSE: returned,
    },
}  # fmt: skip
