"""The files of a reply's form: kept when they arrive, given to the version that is taken, shared by later ones."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.commands import KeepDocument, KeepPictures, SubmitReply
from app.casework.services.taking import must_be_able, take_up
from app.casework.slots import AFTER, BEFORE, DOCUMENTS, OF_SPOTS, SPOTS, document_slot, slot_of
from app.casework.weighing import Files
from app.db import session, transaction
from app.domain.attachment import (
    Attachment,
    BadFile,
    RestedPicture,
    attach_waiting,
    record_picture,
    rest_picture,
    waiting,
)
from app.domain.case import FIGURES, Case, Reply
from app.domain.evidence.keeping import keep_files
from app.domain.evidence.resting import NotTaken, SentFile
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.scope import load
from app.domain.workflow.vocabulary import CaseAction as A
from app.kernel.errors import N_

KINDS = (BEFORE, AFTER)
TOO_LARGE = N_("This picture is too large.")
TOO_MANY = N_("There are too many pictures; this one was not kept.")


@dataclass(frozen=True)
class Shown:
    """The attachments that a version will show: by figure its document, by row and kind the pictures of a spot."""

    documents: dict[str, int] = field(default_factory=dict)
    pictures: dict[int, dict[str, int]] = field(default_factory=dict)

    @property
    def files(self) -> Files:
        return Files(frozenset(self.documents), {row: frozenset(kinds) for row, kinds in self.pictures.items()})


def waiting_key(actor: Actor, case_id: int, form_key: str, kind: str) -> str:
    """Where a form's files wait: nobody can reach another's by sending their key."""
    return f"reply:{actor.person_id}:{case_id}:{kind}:{form_key}"


def keep_pictures(actor: Actor, house: Installation, words: KeepPictures) -> list[str]:
    """Keep photographs under the form's key until its reply is taken; gives a sentence for each that was not kept.

    Raises NotFound and NotAllowed: only who may reply now may send any. Pictures come to rest on the disk before
    the transaction that speaks of them, for re-encoding takes its time.
    """
    key = waiting_key(actor, words.case_id, words.form_key, words.kind)
    must_be_able(load(session(), actor, Case, words.case_id), A.REPLY, actor)
    room = house.settings.max_files - (len(waiting(session(), key)) if words.kind in KINDS else 0)
    rested: list[RestedPicture] = []
    told: list[str] = []
    for content in words.contents:
        try:
            _fits(house, content, room - len(rested))
            rested.append(rest_picture(house.files, house.vault.public, content))
        except BadFile as error:
            told.append(error.message)
    with transaction() as writing:
        must_be_able(take_up(writing, actor, words.case_id, None), A.REPLY, actor)
        for picture in rested:
            record_picture(writing, picture, key, actor.now())
    return told


def keep_document(actor: Actor, house: Installation, words: KeepDocument) -> tuple[NotTaken, ...]:
    """Keep the copy of a figure's document as `keep_pictures` keeps a picture: a PDF, an office file, a photograph."""
    must_be_able(load(session(), actor, Case, words.case_id), A.REPLY, actor)
    key = waiting_key(actor, words.case_id, words.form_key, document_slot(words.figure))
    return keep_files(house, actor, key, (SentFile(words.name, words.content),))


def files_of(session: Session, actor: Actor, case: Case, words: SubmitReply) -> Shown:
    """What the next version will show: what was sent last for each slot, else what the version before had there."""
    sent = _sent(session, actor, words)
    before = case.reply
    shown = Shown()
    for source in before.sources if before else ():
        shown.documents.update({source.figure: source.attachment_id} if source.attachment_id else {})
    for spot in before.spots if before else ():
        if spot.position in {one.row for one in words.spots if not one.fresh}:
            kept = {BEFORE: spot.before_id, AFTER: spot.after_id}
            shown.pictures[spot.position] = {kind: one for kind, one in kept.items() if one}
    for figure in FIGURES:
        if document_slot(figure) in sent:
            shown.documents[figure] = sent[document_slot(figure)]
    for row in range(1, SPOTS + 1):
        found = {kind: sent[slot_of(kind, row)] for kind in KINDS if slot_of(kind, row) in sent}
        if found:
            shown.pictures[row] = shown.pictures.get(row, {}) | found
    return shown


def settle(session: Session, actor: Actor, words: SubmitReply, version: Reply, shown: Shown) -> None:
    """Give the version its files. What was sent for a slot and then replaced goes on waiting, and is thrown away."""
    for kind in KINDS:
        attach_waiting(session, waiting_key(actor, words.case_id, words.form_key, kind), "reply", version.id, kind)
    for row, pictures in shown.pictures.items():
        for kind, one in pictures.items():
            _give(session, version, one, row, kind)
    for position, one in enumerate(shown.documents.values(), 1):
        _give(session, version, one, position)


def _give(session: Session, version: Reply, attachment_id: int, position: int, kind: str = "") -> None:
    """What an earlier version brought stays with that one."""
    one = session.get_one(Attachment, attachment_id)
    if one.waiting_key is not None:
        one.noun, one.noun_id, one.waiting_key, one.position = "reply", version.id, None, position
        one.kind = kind or one.kind


def _sent(session: Session, actor: Actor, words: SubmitReply) -> dict[str, int]:
    """By slot the last file that waits there, and may be shown."""
    keys = {waiting_key(actor, words.case_id, words.form_key, slot): slot for slot in (*OF_SPOTS, *DOCUMENTS)}
    if not words.form_key:
        return {}
    query = select(Attachment).where(Attachment.waiting_key.in_(keys)).order_by(Attachment.id)
    return {keys[one.waiting_key or ""]: one.id for one in session.scalars(query) if one.reaches_the_team}


def _fits(house: Installation, content: bytes, room: int) -> None:
    if len(content) > house.settings.max_file_bytes:
        raise BadFile(TOO_LARGE)
    if room <= 0:
        raise BadFile(TOO_MANY)
