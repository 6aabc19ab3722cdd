"""Reporters to be rung up: open questions and call-backs, how far the number has got, what came of earlier tries.

Of a report that is somebody else's a clerk is shown number, day, way, area, types and the question that was put to its
reporter, or what is said at the call-back; neither the words nor the place (visibility.toml).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager

from app.db import session
from app.domain.ledger import LedgerEntry, LedgerWord
from app.domain.people import Actor, Person
from app.domain.region import Region
from app.domain.report import Channel, Report
from app.domain.reporter import Opening
from app.domain.ringing import ASKED, CallBack, Occasion, RingOutcome, RingUp
from app.domain.scope import scoped
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction, ReportAction
from app.kernel import clock
from app.kernel.errors import NotFound

MOST = 100


class NumberStage(Term):
    """Read from a ring-up and its last request, never written."""

    SEALED = "sealed", "尚未申请", "Not asked for"
    ASKED = "asked", "待组领导同意", "Waits for a leader"
    ALLOWED = "allowed", "待保密员交出", "Waits for the custodian"
    LENT = "lent", "已交出，可以拨打", "Lent, to be rung"
    ELSEWHERE = "elsewhere", "由其他接线员办理", "In a colleague's hands"
    OVER = "over", "已结束", "Over"


@dataclass(frozen=True)
class RingRow:
    """One question to be put by telephone. `until`: the day on which it is decided without an answer."""

    id: int
    occasion: Occasion
    number: str
    channel: Channel
    received_on: date
    area: Region | None
    types: tuple[str, ...]
    question: str
    until: date | None
    tries: int
    again_at: datetime | None
    holder: str
    stage: NumberStage


@dataclass(frozen=True)
class Try:
    """One try of this question that came to nothing."""

    at: datetime
    by: str
    outcome: RingOutcome


@dataclass(frozen=True)
class Ringing:
    """The page of one ring-up. `own_report`: its id where this clerk took it down; `result`: of a call-back."""

    row: RingRow
    tried: list[Try]
    own_report: int | None
    result: CallBack | None


def ring_ups(actor: Actor, inspection_id: int) -> tuple[list[RingRow], int]:
    """What is to be rung up, what can be rung now first, then by the day of the question: the first, of how many."""
    query = _standing(actor, inspection_id)
    later = case((RingUp.again_at > clock.now(), 1), else_=0)
    page = query.join(Report, Report.id == RingUp.report_id).order_by(later, Report.due_on, RingUp.id).limit(MOST)
    found = list(session().scalars(page.options(contains_eager(RingUp.report))))
    return _rows(actor, found), session().scalar(query.with_only_columns(func.count())) or 0


def to_ring_now(actor: Actor, inspection_id: int) -> tuple[int, int]:
    """How many this clerk can do something about now, and how many of their questions end today."""
    now = clock.now()
    free = or_(RingUp.clerk_id.is_(None), RingUp.clerk_id == actor.person_id, RingUp.locked.is_(None))
    due = or_(RingUp.again_at.is_(None), RingUp.again_at <= now)
    under_way = select(Opening.id).where(
        Opening.ring_up_id == RingUp.id, Opening.refused_at.is_(None), Opening.opened_at.is_(None)
    )
    query = (
        _standing(actor, inspection_id)
        .where(free, due, ~under_way.exists())
        .join(Report, Report.id == RingUp.report_id)
    )
    late: ColumnElement[int] = func.count().filter(Report.due_on <= clock.today())
    row = session().execute(query.with_only_columns(func.count(), late)).one()
    return row[0], row[1]


def ring_up(actor: Actor, ring_up_id: int) -> Ringing:
    """Raises NotFound alike for a missing one and another inspection's."""
    found = session().scalar(scoped(actor, RingUp).where(RingUp.id == ring_up_id))
    if found is None:
        raise NotFound
    own = found.report.taken_by_id == actor.person_id
    result = CallBack(found.result) if found.result else None
    return Ringing(_rows(actor, [found])[0], _tried(found), found.report_id if own else None, result)


def _standing(actor: Actor, inspection_id: int) -> Select[RingUp]:
    begun = (RingUp.inspection_id == inspection_id, RingUp.ended_at.is_(None), RingUp.begins_on <= clock.today())
    return scoped(actor, RingUp).where(*begun)


def _rows(actor: Actor, found: list[RingUp]) -> list[RingRow]:
    """Questions, names and requests of all of them are read together."""
    ids = [one.id for one in found]
    asked = select(LedgerWord.entry_id, LedgerWord.text).where(
        LedgerWord.entry_id.in_([one.entry_id for one in found]), LedgerWord.need.in_(ASKED)
    )
    names = select(Person.id, Person.name).where(Person.id.in_([one.clerk_id for one in found if one.clerk_id]))
    requests = select(Opening).where(Opening.ring_up_id.in_(ids)).order_by(Opening.id)
    questions = {row.entry_id: row.text for row in session().execute(asked)}
    people = {row.id: row.name for row in session().execute(names)}
    last = {one.ring_up_id: one for one in session().scalars(requests)}
    return [
        RingRow(
            id=one.id,
            occasion=Occasion(one.occasion),
            number=one.report.number,
            channel=Channel(one.report.channel),
            received_on=one.report.received_on,
            area=one.report.area,
            types=tuple(one.report.types),
            question=questions.get(one.entry_id) or "",
            until=None if one.is_call_back else one.report.due_on,
            tries=one.tries,
            again_at=one.again_at,
            holder=people.get(one.clerk_id or 0, ""),
            stage=_stage(actor, one, last.get(one.id)),
        )
        for one in found
    ]


def _stage(actor: Actor, one: RingUp, last: Opening | None) -> NumberStage:
    if one.ended_at is not None:
        return NumberStage.OVER
    if one.is_lent_to(actor):
        return NumberStage.LENT
    if last is not None and last.opened_at is None:
        return NumberStage.ALLOWED if last.allowed_at else NumberStage.ASKED
    return NumberStage.ELSEWHERE if one.locked is not None else NumberStage.SEALED


def _tried(one: RingUp) -> list[Try]:
    noun, noun_id = ("case", one.case_id) if one.is_call_back else ("report", one.report_id)
    action = CaseAction.TRY_CALL_BACK if one.is_call_back else ReportAction.RING
    mine = (LedgerEntry.noun == noun, LedgerEntry.noun_id == noun_id, LedgerEntry.id > one.entry_id)
    query = select(LedgerEntry, Person.name).join(Person, Person.id == LedgerEntry.person_id).where(*mine)
    query = query.where(LedgerEntry.action == action).order_by(LedgerEntry.id.desc())
    return [Try(entry.at, name, RingOutcome(entry.facts["outcome"])) for entry, name in session().execute(query)]
