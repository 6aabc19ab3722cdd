"""One decision about many records: each is a use case and a ledger entry of its own, and what cannot be is named."""

from collections.abc import Callable
from dataclasses import dataclass

from app.kernel.errors import NotAllowed, NotFound, OfficeError, Refused, Stale

Ticked = tuple[tuple[int, int], ...]
"""Ids with the versions that the page showed."""


@dataclass(frozen=True)
class Outcome:
    """`done`: how many; `failed`: what was said of each that could not be, by its id."""

    done: int
    failed: dict[int, OfficeError]


def one_by_one(ticked: Ticked, step: Callable[[int, int], None]) -> Outcome:
    """Go through the ticked records in their order; one that cannot be decided does not hold up the others."""
    failed: dict[int, OfficeError] = {}
    for key, version in ticked:
        try:
            step(key, version)
        except (Refused, NotAllowed, NotFound, Stale) as told:
            failed[key] = told
    return Outcome(len(ticked) - len(failed), failed)
