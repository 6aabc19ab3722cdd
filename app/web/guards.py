"""Who may come through which door: every view says so itself, and a door that says nothing stays shut."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, redirect, request
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from app.domain.people import CITIZEN, Actor
from app.domain.workflow.vocabulary import Role
from app.kernel.errors import N_, NotAllowed
from app.web.errors import SignInNeeded

View = TypeVar("View", bound=Callable[..., Any])
ENTRY = "_hotline_entry"
SIGN_IN = "/staff/sign-in"
OF_A_CALLER = frozenset({"phone"})
OWN_ADDRESS = re.compile(r"/staff(?:[/?][!-\[\]-~]*)?")


@dataclass(frozen=True)
class Entry:
    """What a door asks. No roles and not public: anybody who is signed in."""

    public: bool = False
    roles: frozenset[Role] = frozenset()

    def admits(self, actor: Actor | None) -> bool:
        if self.public:
            return True
        return actor is not None and (not self.roles or bool(self.roles & actor.opens))


@dataclass(frozen=True)
class Door:
    """One line of the permission table."""

    endpoint: str
    methods: tuple[str, ...]
    path: str
    entry: Entry | None


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no annotations
    """What Flask-Login keeps of a person for one request; `mark` is what the session cookie holds of them."""

    def __init__(self, actor: Actor, mark: str, locale: str | None = None) -> None:
        self.actor = actor
        self.mark = mark
        self.locale = locale

    def get_id(self) -> str:
        return self.mark


def public(view: View) -> View:
    """Anybody may come in; what they see is still up to the query."""
    setattr(view, ENTRY, Entry(public=True))
    return view


def door(*roles: Role) -> Callable[[View], View]:
    """Only those who hold one of these roles in any inspection; which records they reach is the scope's matter."""

    def mark(view: View) -> View:
        setattr(view, ENTRY, Entry(roles=frozenset(roles)))
        return view

    return mark


def signed_in_actor() -> Actor | None:
    """Who is signed in, or nobody."""
    return current_user.actor if isinstance(current_user._get_current_object(), SignedIn) else None  # noqa: SLF001


def current_actor() -> Actor:
    """Who acts: the person signed in, or a citizen."""
    return signed_in_actor() or CITIZEN


def entry_of(app: Flask, endpoint: str) -> Entry | None:
    if endpoint == "static":
        return Entry(public=True)
    found: Entry | None = getattr(app.view_functions.get(endpoint), ENTRY, None)
    return found


def permission_table(app: Flask) -> list[Door]:
    """Every door with what it asks, in the order of the addresses."""
    ignored = {"HEAD", "OPTIONS"}
    doors = [
        Door(rule.endpoint, tuple(sorted((rule.methods or set()) - ignored)), rule.rule, entry_of(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
    ]
    return sorted(doors, key=lambda door: (door.path, door.methods))


def check_door() -> Response | None:
    """Before every request. What is not in the table is shut, also for those who are signed in."""
    if request.endpoint is None:  # no such address: the error page answers
        return None
    entry = entry_of(current_app, request.endpoint)
    if entry is not None and entry.public:
        return None
    actor = signed_in_actor()
    g.person_id = actor.person_id if actor else None
    if entry is not None and entry.admits(actor):
        return None
    if entry is None or actor is not None:
        raise NotAllowed(N_("Your role does not open this door."))
    if request.method != "GET":
        raise SignInNeeded
    return redirect(f"{SIGN_IN}?{urlencode({'next': _carried_on()})}")


def _carried_on() -> str:
    """This address, without what a telephone system said of a caller: that goes into no second address."""
    asked = urlencode([pair for pair in request.args.items(multi=True) if pair[0] not in OF_A_CALLER])
    return quote(request.path) + (f"?{asked}" if asked else "")


def own_address(target: str | None, otherwise: str = "/staff") -> str:
    """Where to go on after signing in: an address of ours, never one that only looks like it."""
    return target if target and OWN_ADDRESS.fullmatch(target) else otherwise


def init(app: Flask) -> None:
    """Flask-Login without its own redirects; the accounts room gives it the loader."""
    manager = LoginManager()
    manager.init_app(app)
    app.before_request(check_door)
