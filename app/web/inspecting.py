"""Which inspection a page speaks of: chosen by staff in the bar, named or found for citizens."""

from flask import g, request, session
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db import session as database
from app.domain.changes import Remembered
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.scope import scoped
from app.kernel import clock
from app.kernel.errors import NotFound

PUBLIC: Remembered[list[Inspection]] = Remembered()
CHOSEN = "inspection"
NAMED = "inspection"
NEWEST = (Inspection.starts_on.desc(), Inspection.id)
NEWEST_FIRST = select(Inspection).order_by(*NEWEST)


def own_inspections(actor: Actor) -> list[Inspection]:
    """Those this actor works in, the newest first."""
    return _once(f"inspections of {actor.person_id}", scoped(actor, Inspection))


def current_inspection(actor: Actor) -> Inspection:
    """The one chosen in the bar, else the newest one open, else the newest. NotFound when there is none."""
    own = own_inspections(actor)
    if not own:
        raise NotFound
    chosen = next((one for one in own if one.id == session.get(CHOSEN)), None)
    return chosen or next((one for one in own if one.is_open(clock.today())), own[0])


def choose_inspection(actor: Actor, inspection_id: int) -> None:
    """Remember a choice for this session. NotFound when it is not theirs."""
    if inspection_id not in {one.id for one in own_inspections(actor)}:
        raise NotFound
    session[CHOSEN] = inspection_id


def public_inspections() -> list[Inspection]:
    """Every inspection citizens may know of, the newest first: to be read, since they belong to no session."""
    return PUBLIC.get("every", _apart)


def public_inspection() -> Inspection:
    """The one the address names (`?inspection=code`), else the newest one open, else the newest. NotFound if none."""
    every = public_inspections()
    name = request.args.get(NAMED)
    if name:
        every = [one for one in every if one.code == name]
    if not every:
        raise NotFound
    return next((one for one in every if one.is_open(clock.today())), every[0])


def _apart() -> list[Inspection]:
    """All of them with their places, loaded whole and let go by the session: pages of citizens ask for nothing else."""
    reading = Session(database().get_bind(), expire_on_commit=False)
    with reading:
        found = list(reading.scalars(NEWEST_FIRST))
        reading.expunge_all()
    return found


def _once(name: str, query: Select[Inspection]) -> list[Inspection]:
    """Asked several times while a page is drawn (the head, the bar, the room), answered by one query a request."""
    known: dict[str, list[Inspection]] = g.setdefault("inspections", {})
    if name not in known:
        known[name] = list(database().scalars(query.order_by(*NEWEST)))
    return known[name]
