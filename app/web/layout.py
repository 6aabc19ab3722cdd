"""What every layout is handed: who is here, in which inspection, and the ways onward."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, g, request, url_for
from flask.blueprints import BlueprintSetupState
from jinja2 import StrictUndefined

from app.domain.people import Actor
from app.settings import Site
from app.web.forms import component, problems, takes_files
from app.web.guards import current_actor, entry_of, signed_in_actor
from app.web.language import in_chinese, sentence, term
from app.web.modes import STAFF, on_staff_side

SIGN_OUT, CHOOSE = "/staff/sign-out", "/staff/choose"
LEAVE, ACCESSIBILITY, PRIVACY = "/public/leave", "/public/accessibility", "/public/privacy"
SIGNS = "hotline_signs"


@dataclass(frozen=True)
class Sign:
    """A way to a room, seen by those its door admits. `label` is a msgid; `count` says how much waits there."""

    order: int
    endpoint: str
    label: str
    public: bool
    count: Callable[[Actor], int] | None


@dataclass(frozen=True)
class Masthead:
    """The head of a citizen's page: the inspection's name and how it is reached."""

    title: str
    subtitle: str = ""
    telephone: str = ""
    hours: str = ""
    postbox: str = ""


@dataclass(frozen=True)
class Choice:
    """One inspection in the switcher of the staff bar. Choosing sends the field `inspection` to CHOOSE."""

    id: int
    name: str
    current: bool


@dataclass(frozen=True)
class House:
    """What the layouts ask of whoever knows the inspections and the site."""

    masthead: Callable[[], Masthead | None] = lambda: None
    inspections: Callable[[Actor], Sequence[Choice]] = lambda _actor: ()


def hang_sign(
    blueprint: Blueprint,
    view: str,
    label: str,
    *,
    order: int,
    public: bool = False,
    count: Callable[[Actor], int] | None = None,
) -> None:
    """Show the way to a room's view in the menu of its side; a room says so where it makes its blueprint."""

    def hang(state: BlueprintSetupState) -> None:
        signs: list[Sign] = state.app.extensions.setdefault(SIGNS, [])
        signs.append(Sign(order, f"{blueprint.name}.{view}", label, public, count))
        signs.sort(key=lambda sign: sign.order)

    blueprint.record_once(hang)


def _signs() -> list[Sign]:
    found: list[Sign] = current_app.extensions.get(SIGNS, [])
    return found


def _nav() -> list[dict[str, Any]]:
    actor, staff = signed_in_actor(), on_staff_side()
    shown = [sign for sign in _signs() if sign.public is not staff and _admits(sign, actor)]
    current = "" if g.get("failed") or request.path in {ACCESSIBILITY, PRIVACY} else _current()
    return [
        {
            "href": url_for(sign.endpoint),
            "label": sentence(sign.label),
            "current": sign.endpoint == current,
            "count": sign.count(current_actor()) if sign.count else 0,
        }
        for sign in shown
    ]


def _admits(sign: Sign, actor: Actor | None) -> bool:
    entry = entry_of(current_app, sign.endpoint)
    return entry is not None and entry.admits(actor)


def _current() -> str:
    """The sign of this page, or of its room's signs the one whose address this page's begins with (the form of
    `/report/receipt` is `/report`), or the first.
    """
    of_room = [sign.endpoint for sign in _signs() if sign.endpoint.rpartition(".")[0] == request.blueprint]
    if request.endpoint in of_room or not of_room:
        return request.endpoint or ""
    above = [one for one in of_room if request.path.startswith(url_for(one).partition("?")[0])]
    return max(above, key=lambda one: len(url_for(one).partition("?")[0]), default=of_room[0])


def _person() -> dict[str, str] | None:
    actor = signed_in_actor()
    if actor is None:
        return None
    roles = [term(role) for role in dict.fromkeys(appointment.role for appointment in actor.appointments)]
    return {"name": actor.name, "role": ("、" if in_chinese() else ", ").join(roles)}


def page_href(cursor: str) -> str:
    """This address at another page of its list."""
    others = [pair for pair in request.args.items(multi=True) if pair[0] != "page"]
    return "?" + urlencode([*others, ("page", cursor)])


def init(app: Flask, house: House, site: Site) -> None:
    app.jinja_env.undefined = StrictUndefined  # a misspelt name is an error, not a blank
    app.jinja_env.globals.update(
        component=component, problems=problems, takes_files=takes_files, page_href=page_href,
        staff_home=STAFF, sign_out_url=SIGN_OUT, choose_url=CHOOSE,
        leave_url=LEAVE, accessibility_url=ACCESSIBILITY, privacy_url=PRIVACY, site=site,
    )  # fmt: skip

    @app.context_processor
    def hand_over() -> dict[str, Any]:
        if g.get("crashed"):  # the page that says so asks the database nothing
            return {"nav": [], "masthead": None, "inspections": [], "person": None}
        actor, staff = signed_in_actor(), on_staff_side()
        return {
            "nav": _nav(),
            "masthead": None if staff else house.masthead(),
            "inspections": house.inspections(actor) if staff and actor else [],
            "person": _person(),
        }
