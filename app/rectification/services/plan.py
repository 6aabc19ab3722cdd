"""The plan of a cycle: open it, add measures, adopt, report progress month by month, publish, submit for sign-off."""

from datetime import date

from sqlalchemy import select

from app.db import transaction
from app.domain.case import Case, Verdict
from app.domain.people import Actor
from app.domain.plan import first_of, missed_months
from app.domain.rectification import Measure, MonthlyProgress
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseState, Need
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel import clock
from app.kernel.errors import N_, NotFound, Refused
from app.rectification.commands import AddMeasure, AdoptPlan, OpenCycle, PublishPlan, ReportProgress, Submit
from app.rectification.services.changes import keep_version, unit_of
from app.rectification.services.holding import begin_cycle, hold
from app.rectification.services.pictures import attach
from app.rectification.services.signing import begin_climb

REVIEWED = (CaseState.PASSED, CaseState.PUBLISHED)


def open_cycle(actor: Actor, words: OpenCycle) -> int:
    """Begin the first cycle of a case and give its id (practice: only where something must be put right)."""
    with transaction() as session:
        session.execute(select(Case.id).where(Case.id == words.case_id).with_for_update())
        case = load(session, actor, Case, words.case_id)
        _refuse_unless_open(case)
        return begin_cycle(session, actor, case).id


def _refuse_unless_open(case: Case) -> None:
    found = case.verdict or (case.reply.verdict if case.reply else None)
    if case.state not in REVIEWED:
        raise Refused(N_("Only a case whose reply has passed review can be put right."))
    if found == Verdict.UNFOUNDED:
        raise Refused(N_("The verdict is unfounded: there is nothing to put right."))
    if case.rectifications:
        raise Refused(N_("This case already has its rectification."))
    if case.lead_unit is None:
        raise Refused(N_("No unit answers for this case yet; assign its lead unit first."))


def add_measure(actor: Actor, words: AddMeasure) -> None:
    """One more measure, while the plan is being made (practice: 一件一策); an adopted one changes by approval."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        unit, position = unit_of(session, words.unit_id), len(record.measures) + 1
        said = {Need.MEASURE: words.text, Need.UNIT: unit.name, Need.DUE_ON: words.due_on.isoformat()}
        record.perform(A.ADD_MEASURE, actor, said, {"measure": position})
        record.measures.append(
            Measure(position=position, text=words.text, unit=unit, due_on=words.due_on, cost=words.cost)
        )


def adopt_plan(actor: Actor, words: AdoptPlan) -> None:
    """Fix the target and its day; no measure may end after it. From now on the plan changes by approval only."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        said = {Need.TARGET: words.target, Need.DUE_ON: words.target_on.isoformat()}
        record.perform(A.ADOPT_PLAN, actor, said)
        if any(measure.due_on > words.target_on for measure in record.measures):
            told = N_("One of the measures ends after this day.")
            raise Refused(told, fields={str(Need.DUE_ON): told})
        record.target, record.target_on = words.target, words.target_on
        for measure in record.measures:
            measure.planned_at = actor.now()
        keep_version(session, record, actor)


def publish_plan(actor: Actor, words: PublishPlan) -> None:
    """Let everybody read the plan and how far it is (整改情况公示表), from now on as it stands each day."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        record.perform(A.PUBLISH_PLAN, actor)
        record.plan_shown_at = actor.now()


def report_progress(actor: Actor, words: ReportProgress) -> None:
    """Say how far one measure is in a month: 完成, 达到序时进度, 未达序时进度. One entry for each month.

    Raises Refused for a month that has not begun, or a past one that has its entry already.
    """
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        measure = next((one for one in record.measures if one.id == words.measure_id), None)
        if measure is None:
            raise NotFound
        month = words.month or first_of(clock.local_date(actor.now()))
        said = {Need.PROGRESS: str(words.progress), Need.NOTE: words.note}
        record.perform(A.PROGRESS, actor, said, {"measure": measure.position, "month": f"{month:%Y-%m}"})
        _tell(measure, actor, month, words)


def _tell(measure: Measure, actor: Actor, month: date, words: ReportProgress) -> None:
    """The month's entry; what a measure is called far is what its latest month says."""
    today = clock.local_date(actor.now())
    if month != first_of(today) and month not in missed_months(measure, today):
        told = N_("Progress is told for the present month, or for a month that was missed.")
        raise Refused(told, fields={"month": told})
    entry = next((one for one in measure.told if one.month == month), None)
    if entry is None:
        entry = MonthlyProgress(month=month)
        measure.told.append(entry)
    entry.progress, entry.note = str(words.progress), words.note
    entry.told_at, entry.told_by_id = actor.now(), actor.person_id
    if month == max(one.month for one in measure.told):
        measure.progress, measure.note, measure.progress_at = entry.progress, entry.note, entry.told_at


def submit(actor: Actor, words: Submit) -> None:
    """Ask for the sign-off: a new climb, each of its steps to be signed anew (practice: 办结不等于销号)."""
    with transaction() as session:
        record = hold(session, actor, words.rectification_id, words.version)
        climb = record.climb + 1
        record.perform(A.SUBMIT, actor, {Need.EVIDENCE: words.evidence}, {"climb": climb})
        record.climb, record.submitted_by_id, record.submitted_at = climb, actor.person_id, actor.now()
        attach(session, actor, words.pictures_key, "rectification", record.id)
        begin_climb(session, record, actor.now())
