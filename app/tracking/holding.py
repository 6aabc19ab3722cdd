"""Which report this browser may read for a while: kept in the signed session by its id, never by its code."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from app.kernel import clock

HELD = "tracked"
HELD_FOR = timedelta(minutes=30)
"""From the last page on: long enough to write an answer, short enough for a telephone that is handed on."""


def hold(session: MutableMapping[str, Any], report_id: int) -> None:
    session[HELD] = {"report": report_id, "until": (clock.now() + HELD_FOR).isoformat()}


def held(session: MutableMapping[str, Any]) -> int | None:
    """The report whose code was entered not long ago."""
    kept = session.get(HELD)
    if kept is None or clock.now() >= datetime.fromisoformat(kept["until"]):
        session.pop(HELD, None)
        return None
    report_id: int = kept["report"]
    return report_id


def let_go(session: MutableMapping[str, Any]) -> None:
    session.pop(HELD, None)
