"""Where a record's page is: a room says so for the nouns it shows, so that others can lead there by noun and id."""

from typing import Any

from flask import Blueprint, current_app, url_for
from flask.blueprints import BlueprintSetupState

PAGES = "hotline_record_pages"


def shows(blueprint: Blueprint, noun: str, view: str, argument: str) -> None:
    """A room's view shows one record of a noun; a room says so where it makes its blueprint."""

    def enter(state: BlueprintSetupState) -> None:
        state.app.extensions.setdefault(PAGES, {})[noun] = (f"{blueprint.name}.{view}", argument)

    blueprint.record_once(enter)


def page_of(noun: str, noun_id: int) -> str | None:
    """The address of a record's page; None for what no room shows."""
    found: tuple[str, str] | None = current_app.extensions.get(PAGES, {}).get(noun)
    if found is None:
        return None
    named: dict[str, Any] = {found[1]: noun_id}
    return url_for(found[0], **named)
