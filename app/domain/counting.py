"""How many, counted up to a limit: beyond it a list says "more than", and nothing is counted on."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

MOST = 2000


class Counted(int):
    """A number that says 2000+ where it was not counted on."""

    def __str__(self) -> str:
        return f"{MOST}+" if self > MOST else int.__repr__(self)


def capped(query: Select[Any], most: int = MOST) -> ScalarSelect[int]:
    """The number of a query's rows, at most one more than `most`, as a part of a statement. Give it few columns."""
    return select(func.count()).select_from(query.limit(most + 1).subquery()).scalar_subquery()
