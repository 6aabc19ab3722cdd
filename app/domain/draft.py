"""The draft 「草稿」: what somebody is still writing, kept as typed, locked, for its writer alone (ADR 0016)."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, and_, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, transaction
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.reporter import padded
from app.jobs import job
from app.kernel import clock, crypto, text
from app.kernel.errors import NotFound

ADDRESS_BLOCK = 32
HOURS = 24
"""A shift that ended in a power cut is gone on with the next morning; then what nobody came back for goes."""
REPLY = "reply"
REPLY_DAYS = 30
"""A reply is written for as long as a case is investigated; it is no shift's work, and on no desk's list."""

Typed = tuple[tuple[str, str], ...]
"""What was typed: names of fields and their values, in the order of the form; a name may come several times."""


class Draft(Base):
    """One form that was begun and neither kept nor discarded. `mark` is a keyed digest of the form's own key.

    Everything that was typed, the form's key among it, is in `locked`: under a key that is made from the house's own,
    the writer and the form. No column tells more than who is writing what kind of entry, and since when.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_person_id", "person_id", "inspection_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    kind: Mapped[str]
    mark: Mapped[str] = mapped_column(unique=True)
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime] = mapped_column(index=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Writing:
    """A draft as its writer gets it back. `key` is the form's own; what was typed is in nobody's log (`repr`)."""

    id: int
    inspection_id: int
    kind: str
    begun_at: datetime
    saved_at: datetime
    key: str
    typed: Typed

    def __repr__(self) -> str:
        return f"<Writing {self.id}>"

    def get(self, name: str) -> str:
        return next((value for known, value in self.typed if known == name), "")

    @property
    def excerpt(self) -> str:
        """By what its writer knows it again: the words, nothing of the reporter."""
        return text.excerpt(self.get("points") or self.get("description"))


def keep_draft(
    session: Session, house: Installation, actor: Actor, inspection_id: int, kind: str, key: str, typed: Typed
) -> Draft:
    """Keep what was typed so far, instead of what was kept of this form before. In the caller's transaction.

    Raises NotFound where the form's key is somebody else's.
    """
    mark, now = _mark(house, key), actor.now()
    draft = session.scalar(select(Draft).where(Draft.mark == mark).with_for_update())
    if draft is None:
        draft = Draft(mark=mark, person_id=actor.person_id, inspection_id=inspection_id, kind=kind, begun_at=now)
        session.add(draft)
    if draft.person_id != actor.person_id:
        raise NotFound
    draft.saved_at = now
    draft.locked = crypto.lock(_own_key(house, actor, mark), padded(crypto.canonical([key, typed])))
    session.flush()
    return draft


def drafts_of(session: Session, house: Installation, actor: Actor, inspection_id: int) -> list[Writing]:
    """This person's own in an inspection, the newest first. One whose key is no longer the house's is left out."""
    own = select(Draft).where(
        Draft.person_id == actor.person_id, Draft.inspection_id == inspection_id, Draft.kind != REPLY
    )
    opened = (_opened(house, actor, draft) for draft in session.scalars(own.order_by(Draft.saved_at.desc())))
    return [draft for draft in opened if draft is not None]


def draft_of(session: Session, house: Installation, actor: Actor, draft_id: int) -> Writing:
    """One of this person's own. Raises NotFound alike for a missing one and somebody else's."""
    own = (Draft.id == draft_id, Draft.person_id == actor.person_id, Draft.kind != REPLY)
    draft = session.scalar(select(Draft).where(*own))
    opened = _opened(house, actor, draft) if draft is not None else None
    if opened is None:
        raise NotFound
    return opened


def draft_by_key(session: Session, house: Installation, actor: Actor, key: str) -> Writing | None:
    """This person's own, by the key of its form."""
    mine = (Draft.mark == _mark(house, key), Draft.person_id == actor.person_id)
    draft = session.scalar(select(Draft).where(*mine))
    return _opened(house, actor, draft) if draft is not None else None


def drop_draft(session: Session, house: Installation, key: str) -> None:
    """The form was kept or discarded: nothing of it stays here. In the caller's transaction."""
    session.execute(delete(Draft).where(Draft.mark == _mark(house, key)))


@job("drafts.tidy", every=60)
def tidy(_house: Installation) -> None:
    """Throw away what nobody came back for; files that wait for it go after their own hours."""
    now = clock.now()
    shift, reply = now - timedelta(hours=HOURS), now - timedelta(days=REPLY_DAYS)
    over = or_(Draft.saved_at < reply, and_(Draft.saved_at < shift, Draft.kind != REPLY))
    with transaction() as session:
        session.execute(delete(Draft).where(over))


def lock_for(house: Installation, actor: Actor, words: str) -> str:
    """Words that travel in an address, and mean nothing to anybody but this person's own form."""
    return crypto.lock(_own_key(house, actor, "address"), padded(words.encode(), ADDRESS_BLOCK)).hex()


def unlock_for(house: Installation, actor: Actor, locked: str) -> str:
    """The words again; "" where they are not this person's, or nobody's."""
    try:
        content = bytes.fromhex(locked)
    except ValueError:
        return ""
    return (crypto.unlocked(_own_key(house, actor, "address"), content) or b"").decode().strip()


def in_order(pairs: Iterable[tuple[str, str]], left_out: Collection[str] = ()) -> Typed:
    """What a form sent, without what belongs to one sending alone."""
    return tuple((name, value) for name, value in pairs if name not in left_out and value)


def _opened(house: Installation, actor: Actor, draft: Draft) -> Writing | None:
    plain = crypto.unlocked(_own_key(house, actor, draft.mark), draft.locked)
    if plain is None:
        return None
    key, typed = json.loads(plain)
    pairs = tuple((name, value) for name, value in typed)
    return Writing(draft.id, draft.inspection_id, draft.kind, draft.begun_at, draft.saved_at, key, pairs)


def _mark(house: Installation, key: str) -> str:
    return crypto.keyed_digest(house.draft_key, f"draft {key}")


def _own_key(house: Installation, actor: Actor, mark: str) -> bytes:
    """A key of its own for each writer and form: a row that is moved to another person cannot be read there."""
    return bytes.fromhex(crypto.keyed_digest(house.draft_key, f"{actor.person_id} {mark}"))
