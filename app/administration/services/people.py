"""People, their appointments, and one-time passwords."""

import re
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.administration.commands import Appointing, NewPerson, PersonChange
from app.administration.services import administering, changed_fields, refuse
from app.db import transaction
from app.domain.doings import Doing, write_down
from app.domain.inspection import Inspection
from app.domain.people import UNIT_BOUND, Actor, Person, PersonRole, Unit
from app.domain.workflow.vocabulary import Role as R
from app.kernel.errors import N_, NotFound, Refused
from app.kernel.passwords import hash_password, one_time_password

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
APPOINTABLE = tuple(role for role in R if role not in {R.CITIZEN, R.HISTORIAN, R.CLOCK})
ALONE = frozenset({R.ADMINISTRATOR, R.AUDITOR})
"""Whoever runs the system sees no report, whoever audits it does not work in it: held with no other role."""
EVERYWHERE = frozenset({R.AUDITOR, R.ADMINISTRATOR, R.SUPERVISOR})
"""Roles that may be held in all inspections at once."""
WITH_UNIT = UNIT_BOUND | {R.COORDINATOR}


@dataclass(frozen=True)
class NewAccount:
    """A person's number, and the password that is shown once and kept nowhere."""

    person_id: int
    password: str = field(repr=False)


def create_person(actor: Actor, words: NewPerson, password: str | None = None) -> NewAccount:
    """Add a person with a one-time password (or the one given). Raises Refused for a name that is taken or odd."""
    if not LOGIN.fullmatch(words.login):
        refuse("login", N_("Please use 2 to 40 small letters, digits, dots or dashes."))
    password = password or one_time_password()
    hashed = hash_password(password)
    with transaction() as session:
        role = administering(actor)
        if session.scalar(select(Person.id).where(Person.login == words.login)):
            refuse("login", N_("Somebody already has this name."))
        person = Person(login=words.login, name=words.name, password_hash=hashed, roles=[])
        session.add(person)
        session.flush()
        write_down(session, actor, role, Doing.ADD_PERSON, "person", person.id)
        return NewAccount(person.id, password)


def change_person(actor: Actor, words: PersonChange) -> None:
    """Rename, deactivate or activate. A deactivated person's sessions end at once. Nobody deactivates themselves."""
    with transaction() as session:
        role, person = administering(actor), _person(session, words.person_id)
        if not words.active and person.id == actor.person_id:
            refuse("active", N_("You cannot deactivate your own account."))
        fields = changed_fields(person, {"name": words.name, "active": words.active})
        if "active" in fields:
            person.epoch += 1
        if fields:
            write_down(session, actor, role, Doing.CHANGE_PERSON, "person", person.id, facts={"fields": fields})


def reset_password(actor: Actor, person_id: int) -> NewAccount:
    """Give a person a one-time password; their sessions end and their wrong tries are forgotten. Raises NotFound."""
    password = one_time_password()
    hashed = hash_password(password)
    with transaction() as session:
        role, person = administering(actor), _person(session, person_id)
        person.password_hash, person.failures, person.locked_until = hashed, 0, None
        person.epoch += 1
        write_down(session, actor, role, Doing.RESET_PASSWORD, "person", person.id)
        return NewAccount(person.id, password)


def appoint(actor: Actor, words: Appointing) -> int:
    """Give a person a role, and say where. Raises Refused when role, inspection and unit do not fit together,

    when the person already holds it, and when somebody would appoint themselves.
    """
    with transaction() as session:
        role, person = administering(actor), _person(session, words.person_id)
        if person.id == actor.person_id:
            raise Refused(N_("Nobody appoints themselves."))
        _check_place(session, words)
        _check_together(person, words)
        appointment = PersonRole(role=str(words.role), inspection_id=words.inspection_id, unit_id=words.unit_id)
        person.roles.append(appointment)
        session.flush()
        write_down(session, actor, role, Doing.APPOINT, "person", person.id, facts=_facts(appointment))
        return appointment.id


def end_appointment(actor: Actor, person_id: int, appointment_id: int) -> None:
    """Take a role back. Nobody takes back their own: the last administrator would lock the house from outside."""
    with transaction() as session:
        role, person = administering(actor), _person(session, person_id)
        appointment = next((one for one in person.roles if one.id == appointment_id), None)
        if appointment is None:
            raise NotFound
        if person.id == actor.person_id:
            raise Refused(N_("Nobody ends an appointment of their own."))
        write_down(session, actor, role, Doing.END_APPOINTMENT, "person", person.id, facts=_facts(appointment))
        person.roles.remove(appointment)


def _person(session: Session, person_id: int) -> Person:
    person = session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None:
        raise NotFound
    return person


def _check_place(session: Session, words: Appointing) -> None:
    if words.role not in APPOINTABLE:
        refuse("role", N_("This role cannot be given to a person."))
    if words.inspection_id is None and words.role not in EVERYWHERE:
        refuse("inspection", N_("Please say in which inspection."))
    if words.inspection_id is not None and words.role == R.ADMINISTRATOR:
        refuse("inspection", N_("An administrator serves all inspections: please choose none."))
    if words.inspection_id is not None and session.get(Inspection, words.inspection_id) is None:
        raise NotFound
    if words.unit_id is None and words.role in WITH_UNIT:
        refuse("unit", N_("Please say for which unit."))
    if words.unit_id is not None and words.role not in WITH_UNIT:
        refuse("unit", N_("This role is held on the team's side: please choose no unit."))
    if words.unit_id is not None and session.get(Unit, words.unit_id) is None:
        raise NotFound


def _check_together(person: Person, words: Appointing) -> None:
    held = {R(one.role) for one in person.roles}
    if (held | {words.role}) & ALONE and held - {words.role}:
        refuse("role", N_("Administrators and auditors hold no other role."))
    same = (str(words.role), words.inspection_id, words.unit_id)
    if same in {(one.role, one.inspection_id, one.unit_id) for one in person.roles}:
        refuse("role", N_("This person is already appointed so."))


def _facts(appointment: PersonRole) -> dict[str, object]:
    return {
        "role": appointment.role,
        "inspection_id": appointment.inspection_id,
        "unit_id": appointment.unit_id or (appointment.unit.id if appointment.unit else None),
    }
