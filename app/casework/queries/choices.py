"""What the forms of casework begin with: the units to choose from, the texts to publish, pictures already sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.casework.queries.units import GROUPS, UnitChoice, assignable_units, others, units_below, units_to_settle
from app.db import session
from app.domain.attachment import Attachment
from app.domain.case import Case
from app.domain.ledger import LedgerEntry
from app.domain.people import Actor
from app.domain.scope import load, scoped
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction

Unit = tuple[int, str, str]
"""A unit to choose: its id, its name, its group in the menu."""


@dataclass(frozen=True)
class Assignable:
    """`units` in the order of the menu; the rest is how the case stands now."""

    units: tuple[Unit, ...]
    lead: int | None
    supporting: tuple[int, ...]


@dataclass(frozen=True)
class Drafts:
    """The texts a publication begins with: what was published before, else what was handed over and answered."""

    publication_problem: str
    publication_text: str
    handling: str
    target: str
    accountability: str
    place_hidden: bool


def assignable(actor: Actor, case_id: int) -> Assignable:
    """Raises NotFound."""
    case = load(session(), actor, Case, case_id)
    return Assignable(
        tuple(_units(case)),
        case.lead_unit_id or case.named_unit_id,
        tuple(support.unit_id for support in case.supporting),
    )


def passable(actor: Actor, case_id: int, *, anew: bool) -> Assignable:
    """The units below the actor's own to which a case can be passed; `anew`: and back to itself. Raises NotFound."""
    case = load(session(), actor, Case, case_id)
    held = case.held_by(actor)
    if held is None:
        return Assignable((), None, ())
    itself, without = anew and case.lead_unit_id != held.unit_id, case.lead_unit_id if anew else None
    return _below(case, units_below(session(), held.unit, itself=itself, without=without))


def settleable(actor: Actor, case_id: int) -> Assignable:
    """To whom the superior of both may give a disputed case; who was named in the dispute first. Raises NotFound."""
    case = load(session(), actor, Case, case_id)
    waiting = case.dispute
    found = _below(case, units_to_settle(session(), waiting) if waiting else [])
    return replace(found, lead=waiting.other_unit_id if waiting else None)


def nameable(actor: Actor, case_id: int) -> tuple[Unit, ...]:
    """Who may be named as responsible instead. Raises NotFound."""
    return tuple(_told(others(session(), load(session(), actor, Case, case_id))))


def _below(case: Case, choices: Sequence[UnitChoice]) -> Assignable:
    units = tuple(_told(choices))
    here = {unit[0] for unit in units}
    return Assignable(units, None, tuple(one.unit_id for one in case.supporting if one.unit_id in here))


def assignable_together(actor: Actor, ids: Sequence[int]) -> list[Unit]:
    """The units that any of these cases can be given to; which of them fits a case is looked at for each."""
    found: dict[int, Unit] = {}
    for case in _one_of_each_area(actor, ids):
        for unit in _units(case):
            found.setdefault(unit[0], unit)
    return sorted(found.values(), key=lambda unit: GROUPS.index(unit[2]))


def passable_together(actor: Actor, ids: Sequence[int]) -> list[Unit]:
    """The units below those of this actor's that were given one of these cases."""
    cases = session().scalars(scoped(actor, Case).where(Case.id.in_(ids)).options(selectinload(Case.assignments)))
    held = {one.unit_id: one.unit for one in (case.held_by(actor) for case in cases) if one is not None}
    return list(dict.fromkeys(unit for one in held.values() for unit in _told(units_below(session(), one))))


def _one_of_each_area(actor: Actor, ids: Sequence[int]) -> Iterable[Case]:
    cases = session().scalars(scoped(actor, Case).where(Case.id.in_(ids)).order_by(Case.id))
    return {case.area_code: case for case in cases}.values()


def _units(case: Case) -> Iterator[Unit]:
    return _told(assignable_units(session(), case))


def _told(choices: Iterable[UnitChoice]) -> Iterator[Unit]:
    for choice in choices:
        yield choice.unit.id, choice.unit.name, choice.group


def drafts(actor: Actor, case_id: int) -> Drafts:
    """The locality's words, or what was published before when it has not replied anew since. Raises NotFound."""
    case = load(session(), actor, Case, case_id)
    reply, published_at = case.reply, _last_published(case)
    fresh = reply if reply and (published_at is None or reply.written_at > published_at) else None
    return Drafts(
        publication_problem=case.publication_problem or case.handover_text,
        publication_text=fresh.publication_draft if fresh else case.publication_text,
        handling=fresh.handling if fresh else case.publication_handling,
        target=fresh.target if fresh else case.publication_target,
        accountability=fresh.accountability if fresh else case.accountability,
        place_hidden=case.place_hidden,
    )


def _last_published(case: Case) -> datetime | None:
    happened = select(LedgerEntry.at).where(LedgerEntry.noun == CASE.noun, LedgerEntry.noun_id == case.id)
    published = happened.where(LedgerEntry.action == str(CaseAction.PUBLISH)).order_by(LedgerEntry.seq.desc())
    return session().scalars(published.limit(1)).first()


def points(actor: Actor, case_id: int) -> tuple[str, ...]:
    """What a reply has to answer: the points, or the whole text where none were taken out. Raises NotFound."""
    return tuple(load(session(), actor, Case, case_id).points_to_answer)


def waiting_files(slots: Mapping[str, str]) -> dict[str, int]:
    """By slot, how many files wait under its key."""
    counted = select(Attachment.waiting_key, func.count()).where(Attachment.waiting_key.in_(slots.values()))
    found = {row[0]: row[1] for row in session().execute(counted.group_by(Attachment.waiting_key))}
    return {slot: found.get(key, 0) for slot, key in slots.items()}
