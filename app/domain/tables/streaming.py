"""Rows of a table one at a time, the database keeping the rest: memory stays flat however long the table is."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.tables.table import Line

AT_A_TIME = 500


def stream(session: Session, query: Select[Any], make: Callable[[int, Any], Line]) -> Iterator[Line]:
    """Each row of a query as a line; `make` is given its number, from 1."""
    found = session.execute(query.execution_options(yield_per=AT_A_TIME))
    try:
        for number, row in enumerate(found, 1):
            yield make(number, row)
    finally:
        found.close()


def how_many(session: Session, query: Select[Any]) -> int:
    """The number of rows a query has."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
