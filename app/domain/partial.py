"""Indexes of some rows alone, whose condition each database writes in its own words."""

from typing import Any

from sqlalchemy import Index, text


def partial(name: str, of: str | dict[str, str], *columns: str) -> Index:
    """`of`: the condition, where need be by dialect. Without one, an index of every row."""
    words = of if isinstance(of, dict) else {"sqlite": of, "postgresql": of} if of else {}
    where: dict[str, Any] = {f"{dialect}_where": text(condition) for dialect, condition in words.items()}
    return Index(name, *columns, **where)
