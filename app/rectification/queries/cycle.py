"""One cycle with everything in it: what the locality may see of its case, plan, climbs, notices, history."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import session
from app.domain import catalogue
from app.domain.case import Case, Completion, Verdict
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor, Person, Unit, UnitKind
from app.domain.plan import missed_months
from app.domain.rectification import CHECKLIST, LadderStep, Measure, Notice, Progress, Rectification
from app.domain.scope import load
from app.domain.signing import document_digest
from app.domain.workflow.engine import Offer
from app.domain.workflow.vocabulary import Guard, Role
from app.domain.workflow.vocabulary import RectificationAction as A
from app.kernel import clock
from app.rectification.queries.elsewhere import faults_of
from app.rectification.queries.history import happened
from app.rectification.queries.listing import next_due, standing_at
from app.rectification.queries.pictures import CYCLE, EVIDENCE, STEP, Photo, photos_of
from app.rectification.queries.plan import months_of, plan_of
from app.rectification.queries.rows import (
    CaseView,
    EvidenceView,
    LineView,
    MeasureView,
    NoticeView,
    ObjectionView,
    StepView,
    View,
)
from app.rectification.queries.signed import document

NOT_NOW = frozenset(
    {Guard.AT_STEP, Guard.OWN_STEP, Guard.NO_NOTICE_YET, Guard.OPEN_OBJECTION, Guard.OPEN_CHANGE, Guard.PLAN_NOT_SHOWN}
)
"""Conditions that say an action belongs to another moment: no button, not even a blocked one."""
READS_OBJECTIONS = frozenset({Role.COORDINATOR, Role.INSPECTOR, Role.LEADER, Role.SUPERVISOR})
"""An objection is a citizen's own words: the unit that is objected to reads the answer, not the words."""


def view(actor: Actor, rectification_id: int, seen: int | None = None) -> View:
    """A cycle this actor may see. Raises NotFound, or Stale when it moved on since version `seen`."""
    record = load(session(), actor, Rectification, rectification_id, *_everything())
    record.expect_version(seen)
    names = _names(record)
    photos = photos_of(STEP, [step.id for step in record.all_steps])
    roles = record.roles_of(actor)
    due = next_due(record)
    reads = bool(roles & READS_OBJECTIONS)
    past = happened(record, names, reads_objections=reads)
    again = tuple(clock.local_date(one.at) for one in past if one.action == A.REPORTED_AGAIN) if reads else ()
    shown = document(session(), record) if standing_at(record) else ()
    return View(
        id=record.id,
        version=record.version,
        cycle=record.cycle,
        cycles=tuple((one.cycle, one.id, one.status) for one in record.case.rectifications),
        case=_case(record.case),
        state=record.status,
        step=standing_at(record),
        target=record.target,
        target_on=record.target_on,
        due_on=due,
        late=due is not None and due < clock.today(),
        look_back_on=record.look_back_on,
        signed_off_at=record.signed_off_at,
        measures=tuple(_measure(measure) for measure in record.measures),
        plan=plan_of(record, names),
        checklist=tuple(_checklist(record, names)),
        faults=faults_of(actor, record, names),
        again=again,
        template=record.rungs,
        document=shown,
        digest=document_digest(shown),
        climbs=tuple(_climbs(record, names, photos)),
        notices=tuple(_notice(notice, reads=reads) for notice in reversed(record.notices)),
        photos=tuple(photos_of(CYCLE, [record.id]).get(record.id, ())),
        history=tuple(one for one in past if reads or one.action != A.REPORTED_AGAIN),
        offers=tuple(offer for offer in record.offers(actor) if _belongs_here(offer, record)),
        units=tuple(_units(record.case)),
        reads_objections=reads,
    )


def _everything() -> tuple[object, ...]:
    return (
        selectinload(Rectification.measures).selectinload(Measure.told),
        selectinload(Rectification.versions),
        selectinload(Rectification.evidence),
        selectinload(Rectification.faults),
        selectinload(Rectification.changes),
        selectinload(Rectification.all_steps),
        selectinload(Rectification.notices).selectinload(Notice.objections),
        selectinload(Rectification.case).selectinload(Case.rectifications),
        selectinload(Rectification.case).selectinload(Case.supporting),
    )


def _belongs_here(offer: Offer, record: Rectification) -> bool:
    if offer.blocked == Guard.NOTICE_OVER and record.notice is None:
        return False
    return offer.blocked not in NOT_NOW


def _case(case: Case) -> CaseView:
    known = {**catalogue.tags(), **catalogue.types()}
    return CaseView(
        number=case.number,
        key=case.key,
        area=case.area,
        area_printed=case.area_printed,
        unit=case.lead_unit.name if case.lead_unit else case.unit_printed,
        supporting=tuple(helper.unit.label for helper in case.supporting),
        types=tuple(known[code] for code in case.types if code in known),
        points=tuple(case.points),
        handed_over_on=clock.local_date(case.handed_over_at) if case.handed_over_at else None,
        text=case.handover_text,
        verdict=Verdict(case.verdict) if case.verdict else None,
        completion=Completion(case.completion) if case.completion else None,
        published_text=case.publication_text,
        published_handling=case.publication_handling,
        accountability=case.accountability,
    )


def _measure(measure: Measure) -> MeasureView:
    return MeasureView(
        id=measure.id,
        position=measure.position,
        text=measure.text,
        unit=measure.unit.label if measure.unit else "",
        due_on=measure.due_on,
        progress=Progress(measure.progress),
        note=measure.note,
        progress_at=measure.progress_at,
        late=measure.progress != Progress.DONE and measure.due_on < clock.today(),
        cost=measure.cost,
        months=months_of(measure),
        missed=tuple(missed_months(measure, clock.today())),
    )


def _climbs(
    record: Rectification, names: dict[int, str], photos: dict[int, list[Photo]]
) -> list[tuple[int, tuple[StepView, ...]]]:
    found = []
    for climb in range(record.climb, 0, -1):
        steps = [step for step in record.all_steps if step.climb == climb]
        found.append((climb, tuple(_step(step, record, names, photos.get(step.id, [])) for step in steps)))
    return found


def _checklist(record: Rectification, names: dict[int, str]) -> Iterator[LineView]:
    """Every line of it, also those nothing was gathered for."""
    photos = photos_of(EVIDENCE, [one.id for one in record.evidence])
    for code in CHECKLIST:
        yield LineView(
            code,
            tuple(
                EvidenceView(
                    one.words,
                    one.document,
                    one.kept_at,
                    names.get(one.kept_by_id or 0, ""),
                    tuple(photos.get(one.id, ())),
                )
                for one in record.evidence
                if one.line == code
            ),
        )


def _step(step: LadderStep, record: Rectification, names: dict[int, str], photos: list[Photo]) -> StepView:
    current = standing_at(record) is not None and step is record.step
    standing = "done" if step.signed_at else "refused" if step.refused_at else "current" if current else "ahead"
    return StepView(
        kind=step.term,
        standing=standing,
        at=step.signed_at or step.refused_at,
        role=Role(step.signed_as) if step.signed_as else None,
        name=names.get(step.signed_by_id or 0, ""),
        instead_of=names.get(step.signed_for_id or 0, ""),
        due_on=step.due_on if current else None,
        late=current and step.due_on is not None and step.due_on < clock.today(),
        position=step.position,
        rung=step.rung,
        lines=dict(step.lines),
        digest=step.seal.get("digest", ""),
        said=step.said,
        checklist=dict(step.checklist),
        photos=tuple(photos),
    )


def _notice(notice: Notice, *, reads: bool) -> NoticeView:
    return NoticeView(
        id=notice.id,
        climb=notice.climb,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        announced=notice.announced,
        running=notice.closed_at is None and notice.is_running(clock.today()),
        closed_at=notice.closed_at,
        objections=tuple(
            ObjectionView(one.id, one.made_at, one.words if reads else "", one.answered_at, one.upheld, one.answer)
            for one in notice.objections
        ),
    )


def _names(record: Rectification) -> dict[int, str]:
    """Who is named on the page: those who signed or wrote down anything of this cycle."""
    acted = select(LedgerEntry.person_id).where(LedgerEntry.noun == "rectification", LedgerEntry.noun_id == record.id)
    others = [step.signed_for_id for step in record.all_steps if step.signed_for_id]
    people = session().scalars(select(Person).where(Person.id.in_(acted) | Person.id.in_(others)))
    return {person.id: person.name for person in people}


def _units(case: Case) -> list[tuple[int, str]]:
    """Who may be given a measure: the lead unit's branch, those who help, and the city's own departments."""
    lead = case.lead_unit
    helping = [helper.unit_id for helper in case.supporting]
    branch = Unit.path.startswith(lead.path, autoescape=True) if lead else Unit.id.in_([])
    city = Unit.parent_id.in_(select(Unit.id).where(Unit.parent_id.is_(None)))
    query = (
        select(Unit)
        .where(Unit.active, branch | Unit.id.in_(helping) | (city & (Unit.kind == str(UnitKind.DEPARTMENT))))
        .order_by(Unit.path)
    )
    found = list(session().scalars(query))
    mine = [unit for unit in found if lead and unit.path.startswith(lead.path)]
    return [(unit.id, unit.name) for unit in [*mine, *(unit for unit in found if unit not in mine)]]
