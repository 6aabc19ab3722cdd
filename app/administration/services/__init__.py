"""What administrators do, one function a use case; every change is ledgered with ids and names of fields only."""

from typing import NoReturn

from app.domain.doings import acting_role
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role
from app.kernel.errors import Refused


def administering(actor: Actor) -> Role:
    """The role in which somebody may administer: an administrator, or the system while it sets itself up."""
    return acting_role(actor, Role.ADMINISTRATOR, Role.HISTORIAN)


def refuse(field: str, sentence: str) -> NoReturn:
    """Refuse because of one field."""
    raise Refused(sentence, fields={field: sentence})


def changed_fields(record: object, words: dict[str, object]) -> list[str]:
    """Set each attribute that differs, and name it."""
    found = [name for name, value in words.items() if getattr(record, name) != value]
    for name in found:
        setattr(record, name, words[name])
    return found
