"""Pages of long lists by key: turning a page costs the same at the first row and at the millionth.

Knows nothing of the web, so that queries may use it. A cursor names a row, never what it was sorted by:
a sorting moment in an address would tell those who may only know the day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, select, tuple_
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


def read_page(  # noqa: PLR0913  (what a list is cut by)
    session: Session,
    query: Select[Any],
    *,
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
    start_of_list = query
    if at is not None:
        edge = select(by, key).where(key == at).limit(1).correlate(None).subquery()
        limit = tuple_(select(edge.c[0]).scalar_subquery(), select(edge.c[1]).scalar_subquery())
        here = tuple_(by, key)
        query = query.where(here < limit if falling else here > limit)
    order = (by.desc(), key.desc()) if falling else (by.asc(), key.asc())
    found = list(session.execute(query.order_by(*order).limit(size + 1)))
    if not found and at is not None:  # the row is gone, or not sorted by this any more, or nothing follows it now
        return read_page(
            session, start_of_list, by=by, key=key, size=size, newest_first=newest_first, make=make, key_of=key_of
        )
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    return _page(found, make, key_of, before=more if backward else at is not None, after=True if backward else more)


def _page(
    found: Sequence[Any], make: Callable[[Any], T], key_of: Callable[[Any], int], *, before: bool, after: bool
) -> Page[T]:
    return Page(
        [make(row) for row in found],
        f"-{key_of(found[0])}" if found and before else "",
        f"{key_of(found[-1])}" if found and after else "",
    )
