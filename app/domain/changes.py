"""Counts the changes of what every page shows, so that nothing made before one is handed out after it.

Of this process alone: what another process changes is seen when what is kept grows too old.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import event

from app.domain.inspection import Inspection
from app.domain.region import Region
from app.kernel import clock

Made = TypeVar("Made")
FRESH_FOR = timedelta(seconds=5)
"""What was changed in another process shows after this long; in this process at once."""
SHOWN_EVERYWHERE = (Inspection, Region)
WRITTEN = ("after_insert", "after_update", "after_delete")


class Changes:
    """`count` only grows."""

    def __init__(self) -> None:
        self.count = 0

    def note(self, *_of_what: Any) -> None:
        self.count += 1


changes = Changes()

for noun in SHOWN_EVERYWHERE:
    for written in WRITTEN:
        event.listen(noun, written, changes.note)


@dataclass(frozen=True)
class Kept(Generic[Made]):
    """Something made from inspections and regions, as they were then."""

    made: Made
    at: datetime
    count: int

    @property
    def fresh(self) -> bool:
        return self.count == changes.count and timedelta() <= clock.now() - self.at < FRESH_FOR


def kept_now(made: Made, count: int) -> Kept[Made]:
    """Keep what was made while no more than `count` changes were known."""
    return Kept(made, clock.now(), count)


class Remembered(Generic[Made]):
    """What a function of few arguments makes of inspections and regions, made again when they change.

    Only frozen rows may be kept: what belongs to a session does not outlive it.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Kept[Made]] = {}

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        kept = self._kept.get(key)
        if kept is None or not kept.fresh:
            count = changes.count
            kept = self._kept[key] = kept_now(make(), count)
        return kept.made
