"""What every door of intake asks first: which inspection is meant, and where the installation is."""

from flask import current_app, request

from app.domain.evidence.resting import NotTaken
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.kernel import clock
from app.web.inspecting import public_inspection, public_inspections
from app.web.language import sentence


def inspection_meant() -> Inspection | None:
    """The one the form or the address names; a name nobody knows in a form must not cost anybody their words."""
    every, named = public_inspections(), request.form.get("inspection")
    found = next((one for one in every if one.code == named), None)
    return found or (public_inspection() if every else None)


def at_work(every: list[Inspection]) -> list[Inspection]:
    return [one for one in every if one.is_open(clock.today())]


def installed() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found


def spoken(not_taken: list[NotTaken] | tuple[NotTaken, ...]) -> list[tuple[str, str]]:
    """Files that could not be taken, and why, in the reader's language."""
    return [(one.name, sentence(one.message, one.params)) for one in not_taken]
