"""Evidence photographs: which belong to what, and the one asked for by those who may see its cycle."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.people import Actor
from app.domain.rectification import Rectification
from app.domain.scope import load
from app.kernel.errors import NotFound

CYCLE, STEP, EVIDENCE = "rectification", "ladder_step", "checklist_evidence"


@dataclass(frozen=True)
class Photo:
    token: str
    size: int
    name: str


def photos_of(noun: str, ids: Collection[int]) -> dict[int, list[Photo]]:
    """The photographs of several records of a noun, by record, in the order they were sent."""
    query = select(Attachment).where(Attachment.noun == noun, Attachment.noun_id.in_(ids)).order_by(Attachment.id)
    found: dict[int, list[Photo]] = {}
    for attachment in session().scalars(query):
        mine = found.setdefault(attachment.noun_id or 0, [])
        mine.append(Photo(attachment.token, attachment.size, f"{len(mine) + 1}.jpg"))
    return found


def picture(actor: Actor, rectification_id: int, token: str) -> Attachment:
    """A photograph of a cycle this actor may see. Raises NotFound for any other."""
    record = load(session(), actor, Rectification, rectification_id)
    found = session().scalar(select(Attachment).where(Attachment.token == token))
    owners = {(CYCLE, record.id), *((STEP, step.id) for step in record.all_steps)}
    owners |= {(EVIDENCE, one.id) for one in record.evidence}
    if found is None or (found.noun, found.noun_id) not in owners:
        raise NotFound
    return found
