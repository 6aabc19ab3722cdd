"""The officer at the gate: pictures come one by one and wait, the words come last and make the record, once."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.casework.commands import KeepFieldPictures, KeepFieldRecord, TakeOver
from app.db import session, transaction
from app.domain.attachment import Attachment, BadFile, attachments_of, record_picture, rest_picture, waiting
from app.domain.case import Case
from app.domain.doings import Doing, write_down
from app.domain.field_record import FIELD, FieldRecord
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.receiving import one_at_a_time
from app.domain.scope import load
from app.domain.workflow.vocabulary import Role
from app.kernel import crypto
from app.kernel.errors import N_, NotFound, Refused

FAST = timedelta(minutes=15)
"""A telephone's clock may be ahead by so much."""
TOO_LARGE = N_("This picture is too large.")
TOO_MANY = N_("There are too many pictures; this one was not kept.")
AHEAD = N_("This moment has not come yet.")
OTHERWISE = N_("This record was taken before, in other words. Please write what is new into another one.")
NOT_ALL = N_("Not all of the pictures have arrived. Please send the record once more.")


def keep_field_pictures(actor: Actor, house: Installation, words: KeepFieldPictures) -> list[str]:
    """Keep pictures under the form's key until its words come; gives a sentence for each that was not kept.

    The same mark again is the same picture. Raises NotFound for a case that this actor is no officer of.
    """
    _case(session(), actor, words.case_id)
    told = []
    for mark, content in words.contents:
        try:
            _keep(actor, house, words, mark, content)
        except BadFile as error:
            told.append(error.message)
    return told


def keep_field_record(actor: Actor, words: KeepFieldRecord) -> int:
    """Keep the record with the pictures that wait for it, and give its id. The same form again is the same record.

    Any state of the case will do: what was seen while there was no network is no less true when it arrives late.
    Raises NotFound, or Refused where a picture is missing or the same form comes in other words.
    """
    with transaction() as writing:
        case = _case(writing, actor, words.case_id)
        one_at_a_time(writing, _key(actor, words.case_id, words.key))
        record = FieldRecord(
            case_id=case.id, written_by_id=actor.person_id, submission_key=words.key, seen_at=words.seen_at,
            kept_at=actor.now(), place=words.place, finding=words.finding, measures=words.measures,
        )  # fmt: skip
        before = _kept(writing, actor, words.key)
        if before is not None:
            if before.digest != record.digest:
                raise Refused(OTHERWISE)
            return before.id
        if words.seen_at > actor.now() + FAST:
            raise Refused(AHEAD, fields={"seen_at": AHEAD})
        writing.add(record)
        writing.flush()
        pictures = _attach(writing, _key(actor, words.case_id, words.key), record, words.marks)
        facts = {"case": case.id, "sha256": record.digest, "pictures": [one.sha256 for one in pictures]}
        write_down(
            writing, actor, Role.OFFICER, Doing.KEEP_FIELD_RECORD, FIELD, record.id, chain=case.inspection_id,
            facts=facts,
        )  # fmt: skip
        return record.id


def take_over(actor: Actor, house: Installation, words: TakeOver) -> None:
    """Let a record's pictures wait for a reply's form too, under its key; the record keeps its own. Twice is once.

    The files get a second name: whichever of the two is thrown away, the other stays. Raises NotFound.
    """
    _case(session(), actor, words.case_id)
    found = session().scalar(
        select(FieldRecord).where(FieldRecord.id == words.record_id, FieldRecord.case_id == words.case_id)
    )
    if found is None:
        raise NotFound
    there = {one.sha256 for one in waiting(session(), words.waiting_key)}
    room = house.settings.max_files - len(there)
    wanted = [one for one in attachments_of(session(), FIELD, found.id) if one.sha256 not in there][:room]
    copies = [(one, [_named_again(house, name) for name in (one.safe_name, one.sealed_name)]) for one in wanted]
    session().rollback()
    with transaction() as writing:
        for one, (safe, sealed) in copies:
            writing.add(
                Attachment(
                    token=crypto.random_token(), waiting_key=words.waiting_key, media_type=one.media_type,
                    size=one.size, width=one.width, height=one.height, safe_name=safe, sealed_name=sealed,
                    sha256=one.sha256, kept_at=actor.now(),
                )
            )  # fmt: skip


def _named_again(house: Installation, name: str | None) -> str:
    return storage.take_in(house.files, storage.path_of(house.files, name or ""))


def field_pictures_waiting(actor: Actor, case_id: int, key: str) -> int:
    """How many pictures wait for the words of this form."""
    return len(_waiting(session(), _key(actor, case_id, key)))


def _case(reading: Session, actor: Actor, case_id: int) -> Case:
    """A case whose lead or supporting unit this actor is an officer of. Raises NotFound."""
    return load(reading, actor.only(Role.OFFICER), Case, case_id)


def _key(actor: Actor, case_id: int, key: str) -> str:
    """Where a form's pictures wait: nobody can reach another's by sending their key."""
    return f"field:{actor.person_id}:{case_id}:{key}:"


def _keep(actor: Actor, house: Installation, words: KeepFieldPictures, mark: str, content: bytes) -> None:
    key = _key(actor, words.case_id, words.key)
    there = {one.waiting_key for one in _waiting(session(), key)}
    if key + mark in there or _kept(session(), actor, words.key) is not None:
        return
    if len(content) > house.settings.max_file_bytes:
        raise BadFile(TOO_LARGE)
    if len(there) >= house.settings.max_files:
        raise BadFile(TOO_MANY)
    rested = rest_picture(house.files, house.vault.public, content)
    session().rollback()
    with transaction() as writing:
        one_at_a_time(writing, key)
        if key + mark not in {one.waiting_key for one in _waiting(writing, key)}:
            record_picture(writing, rested, key + mark, actor.now())


def _waiting(reading: Session, key: str) -> list[Attachment]:
    query = select(Attachment).where(Attachment.waiting_key.startswith(key, autoescape=True))
    return list(reading.scalars(query.order_by(Attachment.id)))


def _kept(reading: Session, actor: Actor, key: str) -> FieldRecord | None:
    own = FieldRecord.written_by_id == actor.person_id, FieldRecord.submission_key == key
    return reading.scalar(select(FieldRecord).where(*own))


def _attach(writing: Session, key: str, record: FieldRecord, marks: tuple[str, ...]) -> list[Attachment]:
    """Give the record its pictures. Raises Refused while one of those it names is not here."""
    found = _waiting(writing, key)
    if {key + mark for mark in marks} - {one.waiting_key for one in found}:
        raise Refused(NOT_ALL, fields={"pictures": NOT_ALL})
    for position, one in enumerate(found, 1):
        one.noun, one.noun_id, one.position, one.waiting_key = FIELD, record.id, position, None
    return found
