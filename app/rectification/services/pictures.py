"""Evidence photographs: kept while the form is still being looked through, attached when it is kept."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.db import session as database
from app.db import transaction
from app.domain.attachment import BadFile, attach_waiting, take_picture, waiting
from app.domain.installation import Installation
from app.domain.people import Actor
from app.kernel.errors import N_, Refused
from app.rectification.commands import Picture

MEGABYTE = 1024 * 1024


def waiting_key(actor: Actor, key: str) -> str:
    """A form's key is good only for the person who was given it."""
    return f"rectification {actor.person_id} {key}"


def keep_pictures(house: Installation, actor: Actor, key: str, pictures: Sequence[Picture]) -> None:
    """Keep what came with a form under its key. Raises Refused for the first that cannot be taken;

    those before it wait, so that they need not be chosen again.
    """
    for picture in pictures:
        if len(picture.content) > house.settings.max_file_bytes:
            most = house.settings.max_file_bytes // MEGABYTE
            raise _refused(N_("A photograph may have at most %(most)s MB."), most=most)
        try:
            with transaction() as session:
                moment = actor.now()
                take_picture(session, house.files, house.vault.public, picture.content, waiting_key(actor, key), moment)
        except BadFile as error:
            raise _refused(error.message) from error


def pictures_kept(actor: Actor, key: str) -> int:
    """How many photographs of a form wait already: they need not be chosen again."""
    return len(waiting(database(), waiting_key(actor, key))) if key else 0


def _refused(message: str, **params: object) -> Refused:
    return Refused(message, fields={"pictures": message % params if params else message}, **params)


def attach(session: Session, actor: Actor, key: str, noun: str, noun_id: int) -> None:
    """Give what waited under a form's key to the record, in the caller's transaction."""
    if key:
        attach_waiting(session, waiting_key(actor, key), noun, noun_id)
