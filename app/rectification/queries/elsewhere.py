"""The same fault elsewhere 「举一反三」: cases that may be one, found by the system; and what people decided of them.

Where to look is told by reports that may be repeats of each other (app/domain/search/repeats.py), and by the cases
handed over last. What is weighed and shown is what was handed over: nothing a reporter said, and no number of a case
that is out of this reader's reach.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select

from app.db import session
from app.domain.case import BEFORE_HAND_OVER, Case
from app.domain.people import Actor
from app.domain.rectification import Rectification
from app.domain.scope import load, scoped
from app.domain.search.repeats import repeats
from app.domain.search.weighing import LONG_WORDING, longest, share
from app.domain.search.words import plain, tokens
from app.domain.sign_off import SameFault, SameGround, grounds_in
from app.kernel.errors import NotFound
from app.kernel.text import excerpt

LOOKED_THROUGH, NEWEST, MOST = 30, 300, 8
TELLING = 0.25
"""Of the pairs of characters of the one text, how many the other has."""
LONG = 120


@dataclass(frozen=True)
class Alike:
    """A case that may be the same fault, as the locality may see it."""

    case_id: int
    number: str
    unit: str
    text: str
    grounds: tuple[SameGround, ...]
    wording: str


@dataclass(frozen=True)
class FaultView:
    """What was decided. `number` is empty where the case is out of this reader's reach."""

    case_id: int
    number: str
    grounds: tuple[SameGround, ...]
    wording: str
    confirmed: bool
    reason: str
    by: str
    at: datetime


def faults_of(actor: Actor, record: Rectification, names: Mapping[int, str]) -> tuple[FaultView, ...]:
    """The confirmed first."""
    kept = sorted(record.faults, key=lambda one: (not one.confirmed, one.id))
    query = scoped(actor, Case).where(Case.id.in_([one.case_id for one in kept]))
    numbers = {row.id: row.number for row in session().execute(query.with_only_columns(Case.id, Case.number))}
    return tuple(_fault(one, numbers.get(one.case_id, ""), names) for one in kept)


def _fault(one: SameFault, number: str, names: Mapping[int, str]) -> FaultView:
    by = names.get(one.decided_by_id or 0, "")
    wording = one.wording if number else ""
    return FaultView(
        one.case_id, number, grounds_in(one.grounds), wording, one.confirmed, one.reason, by, one.decided_at
    )


def alike(actor: Actor, rectification_id: int) -> list[Alike]:
    """Cases nobody has decided of yet, the likeliest first. Raises NotFound for a cycle out of reach."""
    record = load(session(), actor, Rectification, rectification_id)
    case, decided = record.case, {one.case_id for one in record.faults}
    reach = _within_reach(actor, record).where(Case.id.not_in(decided))
    looked = {one.id: one for one in session().scalars(reach.where(Case.report_id.in_(_repeats(case))))}
    looked |= {one.id: one for one in session().scalars(reach.order_by(Case.id.desc()).limit(NEWEST))}
    found = [(one, *grounds_between(case, one)) for one in looked.values()]
    likely = sorted(
        (one for one in found if one[1]), key=lambda one: (SameGround.WORDING not in one[1], -len(one[1]), one[0].id)
    )
    return [_alike(one, grounds, wording) for one, grounds, wording in likely[:MOST]]


def _repeats(case: Case) -> list[int]:
    """Reports like the one this case came of. Their words tell where to look, and stay here."""
    report = case.report
    point = (report.latitude, report.longitude) if report.latitude and report.longitude else None
    near = repeats(
        session(), case.inspection_id, report.description, area_code=case.area_code, types=case.types, point=point,
        polluter=report.polluter, besides=report.id, most=LOOKED_THROUGH,
    )  # fmt: skip
    return [one.report_id for one in near]


def other_case(actor: Actor, record: Rectification, case_id: int) -> Case:
    """A case that may be compared with this one. Raises NotFound for itself, and for what is out of reach."""
    found = session().scalar(_within_reach(actor, record).where(Case.id == case_id))
    if found is None:
        raise NotFound
    return found


def one_alike(actor: Actor, rectification_id: int, case_id: int) -> Alike:
    record = load(session(), actor, Rectification, rectification_id)
    case = other_case(actor, record, case_id)
    return _alike(case, *grounds_between(record.case, case))


def grounds_between(one: Case, other: Case) -> tuple[list[SameGround], str]:
    """What two cases have in common, by what was handed over; the longest wording of both. Alone, an area or a unit

    says nothing.
    """
    said, theirs = plain(one.handover_text), plain(other.handover_text)
    even = dict.fromkeys((token for token in tokens(one.handover_text) if len(token) > 1), 1.0)
    both = longest(said, theirs)
    worded = share(even, theirs) >= TELLING or len(both) >= 2 * LONG_WORDING
    same_kind = bool(set(one.types) & set(other.types))
    if not worded and not same_kind:
        return [], ""
    found = {
        SameGround.WORDING: worded,
        SameGround.TYPE: same_kind,
        SameGround.AREA: one.area_code is not None and one.area_code == other.area_code,
        SameGround.UNIT: one.lead_unit_id is not None and one.lead_unit_id == other.lead_unit_id,
    }
    return [ground for ground, holds in found.items() if holds], both if len(both) >= LONG_WORDING else ""


def _within_reach(actor: Actor, record: Rectification) -> Select[Case]:
    return scoped(actor, Case).where(
        Case.inspection_id == record.inspection_id, Case.id != record.case_id, Case.state.not_in(BEFORE_HAND_OVER)
    )


def _alike(case: Case, grounds: list[SameGround], wording: str) -> Alike:
    unit = case.lead_unit.label if case.lead_unit else case.unit_printed
    return Alike(case.id, case.number, unit, excerpt(case.handover_text, LONG), tuple(grounds), wording)
