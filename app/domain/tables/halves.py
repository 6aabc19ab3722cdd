"""Counting with halves: a case that two areas share counts one half for each, so that areas still sum to the batch."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

Count = int | Decimal
"""A number of cases: whole, or with one half."""

HALF = Decimal("0.5")


def counted(amount: Count) -> Count:
    """A sum as it is printed: 3, or 3.5; never 3.0."""
    return int(amount) if amount == int(amount) else Decimal(amount).normalize()


def total(amounts: Iterable[Count]) -> Count:
    return counted(sum(amounts, 0))


def weight(*, shared: bool) -> Count:
    """How much one area's case counts."""
    return HALF if shared else 1


def sent_weight(row: Mapping[str, Any]) -> Count:
    """How much a row of a frozen manifest counts. In those without `item`, shared meant no more than split."""
    return weight(shared=bool(row["shared"]) and row.get("item") is not None)


def sent_first(row: Mapping[str, Any]) -> bool:
    """Whether a row of a frozen manifest stands for the report itself, and not for a further part (+N)."""
    item: int = row.get("item") or row["part"]
    return item == 1
