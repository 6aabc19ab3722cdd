"""What the queue is cut by and in which order it stands; from it the statement that reads one page along one index."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.domain.filing import FiledType
from app.domain.people import Actor
from app.domain.report import Channel, Report, ReportRead
from app.domain.scope import scoped, sees_whole
from app.domain.workflow.report import REPORT
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock
from app.web.paging import Cut

WITH_A_CLOCK = frozenset(row.target for row in REPORT.rows if row.within)
"""What is in another state has no day to end by: nothing of it is late, and nothing has to be looked for."""
TO_JUDGE, ASKED = ReportState.REGISTERED, ReportState.ASKED
ME, NOBODY, UNSTATED = "me", "nobody", "-"
OF_ITS_OWN = 20
"""Characters from which equal words are no accident: shorter ones are said by strangers of different places."""


class Order(Term):
    """LONGEST: what waits longest first. DUE: what has a day to end by, the first day first."""

    LONGEST = "oldest", "先收到的在前", "First received first"
    NEWEST = "newest", "新收到的在前", "Last received first"
    DUE = "due", "按期限先后", "By the day it must end"


@dataclass(frozen=True)
class Filters:
    """None or empty: by nothing. `area`: a code, or UNSTATED. `assigned`: ME, NOBODY or a person's id.

    `order` None: what fits the state. `begins`, `ends`: days of receipt, both of them within.
    """

    state: ReportState | None = TO_JUDGE
    channel: Channel | None = None
    area: str = ""
    type: str = ""
    key: bool = False
    late: bool = False
    unread: bool = False
    assigned: str = ""
    begins: date | None = None
    ends: date | None = None
    number: str = ""
    order: Order | None = None

    @property
    def standing_order(self) -> Order:
        """What waits longest comes first; what has been judged, the newest first; late ones by their day."""
        if self.order is not None:
            return self.order
        if self.late and not (self.begins or self.ends):
            return Order.DUE
        return Order.LONGEST if self.assigned or self.state in {TO_JUDGE, ASKED} else Order.NEWEST


@dataclass(frozen=True)
class _Rows:
    """Where the queue's columns are read: in the reports themselves, or in the rows of their types."""

    table: Any = field(default=Report)

    @property
    def id(self) -> Any:
        return self.table.id if self.table is Report else self.table.report_id


def cut(actor: Actor, inspection_id: int, filters: Filters, *, grouped: bool = False) -> Cut:
    """`grouped`: of reports of the same words that wait, only the first."""
    rows = _Rows(FiledType if filters.type else Report)
    by_day = filters.standing_order == Order.DUE
    by = rows.table.due_on if by_day else rows.table.received_at
    conditions = [rows.table.inspection_id == inspection_id, *_conditions(rows, actor, filters)]
    if by_day or filters.late:
        conditions.append(rows.table.due_on.is_not(None))
    if grouped:
        conditions.append(or_(Report.key, ~_follows_a_copy()))
    query = _start(actor, inspection_id, rows).where(*conditions)
    ids = query.with_only_columns(rows.id.label("id"))
    return Cut((ids,), by, rows.id, filters.standing_order == Order.NEWEST)


def _start(actor: Actor, inspection_id: int, rows: _Rows) -> Select[Any]:
    """Loading is permission. Who sees the whole inspection needs no look at each report on the way."""
    if sees_whole(actor, inspection_id):
        return select(rows.table)
    seen = scoped(actor, Report)
    return seen if rows.table is Report else seen.join(FiledType, FiledType.report_id == Report.id)


def _conditions(rows: _Rows, actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    table = rows.table
    found: list[ColumnElement[bool]] = []
    if filters.state is not None and not (filters.assigned == NOBODY and filters.state == TO_JUDGE):
        found.append(table.state == str(filters.state))
    if filters.channel is not None:
        found.append(table.channel == str(filters.channel))
    if filters.area:
        found.append(table.area_code.is_(None) if filters.area == UNSTATED else table.area_code == filters.area)
    if filters.type:
        found.append(FiledType.code == filters.type)
    if filters.key:
        found.append(table.key)
    if filters.late:
        no_clock = filters.state is not None and filters.state not in WITH_A_CLOCK
        found.append(false() if no_clock else table.due_on < clock.today())
    if filters.number:
        found.append(Report.number == filters.number)
    if filters.unread:
        read = (ReportRead.person_id == actor.person_id, ReportRead.report_id == rows.id)
        found.append(~exists().where(*read))
    return [*found, *_in_hands(table, actor, filters), *_received(table, filters)]


def _in_hands(table: Any, actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    if not filters.assigned:
        return []
    if filters.assigned == NOBODY:
        nobody = table.assigned_to_id.is_(None)
        if filters.state not in {None, TO_JUDGE, ASKED}:
            return [false()]  # what has been decided is in nobody's hands, and nobody's to take
        waiting = filters.state or (ASKED if filters.late else TO_JUDGE)  # only who was asked has a day to keep
        if table is Report and waiting == ASKED:  # read along the index of days, each report looked at by its number
            held = exists().where(Holding.id == Report.id, Holding.assigned_to_id.is_not(None))
            return [~held.correlate(Report), table.state == str(waiting)]
        return [nobody, table.state == literal_column(f"'{waiting}'")]  # in so many words, as the index says it
    person = actor.person_id if filters.assigned == ME else int(filters.assigned)
    return [table.assigned_to_id == person]


def _received(table: Any, filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.begins:
        found.append(table.received_at >= clock.at_local(filters.begins, time.min))
    if filters.ends:
        found.append(table.received_at < clock.end_of_day(filters.ends))
    return found


Copy, Holding = aliased(Report, name="copy"), aliased(Report, name="holding")
COPIES = and_(
    Copy.inspection_id == Report.inspection_id,
    Copy.state == str(TO_JUDGE),
    Copy.words_digest == Report.words_digest,
    func.length(Report.description) >= OF_ITS_OWN,
)
"""Reports of the same words that wait to be judged, the report itself with them."""


def _follows_a_copy() -> ColumnElement[bool]:
    before = tuple_(Copy.received_at, Copy.id) < tuple_(Report.received_at, Report.id)
    return select(Copy.id).where(COPIES, before).correlate(Report).exists()
