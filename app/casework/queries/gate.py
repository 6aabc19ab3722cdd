"""What officers saw at the place of a case: read on its page, and taken over in the reply by whoever writes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.casework.queries.pictures import Picture, field_pictures
from app.db import session
from app.domain.case import Case
from app.domain.field_record import field_records_of
from app.domain.people import Actor
from app.domain.scope import load, scoped
from app.domain.workflow.case import WITH_THE_UNIT
from app.domain.workflow.vocabulary import Role

AT_ONCE = timedelta(minutes=30)


@dataclass(frozen=True)
class Seen:
    """One field record. `kept_at`: when it arrived, which may be hours after it was written."""

    id: int
    by: str
    seen_at: datetime
    kept_at: datetime
    place: str
    finding: str
    measures: str
    pictures: tuple[Picture, ...]

    @property
    def late(self) -> bool:
        """Whether it was on its way for a while."""
        return self.kept_at - self.seen_at > AT_ONCE


@dataclass(frozen=True)
class Place:
    """What the page at the gate says of a case, and a telephone keeps of it: nothing that the reporter said or sent."""

    id: int
    number: str
    points: tuple[str, ...]


def seen(actor: Actor, case_id: int) -> list[Seen]:
    """The latest visit first. Raises NotFound."""
    load(session(), actor, Case, case_id)
    records = field_records_of(session(), case_id)
    pictures = field_pictures(session(), [one.id for one in records])
    return [
        Seen(
            one.id, one.written_by.name, one.seen_at, one.kept_at, one.place, one.finding, one.measures,
            tuple(pictures.get(one.id, ())),
        )
        for one in records
    ]  # fmt: skip


def writes_at_the_gate(actor: Actor, case_id: int) -> bool:
    """Whether a case is with a unit that this actor is an officer of."""
    own = scoped(actor.only(Role.OFFICER), Case).where(Case.id == case_id, Case.state.in_(WITH_THE_UNIT))
    return session().scalar(own.with_only_columns(Case.id)) is not None


def place(actor: Actor, case_id: int) -> Place:
    """Raises NotFound for a case that this actor is no officer of."""
    case = load(session(), actor.only(Role.OFFICER), Case, case_id)
    return Place(case.id, case.number, tuple(case.points))
