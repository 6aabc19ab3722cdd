"""Counts the changes of what every page shows, so that a page drawn before one is not handed out after it.

Of this process alone: what another process changes is seen when a kept page grows too old (app/web/drawn.py).
"""

from typing import Any

from sqlalchemy import event

from app.domain.inspection import Inspection
from app.domain.region import Region

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
