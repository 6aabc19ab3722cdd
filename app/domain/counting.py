"""How many, counted up to a limit: beyond it a list says "more than", and nothing is counted on."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select, union
from sqlalchemy.orm import Session

MOST = 2000


class Counted(int):
    """A number that says 2000+ where it was not counted on."""

    def __str__(self) -> str:
        return f"{MOST}+" if self > MOST else int.__repr__(self)


def capped(query: Select[Any], most: int = MOST) -> ScalarSelect[int]:
    """The number of a query's rows, at most one more than `most`, as a part of a statement. Give it few columns."""
    return select(func.count()).select_from(query.limit(most + 1).subquery()).scalar_subquery()


def counting(each: Iterable[Sequence[Select[Any]]]) -> Select[Any]:
    """One statement for several lists, a column for each. Of a list of several statements, what any of them finds."""
    numbers: list[Any] = [capped(_together(queries)) for queries in each]
    return select(*numbers)


def _together(queries: Sequence[Select[Any]]) -> Select[Any]:
    if len(queries) == 1:
        return queries[0]
    limited = [query.limit(MOST + 1).subquery().select() for query in queries]
    every: Select[Any] = select(union(*limited).subquery())
    return every


def counted(session: Session, names: Iterable[str], statement: Select[Any]) -> dict[str, Counted]:
    """What a statement of `counting` says, by name."""
    found = session.execute(statement).one()
    return {name: Counted(number) for name, number in zip(names, found, strict=True)}
