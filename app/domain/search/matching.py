"""Which published cases hold all that a reader asks for: a query of case ids, for its caller to narrow and order."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, false, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.domain.search.indexing import FOUND, PublishedText
from app.domain.search.words import Term, terms


def matching(session: Session, inspection_id: int | None, words: str) -> Select[int]:
    """Ids of the published cases of an inspection (None: of all) in which every term of `words` occurs.

    What cannot be searched for (punctuation alone, nothing at all) matches nothing.
    Use as `Case.id.in_(matching(…))`.
    """
    wanted = terms(words)
    query = select(PublishedText.case_id)
    if inspection_id is not None:
        query = query.where(PublishedText.inspection_id == inspection_id)
    if not wanted:
        return query.where(false())
    return query.where(holding(session, wanted))


def holding(session: Session, wanted: list[Term]) -> ColumnElement[bool]:
    """That a published text has all of these terms.

    On PostgreSQL the lexemes do not say that they follow each other, so the text is looked at again; a needle holds
    neither % nor _ nor a backslash.
    """
    if session.get_bind().dialect.name == "sqlite":
        return PublishedText.case_id.in_(in_fts5(" AND ".join(map(_phrase, wanted))))
    in_order = (PublishedText.text.like(f"%{term.needle}%") for term in wanted if len(term.tokens) > 1)
    return and_(has_lexemes(" & ".join(map(_lexemes, wanted))), *in_order)


def in_fts5(match: str) -> Any:
    """A query of case ids by an expression of FTS5, which is bound, never pasted."""
    return text(FOUND).bindparams(match=match).columns(PublishedText.case_id)


def has_lexemes(query: str) -> ColumnElement[bool]:
    return PublishedText.words.op("@@")(cast(query, TSQUERY))


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"' + ("*" if term.prefix else "")


def _lexemes(term: Term) -> str:
    """The lexemes without their order: a tsvector of ours keeps no positions."""
    *before, last = term.tokens
    return " & ".join([*(f"'{token}'" for token in before), f"'{last}'" + (":*" if term.prefix else "")])
