"""The list of cycles in reach: one row each, cut down by where it stands, what is due, and how far it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.domain.case import Case
from app.domain.inspection import Inspection
from app.domain.lateness import Nearness, nearness
from app.domain.people import Actor
from app.domain.rectification import Progress, Rectification
from app.domain.region import Region
from app.domain.scope import scoped
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import RectificationState, StepKind
from app.kernel import clock
from app.rectification.commands import Wish
from app.rectification.queries.standing import OVER, WORKING, Condition, all_done, at_step, behind, due_before
from app.web.paging import Page, read_page

SOON = timedelta(days=30)
LATE, SOON_DUE = "late", "soon"
DONE, ON_SCHEDULE, BEHIND = (str(progress) for progress in Progress)


@dataclass(frozen=True)
class ListRow:
    """`due_on` is the next day that something is due; `step` whose turn it is, on the ladder only."""

    id: int
    number: str
    key: bool
    area: Region | None
    area_printed: str
    unit: str
    cycle: int
    target_on: date | None
    done: int
    measures: int
    behind: bool
    state: Term
    step: StepKind | None
    due_on: date | None
    nearness: Nearness | None
    notice_ends_on: date | None


def listing(actor: Actor, inspection: Inspection, wish: Wish) -> tuple[Page[ListRow], int]:
    """One page of the cycles this actor may see, and how many there are of that kind."""
    query = scoped(actor, Rectification).where(Rectification.inspection_id == inspection.id, *_conditions(wish))
    total = session().scalar(select(func.count()).select_from(query.with_only_columns(Rectification.id).subquery()))
    loaded = query.options(
        joinedload(Rectification.case),
        selectinload(Rectification.measures),
        selectinload(Rectification.all_steps),
        selectinload(Rectification.notices),
    )
    page = read_page(
        session(),
        loaded,
        by=Rectification.state_since,
        key=Rectification.id,
        cursor=wish.cursor,
        make=lambda row: _row(row[0]),
        key_of=lambda row: row[0].id,
    )
    return page, total or 0


def _conditions(wish: Wish) -> list[Condition]:
    today = clock.today()
    due = {LATE: due_before(today), SOON_DUE: due_before(today + SOON)}
    far = {DONE: all_done(), BEHIND: behind(), ON_SCHEDULE: ~all_done() & ~behind()}
    found = [made[word] for word, made in ((wish.due, due), (wish.progress, far)) if word in made]
    if wish.stand in list(RectificationState):
        found.append(Rectification.state == wish.stand)
    if wish.stand in list(StepKind):
        found.append(at_step(StepKind(wish.stand)))
    if wish.number:
        found.append(Rectification.case.has(Case.number.icontains(wish.number, autoescape=True)))
    return found


def _row(record: Rectification) -> ListRow:
    case, due = record.case, next_due(record)
    notice = record.notice if record.notice and record.notice.closed_at is None else None
    return ListRow(
        id=record.id,
        number=case.number,
        key=case.key,
        area=case.area,
        area_printed=case.area_printed,
        unit=case.lead_unit.label if case.lead_unit else case.unit_printed,
        cycle=record.cycle,
        target_on=record.target_on,
        done=sum(measure.progress == Progress.DONE for measure in record.measures),
        measures=len(record.measures),
        behind=any(measure.progress == Progress.BEHIND for measure in record.measures),
        state=record.status,
        step=standing_at(record),
        due_on=due,
        nearness=nearness(due, clock.today()),
        notice_ends_on=notice.ends_on if notice else None,
    )


def standing_at(record: Rectification) -> StepKind | None:
    """The step whose turn it is, while the cycle is on the ladder."""
    working = record.status in WORKING or record.status in OVER
    return None if working or record.step is None else record.step.term


def next_due(record: Rectification) -> date | None:
    """The same days as standing.due_before: an unfinished measure, then the target, then the look-back."""
    if record.status in OVER:
        return None
    if record.signed_off_at is not None:
        return record.look_back_on
    days = [m.due_on for m in record.measures if m.progress != Progress.DONE] if record.status in WORKING else []
    return min([*days, *([record.target_on] if record.target_on else [])], default=None)
