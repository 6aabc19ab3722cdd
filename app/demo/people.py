"""The demonstration's inspections, units and people, entered as an administrator enters them."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.administration.commands import Appointing, InspectionWords, NewPerson, UnitWords
from app.administration.services.inspections import create_inspection
from app.administration.services.people import appoint, create_person
from app.administration.services.units import create_unit
from app.db import session
from app.demo import reading
from app.demo.script import Someone, Stay
from app.demo.stage import Stage
from app.domain.inspection import InspectionSettings
from app.domain.people import SYSTEM, Actor, Person, UnitKind
from app.domain.workflow.vocabulary import Role

PASSWORD = "demo-clear-water"
"""One password for everybody on this stage. It opens nothing else: production makes no demonstration."""


def set_up(stage: Stage, today: date, moment: datetime) -> None:
    """Enter everything, as of the moment before the first stay."""
    system = SYSTEM.at(moment)
    for stay in reading.stays():
        stage.inspections[stay.code] = create_inspection(system, _inspection(stay, today))
    for unit in reading.units():
        words = UnitWords(
            code=unit.code,
            name=unit.name,
            kind=UnitKind(unit.kind),
            short=unit.short,
            region_code=unit.region,
            parent_id=stage.units.get(unit.parent),
        )
        stage.units[unit.code] = create_unit(system, words)
    for someone in reading.people():
        _engage(stage, system, someone)
    stage.actors = actors()


def _engage(stage: Stage, system: Actor, someone: Someone) -> None:
    """An account and its appointments; a role of no inspection is held in all of them."""
    account = create_person(system, NewPerson(someone.login, someone.name), PASSWORD)
    unit = stage.units.get(someone.unit)
    for code in someone.inspections or (None,):
        place = stage.inspections[code] if code else None
        appoint(system, Appointing(account.person_id, Role(someone.role), place, unit))


def _inspection(stay: Stay, today: date) -> InspectionWords:
    starts_on = today + timedelta(days=stay.start_offset)
    return InspectionWords(
        code=stay.code,
        round=stay.round,
        team=stay.team,
        region_code=stay.region,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=stay.days - 1),
        settings=InspectionSettings.read(dict(stay.settings)),
    )


def actors() -> dict[str, Actor]:
    """Everybody who has an account, by login, with what they may do."""
    everybody = session().scalars(select(Person).options(selectinload(Person.roles)))
    return {person.login: person.actor() for person in everybody}
