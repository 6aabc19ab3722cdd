"""What the forms of casework begin with: the units to choose from, the texts to publish, pictures already sent."""

from dataclasses import dataclass

from app.casework.queries.units import assignable_units
from app.db import session
from app.domain.attachment import waiting
from app.domain.case import Case
from app.domain.people import Actor
from app.domain.scope import load


@dataclass(frozen=True)
class Assignable:
    """`units` are (id, name, group) in the order of the menu; the rest is how the case stands now."""

    units: tuple[tuple[int, str, str], ...]
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


def assignable(actor: Actor, case_id: int) -> Assignable:
    """Raises NotFound."""
    case = load(session(), actor, Case, case_id)
    units = tuple((choice.unit.id, choice.unit.name, choice.group) for choice in assignable_units(session(), case))
    return Assignable(units, case.lead_unit_id, tuple(support.unit_id for support in case.supporting))


def drafts(actor: Actor, case_id: int) -> Drafts:
    """The locality's latest words, or what stands in the case where there is no reply (history). NotFound."""
    case = load(session(), actor, Case, case_id)
    reply = case.reply
    return Drafts(
        publication_problem=case.publication_problem or case.handover_text,
        publication_text=reply.publication_draft if reply else case.publication_text,
        handling=reply.handling if reply else case.publication_handling,
        target=reply.target if reply else case.publication_target,
        accountability=reply.accountability if reply else case.accountability,
    )


def points(actor: Actor, case_id: int) -> tuple[str, ...]:
    """What a reply has to answer: the points, or the whole text where none were taken out. Raises NotFound."""
    return tuple(load(session(), actor, Case, case_id).points_to_answer)


def waiting_pictures(key: str) -> int:
    """How many photographs wait under a form's key."""
    return len(waiting(session(), key))
