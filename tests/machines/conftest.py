"""What the machines stand on: the cast with two people in several roles each, at one moment of spring 2024."""

from collections import Counter
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from app.db import db, transaction
from app.domain.changes import changes
from app.domain.inspection import Inspection
from app.domain.people import CITIZEN, SYSTEM, Person, PersonRole, Unit
from app.domain.workflow.vocabulary import Role
from tests.machines.machine import Machine
from tests.machines.model import Somebody, World
from tests.machines.ways import House
from tests.support.cast import OURS, PEOPLE
from tests.support.days import SHANGHAI

MORNING = datetime(2024, 3, 14, 9, 0, tzinfo=SHANGHAI)
STAY = date(2024, 3, 14), date(2025, 12, 31)
DOUBLES = {
    "both": (
        (Role.OFFICER, OURS, "tianyuan"),
        (Role.UNIT_LEADER, OURS, "tianyuan"),
        (Role.COORDINATOR, OURS, "city"),
    ),
    "deputy": ((Role.COORDINATOR, OURS, "city"), (Role.ACCEPTOR, OURS, "city"), (Role.LEADER, OURS, None)),
}
"""People whose roles would let them sign what they handed in, or two steps of one ladder, or decide on what they asked for."""


@pytest.fixture
def quick(app):
    """Nothing here is about power cuts: SQLite need not wait for the disk."""

    def on_connect(connection, _record):
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA secure_delete=OFF")
        cursor.close()

    if db.engine.dialect.name != "sqlite":
        yield
        return
    event.listen(db.engine, "connect", on_connect)
    yield
    event.remove(db.engine, "connect", on_connect)


@pytest.fixture
def machine(app, cast, installation, laid, quick):
    """`machine(focus, seed, prepare)`: the machine about a noun, from what `prepare` has brought about."""

    def let_go():
        db.session.remove()
        db.engine.dispose()

    def lay(name):
        let_go()
        laid.lay_anew(name)
        changes.note()

    def make(focus, seed, prepare=None):
        people, actors = hire(cast)
        house = House(installation, actors, {login: one.id for login, one in people.items()}, cast.units, cast.ours)
        made: Any = type(f"{focus}Machine", (Machine,), {})
        made.house, made.focus, made.seed, made.steps = house, focus, seed, 0
        made.happened, made.refused = Counter(), Counter()
        made.start = World(people, MORNING)
        made.lay = staticmethod(lambda: None)
        if prepare is not None:
            first = made()
            try:
                prepare(first)
            finally:
                first.teardown()
            made.start, made.steps = deepcopy(first.world), 0
            made.start.happened.clear()
        let_go()
        laid.keep(f"machine-{focus}")
        made.lay = staticmethod(lambda: lay(f"machine-{focus}"))
        return made

    return make


def hire(cast):
    """The doubles, and everybody as the model and as the services know them."""
    with transaction() as s:
        inspection = s.get_one(Inspection, cast.ours)
        inspection.starts_on, inspection.ends_on = STAY
        units = {code: s.get_one(Unit, id_) for code, id_ in cast.units.items()}
        doubles = {
            login: Person(login=login, name=f"某{login}", password_hash="unset", roles=[
                PersonRole(role=str(role), inspection_id=cast.ours, unit=units[unit] if unit else None)
                for role, _where, unit in held
            ])
            for login, held in DOUBLES.items()
        }  # fmt: skip
        s.add_all(doubles.values())
        s.flush()
        actors = dict(cast.actors) | {login: person.actor() for login, person in doubles.items()}
        ids = dict(cast.people) | {login: person.id for login, person in doubles.items()}
    people = {login: Somebody(ids[login], ((role, where, unit),)) for login, role, where, unit in PEOPLE}
    people |= {login: Somebody(ids[login], held) for login, held in DOUBLES.items()}
    people["citizen"] = Somebody(None, ((Role.CITIZEN, None, None),))
    people["system"] = Somebody(None, ((Role.HISTORIAN, None, None), (Role.CLOCK, None, None)))
    return people, actors | {"citizen": CITIZEN, "system": SYSTEM}
