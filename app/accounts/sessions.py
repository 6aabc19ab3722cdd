"""A signed-in session: how it begins, who it names, when it ends."""

from datetime import timedelta

from flask import Flask, session
from flask_login import LoginManager, login_user, logout_user

from app.accounts import queries
from app.domain.people import Person
from app.kernel import clock
from app.web.guards import SignedIn

IDLE = timedelta(hours=8)


def mark_of(person: Person) -> str:
    """What the cookie holds: who, and which of their epochs."""
    return f"{person.id}:{person.epoch}"


def load(mark: str) -> SignedIn | None:
    """The person a mark names, as they are appointed now; nobody when the epoch has passed or they were deactivated."""
    person_id, _, epoch = mark.partition(":")
    person = queries.person(int(person_id)) if person_id.isdecimal() else None
    if person is None or not person.active or str(person.epoch) != epoch:
        return None
    return SignedIn(person.acting(clock.today()), mark, person.locale)


def begin(person: Person) -> None:
    """A new session, with nothing of the one before it."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(person.acting(clock.today()), mark_of(person), person.locale))


def end() -> None:
    logout_user()
    session.clear()


def init(app: Flask) -> None:
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]  # Flask-Login hangs itself there
    manager.user_loader(load)
    app.config.update(
        PERMANENT_SESSION_LIFETIME=IDLE,  # begins anew with every request
        SESSION_PROTECTION=None,  # the mark is signed and has an epoch; addresses change on mobile networks
    )
