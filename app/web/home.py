"""What waits for whoever is signed in: each room offers its own work, the staff home page gathers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.workflow.terms import Term

OFFERS = "hotline_work"


@dataclass(frozen=True)
class Work:
    """One kind of thing that waits: `label` is a msgid or a term, `late` how many of `count` are past their day."""

    label: str | Term
    href: str
    count: int
    late: int = 0


Provider = Callable[[Actor, Inspection], Sequence[Work]]
"""A room's answer to: what waits for this actor in this inspection? Only what their role can do something about."""


def offer_work(blueprint: Blueprint, provider: Provider) -> None:
    """Let a room's waiting work stand on the home page; a room says so where it makes its blueprint."""

    def offer(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault(OFFERS, []).append(provider)

    blueprint.record_once(offer)


def next_work(actor: Actor, inspection: Inspection) -> list[Work]:
    """Everything that waits, room by room; what is empty is left out."""
    providers: list[Provider] = current_app.extensions.get(OFFERS, [])
    return [work for provider in providers for work in provider(actor, inspection) if work.count]
