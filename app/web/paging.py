"""Pages of long lists by key: turning a page costs the same at the first row and at the millionth.

Knows nothing of the web, so that queries may use it. A cursor names a row, never what it was sorted by:
a sorting moment in an address would tell those who may only know the day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, select, tuple_, union
from sqlalchemy.orm import InstrumentedAttribute, Session

T = TypeVar("T")
SIZE = 50
TOO_LONG = 18
"""Digits: no row has such a number, and no database counts so far."""
Column = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page, and the cursors of its neighbours ("" where there is none)."""

    rows: Sequence[T]
    earlier: str = ""
    later: str = ""


@dataclass(frozen=True)
class Cut:
    """What a list is cut down to, and its order. Where there are several statements, whatever any of them finds

    belongs; each gives ids alone, so that each is read along its own index and no more of it than a page.
    """

    queries: tuple[Select[Any], ...]
    by: Any
    key: Any
    newest_first: bool


def read_cut(session: Session, cut: Cut, cursor: str = "") -> Page[int]:
    """One page of ids."""
    return read_page(
        session,
        *cut.queries,
        by=cut.by,
        key=cut.key,
        cursor=cursor,
        newest_first=cut.newest_first,
        make=lambda row: int(row.id),
    )


def read_page(  # noqa: PLR0913  (what a list is cut by)
    session: Session,
    *queries: Select[Any],
    by: Column,
    key: Column,
    cursor: str = "",
    size: int = SIZE,
    newest_first: bool = True,
    make: Callable[[Any], T],
    key_of: Callable[[Any], int] = lambda row: row.id,
) -> Page[T]:
    """The page after (`123`) or before (`-123`) the row a cursor names; the first page for any other cursor.

    `by` must not be null. `key` is the primary key and breaks ties. `make` turns a row into what pages read.
    """
    backward, start = cursor.startswith("-"), cursor.removeprefix("-")
    at = int(start) if start.isdecimal() and start.isascii() and len(start) < TOO_LONG else None
    backward = backward and at is not None
    falling = newest_first is not backward
    start_of_list = queries
    if at is not None:
        edge = select(by, key).where(key == at).limit(1).correlate(None).subquery()
        limit = tuple_(select(edge.c[0]).scalar_subquery(), select(edge.c[1]).scalar_subquery())
        here = tuple_(by, key)
        queries = tuple(query.where(here < limit if falling else here > limit) for query in queries)
    found = list(session.execute(_first_of(queries, by, key, size + 1, falling=falling)))
    if not found and at is not None:  # the row is gone, or not sorted by this any more, or nothing follows it now
        return read_page(
            session, *start_of_list, by=by, key=key, size=size, newest_first=newest_first, make=make, key_of=key_of
        )
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    return _page(found, make, key_of, before=more if backward else at is not None, after=True if backward else more)


def _first_of(queries: Sequence[Select[Any]], by: Column, key: Column, most: int, *, falling: bool) -> Select[Any]:
    """The first of all that is found: of several statements the first of each, put together."""
    order = (by.desc(), key.desc()) if falling else (by.asc(), key.asc())
    first = [query.order_by(*order).limit(most) for query in queries]
    if len(first) == 1:
        return first[0]
    each = [query.with_only_columns(key.label("id"), by.label("at")).subquery().select() for query in first]
    every = union(*each).subquery()
    at, id_ = every.c["at"], every.c["id"]
    return select(id_).order_by(*((at.desc(), id_.desc()) if falling else (at, id_))).limit(most)


def _page(
    found: Sequence[Any], make: Callable[[Any], T], key_of: Callable[[Any], int], *, before: bool, after: bool
) -> Page[T]:
    return Page(
        [make(row) for row in found],
        f"-{key_of(found[0])}" if found and before else "",
        f"{key_of(found[-1])}" if found and after else "",
    )
