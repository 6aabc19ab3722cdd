"""Signing in, the own password, the own deputy. Hashing is outside every transaction: it takes its time on purpose."""

from datetime import timedelta
from typing import NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.accounts import queries
from app.accounts.commands import ChangePassword, NameDeputy, SignIn
from app.db import transaction
from app.domain.doings import Doing, acting_role, any_role, write_down
from app.domain.people import DEPUTISED, SYSTEM, Actor, Deputy, Person, may_stand_in
from app.domain.workflow.vocabulary import Role
from app.kernel import clock
from app.kernel.errors import N_, NotFound, Refused
from app.kernel.passwords import fits, hash_password

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
LONGEST_DEPUTY = timedelta(days=183)
NOBODY = 0
DOES_NOT_FIT = N_("The name and the password do not fit. After several wrong tries an account waits a while.")


def sign_in(words: SignIn) -> Person:
    """Who signed in. Raises Refused with one and the same sentence for an unknown name, a wrong password, an account

    that waits after wrong tries, and one that was deactivated; each is ledgered without what was typed.
    """
    known = queries.person_by_login(words.login)
    right = fits(known.password_hash if known else None, words.password)
    with transaction() as session:
        person = _locked_row(session, known.id) if known else None
        welcome = right and person is not None and person.active and not is_waiting(person)
        if person is not None and not is_waiting(person):
            _count(person, right=right)
        _note_sign_in(session, person, welcome=welcome)
    if person is None or not welcome:
        raise Refused(DOES_NOT_FIT)
    return person


def is_waiting(person: Person) -> bool:
    return person.locked_until is not None and person.locked_until > clock.now()


def _count(person: Person, *, right: bool) -> None:
    """From the fifth wrong try on, an account waits: a minute, then twice as long each time, at most a quarter hour."""
    person.failures = 0 if right else person.failures + 1
    over = person.failures - FREE_TRIES
    wait = min(timedelta(minutes=1) * 2 ** min(over, 10), LONGEST_WAIT) if over >= 0 else None
    person.locked_until = clock.now() + wait if wait else None


def _note_sign_in(session: Session, person: Person | None, *, welcome: bool) -> None:
    """A name that nobody has is not written down: it may be a password typed into the wrong field."""
    actor, role = (person.actor(), any_role(person.actor())) if person else (SYSTEM, Role.CLOCK)
    doing = Doing.SIGN_IN if welcome else Doing.SIGN_IN_REFUSED
    write_down(session, actor, role, doing, "person", person.id if person else NOBODY)


def sign_out(actor: Actor) -> None:
    """Ledger that somebody left; their cookie is taken away by the door."""
    with transaction() as session:
        write_down(session, actor, any_role(actor), Doing.SIGN_OUT, "person", actor.person_id or NOBODY)


def change_password(actor: Actor, words: ChangePassword) -> Person:
    """Give oneself a new password; every other session of this person ends.

    Raises Refused when the present one is wrong or the new one is too short or the same.
    """
    person = queries.person(actor.person_id or NOBODY)
    if person is None:
        raise NotFound
    if not fits(person.password_hash, words.present):
        _refuse("present", N_("This is not your present password."))
    if words.new == words.present:
        _refuse("new", N_("Please choose another one than before."))
    check_new_password(person.login, words.new)
    return set_password(actor, person.id, words.new, Doing.CHANGE_PASSWORD)


def check_new_password(login: str, text: str) -> None:
    """Length is what makes a password strong; only the login's own name is forbidden besides. Raises Refused."""
    if len(text) < SHORTEST_PASSWORD:
        _refuse("new", N_("Please choose at least ten characters. Several words in a row are easy to remember."))
    if login.casefold() in text.casefold():
        _refuse("new", N_("Your sign-in name must not be part of it."))


def set_password(actor: Actor, person_id: int, text: str, doing: Doing = Doing.RESET_PASSWORD) -> Person:
    """Set a password without asking whether it is a good one; a new epoch begins. Raises NotFound."""
    hashed = hash_password(text)
    with transaction() as session:
        person = _locked_row(session, person_id)
        person.password_hash, person.failures, person.locked_until = hashed, 0, None
        person.epoch += 1
        write_down(session, actor, any_role(actor), doing, "person", person.id)
    return person


def leave_everywhere(actor: Actor) -> Person:
    """End every session of this person, on all machines. Raises NotFound."""
    with transaction() as session:
        person = _locked_row(session, actor.person_id or NOBODY)
        person.epoch += 1
        write_down(session, actor, any_role(actor), Doing.SIGN_OUT, "person", person.id, facts={"everywhere": True})
    return person


def name_deputy(actor: Actor, words: NameDeputy) -> int:
    """Let somebody act in one's own roles for a while. Raises NotFound, and Refused naming what cannot be.

    Source: practice (主要领导外出时由受委托人代签); a deputy counts as both when nobody may sign twice (ADR 0030).
    """
    if words.ends_on < words.starts_on:
        _refuse("ends_on", N_("The last day cannot be before the first."))
    if words.ends_on < clock.today() or words.ends_on - words.starts_on > LONGEST_DEPUTY:
        _refuse("ends_on", N_("A deputy acts until a day that is still to come, and for at most half a year."))
    role = acting_role(actor, *DEPUTISED, inspection_id=words.inspection_id)
    with transaction() as session:
        person, other = (_locked_row(session, one) for one in (actor.person_id or NOBODY, words.deputy_id))
        if person.id == other.id or not may_stand_in(other, person, words.inspection_id):
            _refuse("deputy", N_("This person does not see what you see, and so cannot act for you."))
        named = Deputy(
            person_id=person.id,
            deputy_id=other.id,
            inspection_id=words.inspection_id,
            starts_on=words.starts_on,
            ends_on=words.ends_on,
            named_at=actor.now(),
        )
        session.add(named)
        session.flush()
        facts = {"deputy": other.id, "from": words.starts_on.isoformat(), "until": words.ends_on.isoformat()}
        chain = words.inspection_id
        write_down(session, actor, role, Doing.NAME_DEPUTY, "deputy", named.id, chain=chain, facts=facts)
        return named.id


def end_deputy(actor: Actor, deputy_id: int) -> None:
    """Let nobody act for oneself any longer. Raises NotFound for somebody else's deputy, and one who has ended."""
    with transaction() as session:
        query = select(Deputy).where(Deputy.id == deputy_id, Deputy.person_id == actor.person_id)
        named = session.scalar(query.where(Deputy.ended_at.is_(None)).with_for_update())
        if named is None:
            raise NotFound
        named.ended_at = actor.now()
        chain, role = named.inspection_id, any_role(actor)
        write_down(session, actor, role, Doing.END_DEPUTY, "deputy", named.id, chain=chain)


def _locked_row(session: Session, person_id: int) -> Person:
    query = select(Person).where(Person.id == person_id).options(selectinload(Person.roles))
    person = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if person is None:
        raise NotFound
    return person


def _refuse(field: str, sentence: str) -> NoReturn:
    raise Refused(sentence, fields={field: sentence})
