"""What the list of cases is cut by and in which order it stands; from it the statements that read one page of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, false, literal_column, or_, select
from sqlalchemy.orm import aliased

from app.casework.duties import duties_of
from app.domain.assignment import Assignment, Dispute
from app.domain.batch import Batch
from app.domain.case import BEFORE_HAND_OVER, FOR_A_UNIT, Verdict
from app.domain.docket import FINISHED, WHOLE, DocketLine, of_type, of_unit
from app.domain.people import UNIT_BOUND, Actor, Appointment
from app.domain.sight import Heading, held, sight, topmost
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseState, Role
from app.kernel import clock
from app.web.paging import Cut

STATES = tuple(state for state in CaseState if state not in BEFORE_HAND_OVER)
Condition = ColumnElement[bool]
LINE: Any = DocketLine


class Order(Term):
    """DUE: what has its day first; of what still waits, or is late. Else by when it was handed over."""

    DUE = "due", "按反馈期限先后", "By the day of feedback"
    NEWEST = "newest", "后交办的在前", "Last handed over first"
    OLDEST = "oldest", "先交办的在前", "First handed over first"


class Standing(Term):
    """States taken together."""

    ONGOING = "ongoing", "办理中", "Open"
    EVERY = "all", "全部", "All"


@dataclass(frozen=True)
class Filters:
    """None, 0 or empty: by nothing. `mine`: what waits for whoever asks. `batch`: its label.

    `unit`: its branch; `lead`: only where that unit leads. `begins`, `ends`: days of handing over, both within.
    `order` None: what fits.
    """

    state: CaseState | Standing = Standing.ONGOING
    mine: bool = False
    area: str = ""
    type: str = ""
    unit: int = 0
    lead: bool = False
    batch: str = ""
    verdict: Verdict | None = None
    key: bool = False
    late: bool = False
    begins: date | None = None
    ends: date | None = None
    order: Order | None = None

    @property
    def waits(self) -> bool:
        """Whether all of it still waits, so that the day of feedback says what comes first."""
        return self.mine or self.late or self.state not in {Standing.EVERY, *FINISHED}

    @property
    def standing_order(self) -> Order:
        if self.waits and not (self.begins or self.ends):
            return self.order or Order.DUE
        return self.order if self.order in {Order.NEWEST, Order.OLDEST} else Order.NEWEST


def cut(actor: Actor, inspection_id: int, filters: Filters) -> Cut:
    """The cases of a list, within what this actor may see. Nobody's sight gives a statement that finds nothing."""
    by_day = filters.standing_order == Order.DUE
    common = [*_conditions(inspection_id, filters), *_days(filters)]
    if by_day and not filters.late:
        common.append(LINE.ongoing)
    queries = tuple(
        select(LINE.case_id.label("id")).where(LINE.inspection_id == inspection_id, *own, *common)
        for own in (_mine if filters.mine else _seen)(actor, inspection_id, filters)
    )
    nothing = select(LINE.case_id.label("id")).where(LINE.case_id.is_(None))
    by = LINE.due_on if by_day else LINE.handed_at
    return Cut(queries or (nothing,), by, LINE.case_id, filters.standing_order == Order.NEWEST)


def _seen(actor: Actor, inspection_id: int, filters: Filters) -> Iterator[list[Condition]]:
    for heading in sight(actor, inspection_id):
        yield [*_under(heading, filters), *_in_state(filters.state)]


def _mine(actor: Actor, inspection_id: int, filters: Filters) -> Iterator[list[Condition]]:
    """One statement for each state that waits for this actor, and for each unit for which they act.

    A unit that helps sees a case; only the lead unit's branch acts on it.
    """
    for duty in duties_of(actor, inspection_id):
        if filters.state not in {Standing.ONGOING, Standing.EVERY, duty.state}:
            continue
        own = [one for one in held(actor, inspection_id) if one.role in duty.roles]
        everywhere = any(one.role not in UNIT_BOUND or one.unit_path is None for one in own)
        headings = [Heading(WHOLE)] if everywhere else [Heading(of_unit(one), leads=True) for one in topmost(own)]
        for heading in headings:
            others = [LINE.checked_by_id.is_distinct_from(actor.person_id)] if duty.another else []
            decides = [_decides(actor, inspection_id)] if duty.superior else []
            first = _first(own) if duty.first else []
            yield [*_under(heading, filters), *_in_state(duty.state), *others, *decides, *first]


def _first(own: Iterable[Appointment]) -> list[Condition]:
    """What nobody above these units was given: whom the city assigned answers, and no unit below it."""
    own = list(own)
    ways = (one.unit_path.strip("/").split("/") for one in own if one.unit_path)
    above = {int(step) for way in ways for step in way} - {one.unit_id for one in own}
    given = select(Assignment.id).where(Assignment.case_id == LINE.case_id, Assignment.ended_at.is_(None))
    return [~given.where(Assignment.unit_id.in_(above)).exists()] if above else []


def _decides(actor: Actor, inspection_id: int) -> Condition:
    """The disputes this actor may decide, as app.domain.case says it of one: those of the units they speak for, the

    city those of no unit and whatever is past its day; nobody their own.
    """
    own = actor.units(inspection_id, *FOR_A_UNIT)
    may: list[Condition] = [Dispute.superior_id.in_(own)] if own else []
    if any(one.role == Role.COORDINATOR for one in held(actor, inspection_id)):
        may += [Dispute.superior_id.is_(None), Dispute.decide_by < clock.today()]
    waiting = select(Dispute.id).where(Dispute.case_id == LINE.case_id, Dispute.decided_at.is_(None))
    return waiting.where(Dispute.raised_by_id.is_distinct_from(actor.person_id), or_(false(), *may)).exists()


def _under(heading: Heading, filters: Filters) -> Iterator[Condition]:
    """The heading to read along; a chosen unit, else a chosen type, where whoever asks sees everything."""
    unit, type_ = of_unit(filters.unit) if filters.unit else "", of_type(filters.type) if filters.type else ""
    whole = heading == Heading(WHOLE)
    along = (unit or type_) if whole and (unit or type_) else heading.name
    # In so many words where it is the whole, as the indexes say it.
    yield LINE.heading == (literal_column("''") if along == WHOLE else along)
    if heading.leads or (filters.lead and along != type_ and (along == unit or not unit)):
        yield LINE.leads
    for other in {unit, type_} - {along, ""}:
        line = aliased(DocketLine)
        here = select(line.case_id).where(line.case_id == LINE.case_id, line.heading == other)
        yield (here.where(line.leads) if other == unit and filters.lead else here).exists()


def _in_state(state: CaseState | Standing) -> list[Condition]:
    if state == Standing.EVERY:
        return []
    return [LINE.ongoing] if state == Standing.ONGOING else [LINE.state == str(state)]


def _conditions(inspection_id: int, filters: Filters) -> Iterator[Condition]:
    if filters.area:
        yield LINE.area_code == filters.area
    if filters.batch:
        yield LINE.batch_id == _batch(inspection_id, filters.batch)
    if filters.verdict is not None:
        yield LINE.verdict == str(filters.verdict)
    if filters.key:
        yield LINE.key
    if filters.late:
        yield LINE.behind
        yield LINE.due_on < clock.today()


def _batch(inspection_id: int, label: str) -> Any:
    """The batch of a label, 35 or 35-1 (app/domain/batch.py)."""
    ordinal, _, sub = label.partition("-")
    numbered = (Batch.ordinal == int(ordinal), Batch.sub == int(sub or 0))
    return select(Batch.id).where(Batch.inspection_id == inspection_id, *numbered).scalar_subquery()


def _days(filters: Filters) -> Iterator[Condition]:
    if filters.begins:
        yield LINE.handed_at >= clock.at_local(filters.begins, time.min)
    if filters.ends:
        yield LINE.handed_at < clock.end_of_day(filters.ends)
