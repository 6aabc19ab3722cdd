"""The way a report goes, rung by rung: what is done with its day, where it stands, what comes next and by when."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.domain.case import Case, Completion
from app.domain.expected import feedback_expected, hand_over_expected
from app.domain.rectification import Notice, Rectification
from app.domain.report import Report
from app.domain.workflow.vocabulary import CaseAction, CaseState, ReportAction
from app.domain.workflow.vocabulary import RectificationState as Right
from app.domain.workflow.vocabulary import ReportState as S
from app.kernel import clock
from app.tracking import wording as w
from app.tracking.rows import AHEAD, CURRENT, DONE, ENDED, Rung

Moments = Mapping[tuple[str, int, str], datetime]
"""When an action was last taken on a record: (noun, id, action) → moment."""

WITH_THE_CITY = (CaseState.HANDED_OVER, CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.DISPUTED)
ON_THE_SPOT = (*WITH_THE_CITY, CaseState.INVESTIGATING, CaseState.RETURNED)
BEING_PUT_RIGHT = (Right.PLANNING, Right.RECTIFYING)


def of_report(report: Report, moments: Moments) -> list[Rung]:
    """The rungs before its cases go their ways; for a report without cases, all there are."""
    received = Rung(w.RECEIVED, DONE, report.received_at)
    state = S(report.state)
    if state in {S.REGISTERED, S.ASKED}:
        return [received, _judging(report), *_to_come(report)]
    judged = moments.get(("report", report.id, str(w.DECISIONS.get(state, ReportAction.ACCEPT))))
    if state in {S.VOIDED, S.WITHDRAWN}:
        return [received, Rung(w.ENDINGS[state], ENDED, judged)]
    if state == S.REFERRED:
        return [received, Rung(w.JUDGED, DONE, judged), *_handed_elsewhere(report)]
    return [received, Rung(w.JOINED if state == S.MERGED else w.JUDGED, DONE, judged)]


def of_case(case: Case, moments: Moments) -> list[Rung]:
    """The rungs of one case, from its hand-over on."""
    return [_handed_over(case), _checked(case, moments), _answered(case), *_put_right(case)]


def look_again(rungs: list[Rung]) -> date | None:
    """When it is worth looking again: the day after the next date, or in some days where none is known."""
    today = clock.today()
    current = [rung for rung in rungs if rung.standing == CURRENT]
    days = [rung.by + timedelta(days=1) for rung in current if rung.by and rung.by >= today]
    if days:
        return min(days)
    slow = all(rung.label in {w.PUT_RIGHT, w.SIGNED_OFF, w.LASTED} for rung in current)
    return today + timedelta(days=30 if slow else 3) if current else None


def _judging(report: Report) -> Rung:
    if report.state == S.ASKED:
        over = report.due_on is not None and report.due_on < clock.today()
        return Rung(w.JUDGED, CURRENT, by=report.due_on, note=w.STILL_WAITS if over else w.WAITS_FOR_YOU)
    return Rung(w.JUDGED, CURRENT, by=hand_over_expected(report.inspection, _later(report.received_at)), firm=False)


def _to_come(report: Report) -> list[Rung]:
    """What would follow; days only while nothing holds it up."""
    day = hand_over_expected(report.inspection, _later(report.received_at)) if report.state == S.REGISTERED else None
    return [
        Rung(w.HANDED_OVER, AHEAD, by=day, firm=False),
        Rung(w.CHECKED, AHEAD, by=feedback_expected(report.inspection, day) if day else None, firm=False),
        Rung(w.ANSWERED, AHEAD),
        Rung(w.PUT_RIGHT, AHEAD, note=w.IF_NEEDED),
        Rung(w.SIGNED_OFF, AHEAD),
    ]


def _handed_elsewhere(report: Report) -> list[Rung]:
    referral = report.referral
    if referral is None:
        return []
    handed = Rung(w.HANDED_ELSEWHERE, DONE, referral.referred_at)
    if referral.acknowledged_at:
        return [handed, Rung(w.CONFIRMED, DONE, referral.acknowledged_at)]
    by = referral.inform_by
    return [handed, Rung(w.CONFIRMED, CURRENT, by=by, late=by < clock.today())]


def _handed_over(case: Case) -> Rung:
    if case.state in {CaseState.PREPARED, CaseState.BATCHED}:
        by = hand_over_expected(case.inspection, clock.now())
        return Rung(w.HANDED_OVER, CURRENT, by=by, firm=False)
    return Rung(w.HANDED_OVER, DONE, case.handed_over_at)


def _checked(case: Case, moments: Moments) -> Rung:
    if case.state in {CaseState.PREPARED, CaseState.BATCHED}:
        day = feedback_expected(case.inspection, hand_over_expected(case.inspection, clock.now()))
        return Rung(w.CHECKED, AHEAD, by=day, firm=False)
    if case.state in ON_THE_SPOT and case.published_at is None:
        by = case.feedback_due_on
        late = by is not None and by < clock.today()
        sure = case.feedback_announced
        return Rung(
            w.CHECKED,
            CURRENT,
            by=by,
            firm=sure,
            late=late,
            note=w.SENT_BACK if case.state == CaseState.RETURNED else "",
        )
    return Rung(w.CHECKED, DONE, case.replied_at or moments.get(("case", case.id, str(CaseAction.REPLY))))


def _answered(case: Case) -> Rung:
    if case.published_at:
        again = "" if case.is_published else w.REVIEWED_AGAIN
        return Rung(w.ANSWERED, CURRENT if again else DONE, case.published_at, note=again)
    checking = case.state in {CaseState.PREPARED, CaseState.BATCHED, *ON_THE_SPOT}
    return Rung(w.ANSWERED, AHEAD if checking else CURRENT, note="" if checking else w.REVIEWED)


def _put_right(case: Case) -> list[Rung]:
    cycle: Rectification | None = case.rectifications[-1] if case.rectifications else None
    if cycle is None:
        return _without_cycle(case)
    state = Right(cycle.state)
    if state in BEING_PUT_RIGHT:
        late = cycle.target_on is not None and cycle.target_on < clock.today()
        return [Rung(w.PUT_RIGHT, CURRENT, by=cycle.target_on, late=late), Rung(w.SIGNED_OFF, AHEAD)]
    done = Rung(w.PUT_RIGHT, DONE, cycle.submitted_at)
    if state == Right.CLIMBING:
        notice = running(cycle.notice)
        return [done, Rung(w.SIGNED_OFF, CURRENT, by=notice.ends_on if notice else None, firm=False,
                           note=w.SHOWN_TO_ALL if notice else w.BEING_ACCEPTED)]  # fmt: skip
    return [done, Rung(w.SIGNED_OFF, DONE, cycle.signed_off_at), _looked_back(cycle, state)]


def _without_cycle(case: Case) -> list[Rung]:
    """Only a case with something to put right has a cycle; one that is done, or was unfounded, ends with its answer."""
    if case.published_at is None:
        return [Rung(w.PUT_RIGHT, AHEAD, note=w.IF_NEEDED), Rung(w.SIGNED_OFF, AHEAD)]
    if case.completion in {str(Completion.STAGED), str(Completion.OPEN)}:
        return [Rung(w.PUT_RIGHT, CURRENT), Rung(w.SIGNED_OFF, AHEAD)]
    return []


def _looked_back(cycle: Rectification, state: Right) -> Rung:
    if state == Right.SIGNED_OFF:
        return Rung(w.LASTED, CURRENT, by=cycle.look_back_on, firm=False)
    return Rung(w.LASTED if state == Right.CONSOLIDATED else w.CAME_BACK, ENDED, cycle.state_since)


def running(notice: Notice | None) -> Notice | None:
    """The notice while everybody may object to it."""
    runs = notice is not None and notice.closed_at is None and notice.is_running(clock.today())
    return notice if runs else None


def _later(moment: datetime) -> datetime:
    """A report that has waited is expected from today on, not from the day it came."""
    now = clock.now()
    return moment if clock.local_date(now) <= clock.local_date(moment) else now
