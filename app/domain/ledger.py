"""The ledger 「留痕」: one entry for each thing that happened; append-only, hash-chained per inspection.

An entry holds ids and names of fields. The words that were said for it stand beside it, each bound by a salted
digest inside the entry's hash: changing either breaks the chain, erasing words (retention) does not.
"""

import secrets
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    DDL,
    Connection,
    ForeignKey,
    FromClause,
    Index,
    Table,
    UniqueConstraint,
    bindparam,
    event,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from app.db import Base
from app.domain.workflow.vocabulary import Need, Role
from app.kernel import clock, crypto

BEGINNING = "0" * 64
SYSTEM_CHAIN = 0
PACE = 500  # entries read at a time
BEGIN_CHAIN = text(
    "INSERT INTO ledger_heads (chain, seq, hash) VALUES (:chain, 0, :hash) ON CONFLICT (chain) DO NOTHING"
)
KEPT_ELSEWHERE = frozenset(
    {Need.DESCRIPTION, Need.REPLY, Need.HANDOVER_TEXT, Need.PUBLICATION_PROBLEM, Need.PUBLICATION_TEXT}
    | {Need.OBJECTION}
)
"""Texts that have a column of their own: the ledger binds their digest and does not keep them twice."""


class LedgerHead(Base):
    """The end of a chain; locked while an entry is appended, so that a chain never forks."""

    __tablename__ = "ledger_heads"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]


class LedgerEntry(Base):
    """`at` is when it happened, `recorded_at` when it was written; they differ only for entered history."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("chain", "seq"),
        Index("ix_ledger_entries_subject", "noun", "noun_id"),
        Index("ix_ledger_entries_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    person_id: Mapped[int | None]
    role: Mapped[str]
    noun: Mapped[str]
    noun_id: Mapped[int]
    action: Mapped[str]
    source: Mapped[str | None]
    target: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    words_digest: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]

    words: Mapped[list["LedgerWord"]] = relationship(order_by="LedgerWord.id")

    def body(self) -> dict[str, Any]:
        """What the hash covers."""
        return {
            "chain": self.chain,
            "seq": self.seq,
            "at": self.at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "person_id": self.person_id,
            "role": self.role,
            "noun": self.noun,
            "noun_id": self.noun_id,
            "action": self.action,
            "source": self.source,
            "target": self.target,
            "facts": self.facts,
            "words": self.words_digest,
            "previous": self.previous,
        }


class LedgerWord(Base):
    """What was said for an entry, under the name of its need. `text` is None where it has a column of its own."""

    __tablename__ = "ledger_words"
    __table_args__ = (Index("ix_ledger_words_entry_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    need: Mapped[str]
    text: Mapped[str | None]
    salt: Mapped[str]
    digest: Mapped[str]


def _table(noun: type[Base]) -> Table:
    table = noun.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{table} is not a table")
    return table


HEADS, ENTRIES, WORDS = _table(LedgerHead), _table(LedgerEntry), _table(LedgerWord)
ENTRY_COLUMNS = [column.name for column in ENTRIES.columns if column.name != "id"]
FIND_HEAD = select(HEADS.c.seq, HEADS.c.hash).where(HEADS.c.chain == bindparam("end_of")).with_for_update()
MOVE_HEAD = HEADS.update().where(HEADS.c.chain == bindparam("end_of"))
WRITE_ENTRY = ENTRIES.insert().returning(ENTRIES.c.id)
WRITE_WORDS = WORDS.insert()


@dataclass(frozen=True)
class Happening:
    """One thing to be written down."""

    chain: int
    person_id: int | None
    role: Role
    at: datetime
    noun: str
    noun_id: int
    action: str
    source: str | None = None
    target: str | None = None


Follower = Callable[[Connection, Happening, Mapping[Need, str]], None]
FOLLOWERS: list[Follower] = []
"""Told of each entry, in its transaction, after it was written: what is kept beside the ledger's words follows here."""


def append(
    session: Session,
    happening: Happening,
    said: Mapping[Need, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Write an entry at the end of its chain, in the caller's transaction. `facts`: ids, codes, numbers only.

    An entry is written once and never changed, so the session need not watch it: plain statements, which cost a
    third. What the caller has changed so far is sent first: an entry never stands before its change.
    """
    session.flush()
    connection = session.connection()
    seq, previous = _locked_head(connection, happening.chain)
    words = [_word(need, text) for need, text in (said or {}).items() if text]
    entry = LedgerEntry(
        chain=happening.chain,
        seq=seq + 1,
        at=happening.at,
        recorded_at=clock.now(),
        person_id=happening.person_id,
        role=str(happening.role),
        noun=happening.noun,
        noun_id=happening.noun_id,
        action=str(happening.action),
        source=_code(happening.source),
        target=_code(happening.target),
        facts=dict(facts or {}),
        words_digest=crypto.digest([[word.need, word.digest] for word in words]),
        previous=previous,
    )
    entry.hash = crypto.digest(entry.body())
    entry.id = connection.execute(WRITE_ENTRY, {name: getattr(entry, name) for name in ENTRY_COLUMNS}).scalar_one()
    if words:
        connection.execute(WRITE_WORDS, [_columns(word) | {"entry_id": entry.id} for word in words])
    connection.execute(MOVE_HEAD, {"end_of": entry.chain, "seq": entry.seq, "hash": entry.hash})
    for follow in FOLLOWERS:
        follow(connection, happening, said or {})
    return entry


def _columns(word: LedgerWord) -> dict[str, Any]:
    return {"need": word.need, "text": word.text, "salt": word.salt, "digest": word.digest}


def _code(state: str | None) -> str | None:
    return None if state is None else str(state)


def _locked_head(connection: Connection, chain: int) -> tuple[int, str]:
    """Number and hash of a chain's end, ours until the transaction ends; two who begin one at once wait in turn."""
    head = connection.execute(FIND_HEAD, {"end_of": chain}).first()
    if head is None:
        connection.execute(BEGIN_CHAIN, {"chain": chain, "hash": BEGINNING})
        head = connection.execute(FIND_HEAD, {"end_of": chain}).one()
    return head.seq, head.hash


def _word(need: Need, text: str) -> LedgerWord:
    salt = secrets.token_hex(16)
    kept = None if need in KEPT_ELSEWHERE else text
    return LedgerWord(need=str(need), text=kept, salt=salt, digest=crypto.digest([salt, text]))


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: how many entries were read, and the first bad one."""

    entries: int
    bad_entry: int | None = None
    what: str = ""

    @property
    def sound(self) -> bool:
        return self.bad_entry is None


def verify(session: Session) -> Verdict:
    """Re-compute every chain; name the first entry that does not fit, or the chain whose end was cut off."""
    ends: dict[int, tuple[int, str]] = {}
    query = select(LedgerEntry).order_by(LedgerEntry.chain, LedgerEntry.seq).options(selectinload(LedgerEntry.words))
    count = 0
    with closing(session.scalars(query.execution_options(yield_per=PACE))) as entries:
        for count, entry in enumerate(entries, 1):
            seq, previous = ends.get(entry.chain, (0, BEGINNING))
            problem = _problem(entry, seq, previous)
            if problem:
                return Verdict(count, entry.id, problem)
            ends[entry.chain] = (entry.seq, entry.hash)
    for head in session.scalars(select(LedgerHead)):
        seq, end = ends.get(head.chain, (0, BEGINNING))
        if (seq, end) != (head.seq, head.hash):
            return Verdict(count, -1, f"chain {head.chain} was cut off after entry {seq}")
    return Verdict(count)


def _problem(entry: LedgerEntry, seq: int, previous: str) -> str:
    if entry.seq != seq + 1:
        return "an entry before it is missing"
    if entry.previous != previous:
        return "it does not follow the entry before it"
    if entry.hash != crypto.digest(entry.body()):
        return "it was changed"
    if entry.words_digest != crypto.digest([[word.need, word.digest] for word in entry.words]):
        return "its words were changed"
    if any(w.text is not None and crypto.digest([w.salt, w.text]) != w.digest for w in entry.words):
        return "its words were changed"
    return ""


def refusals(table: str, columns: str = "", once: str = "") -> dict[str, list[str]]:
    """For each database, the statements that make a table refuse UPDATE (of these columns, or any) and DELETE.

    `once`: a column; only rows in which it has been set are refused.
    """
    of, when = f" OF {columns}" if columns else "", f"WHEN (OLD.{once} IS NOT NULL) " if once else ""
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} cannot be changed'); END"
            for name, verb in (("update", f"UPDATE{of}"), ("delete", "DELETE"))
        ],
        "postgresql": [
            (
                f"CREATE OR REPLACE FUNCTION {table}_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} cannot be changed'; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE{of} OR DELETE ON {table} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION {table}_unchangeable()"
            ),
        ],
    }


PROTECTED: dict[str, str] = {}
"""Every table that refuses changes, and the columns it refuses them for (empty: all)."""


def protect(table: FromClause, columns: str = "", once: str = "") -> None:
    """Attach the refusals to a table's creation; migrations carry the same text (tested to be equal)."""
    if not isinstance(table, Table):
        raise TypeError(f"{table} is not a table")
    PROTECTED[table.name] = columns
    for dialect, statements in refusals(table.name, columns, once).items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


protect(LedgerEntry.__table__)
protect(LedgerWord.__table__, "entry_id, need, salt, digest")
