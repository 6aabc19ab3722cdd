"""The index of published texts, written whenever a case's published side is written: nobody has to think of it."""

from typing import Any

from sqlalchemy import (
    DDL,
    Connection,
    ForeignKey,
    Index,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    event,
    exists,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from app.db import Base, table_of
from app.domain.case import Case
from app.domain.region import Region
from app.domain.search import words as tokenizer
from app.domain.workflow.vocabulary import CaseState

INDEX = "published_index"  # of SQLite; its shadow tables begin with the same word
FOUND = "SELECT rowid AS case_id FROM published_index WHERE published_index MATCH :match"
TEXTS = (
    "number",
    "publication_problem",
    "publication_text",
    "publication_handling",
    "publication_target",
    "accountability",
    "area_printed",
)
"""The columns of a case that everybody reads. The reporter's words are not among them, and never will be."""
FOLLOWED = (*TEXTS, "area_code", "state", "published_at")


class PublishedText(Base):
    """The searchable side of one published case. `text` is plain (tokenizer.plain); `words` are its tokens:

    a tsvector on PostgreSQL, on SQLite a line of words which a full-text table of its own (`INDEX`) follows.
    """

    __tablename__ = "published_texts"
    __table_args__ = (
        # PostgreSQL's full-text index; on SQLite it holds no row, so that both databases have the same schema.
        Index("ix_published_texts_words", "words", postgresql_using="gin", sqlite_where=text("0")),
        Index("ix_published_texts_inspection_id", "inspection_id"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    text: Mapped[str]
    words: Mapped[Any] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


class PublishedToken(Base):
    """In how many published texts a token occurs: rare ones tell two matters apart."""

    __tablename__ = "published_tokens"

    token: Mapped[str] = mapped_column(primary_key=True)
    texts: Mapped[int]


# The tokenizer is ours: for FTS5, whatever stands between two blanks is a token (ascii: no letter is folded).
# secure-delete: what is taken down leaves no trace in the index, as `PRAGMA secure_delete` sees to in the tables.
PUT = "INSERT INTO published_index(rowid, words) VALUES (new.case_id, new.words);"
TAKE = "INSERT INTO published_index(published_index, rowid, words) VALUES ('delete', old.case_id, old.words);"
FULL_TEXT = (
    """CREATE VIRTUAL TABLE published_index
    USING fts5(words, content='published_texts', content_rowid='case_id', tokenize='ascii')""",
    "INSERT INTO published_index(published_index, rank) VALUES ('secure-delete', 1)",
    f"CREATE TRIGGER published_texts_in AFTER INSERT ON published_texts BEGIN {PUT} END",
    f"CREATE TRIGGER published_texts_out AFTER DELETE ON published_texts BEGIN {TAKE} END",
    f"CREATE TRIGGER published_texts_anew AFTER UPDATE ON published_texts BEGIN {TAKE} {PUT} END",
)
"""SQLite's side; the migration carries the same text (tested to be equal)."""

MORE = text(
    "INSERT INTO published_tokens (token, texts) VALUES (:token, 1) "
    "ON CONFLICT (token) DO UPDATE SET texts = published_tokens.texts + 1"
)
FEWER = text("UPDATE published_tokens SET texts = texts - 1 WHERE token = :token")


def index_case(session: Session, case: Case) -> None:
    """Put what the case publishes into the index, instead of what was there; out of it when it publishes nothing."""
    _index(session.connection(), case)


def unindex_case(session: Session, case_id: int) -> None:
    _unindex(session.connection(), case_id)


def rebuild(session: Session) -> int:
    """Empty the index and fill it anew from the published cases; gives their number."""
    connection = session.connection()
    connection.execute(delete(PublishedText))
    connection.execute(delete(PublishedToken))
    count = 0
    for case in session.scalars(select(Case).where(_published()).execution_options(yield_per=500)):
        _index(connection, case)
        count += 1
    return count


def index_if_missing(session: Session) -> int:
    """Fill the index where cases are published and nothing is in it: after the migration that brings it."""
    missing = ~exists(select(PublishedText.case_id)) & exists(select(Case.id).where(_published()))
    return rebuild(session) if session.scalar(select(missing)) else 0


def _published() -> Any:
    return and_(Case.published_at.is_not(None), Case.state != CaseState.CANCELLED)


def _index(connection: Connection, case: Case) -> None:
    _unindex(connection, case.id)
    if case.published_at is None or not case.is_live:
        return
    said = "\n".join([*(getattr(case, name) or "" for name in TEXTS), *_area_names(connection, case.area_code)])
    found = tokenizer.tokens(said)
    row = {"case": case.id, "inspection": case.inspection_id, "text": tokenizer.plain(said)}
    connection.execute(_insertion(connection), row | {"words": _kept(connection, found)})
    if found:  # in one order, so that two who publish at once wait for each other and never in a ring
        connection.execute(MORE, [{"token": token} for token in sorted(set(found))])


def _unindex(connection: Connection, case_id: int) -> None:
    kept = connection.scalar(select(PublishedText.text).where(PublishedText.case_id == case_id))
    if kept is None:
        return
    connection.execute(delete(PublishedText).where(PublishedText.case_id == case_id))
    if found := sorted(set(tokenizer.tokens(kept))):
        connection.execute(FEWER, [{"token": token} for token in found])
    connection.execute(delete(PublishedToken).where(PublishedToken.texts <= 0))


def _area_names(connection: Connection, code: str | None) -> list[str]:
    row = connection.execute(select(Region.zh, Region.en).where(Region.code == code)).one_or_none()
    return [*row] if row else []


def _insertion(connection: Connection) -> Any:
    value: Any = bindparam("words", type_=Text())
    if connection.dialect.name == "postgresql":
        value = cast(value, TSVECTOR)
    columns: dict[str, Any] = {
        "case_id": bindparam("case"),
        "inspection_id": bindparam("inspection"),
        "text": bindparam("text"),
    }
    return table_of(PublishedText).insert().values(columns | {"words": value})


def _kept(connection: Connection, found: list[str]) -> str:
    """The tokens as the database keeps them. None holds a quote or a backslash: a literal needs no parser's rules."""
    if connection.dialect.name == "sqlite":
        return " ".join(found)
    return " ".join(f"'{token}'" for token in sorted(set(found)))


def _follow(_mapper: Mapper[Case], connection: Connection, case: Case) -> None:
    """After a case was written, in the transaction that wrote it."""
    kept = inspect(case)
    if any(kept.attrs[name].history.has_changes() for name in FOLLOWED):
        _index(connection, case)


def _let_go(_mapper: Mapper[Case], connection: Connection, case: Case) -> None:
    _unindex(connection, case.id)


event.listen(Case, "after_insert", _follow)
event.listen(Case, "after_update", _follow)
event.listen(Case, "before_delete", _let_go)
for statement in FULL_TEXT:
    event.listen(table_of(PublishedText), "after_create", DDL(statement).execute_if(dialect="sqlite"))
event.listen(
    table_of(PublishedText), "before_drop", DDL("DROP TABLE IF EXISTS published_index").execute_if(dialect="sqlite")
)
