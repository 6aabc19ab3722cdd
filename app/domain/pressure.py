"""How hard the citizens' door is pressed: reports of the last minute, and senders known to memory alone (ADR 0007).

A sender is the part of the network a request came from (a /24, a /48). It is never written down: a hash of it, keyed
with bytes that only this run of the server knows and that change every five minutes, chooses one of many counters
in memory. Nobody can read an address out of a counter, several senders share each of them, and after ten minutes,
or when the server stops, the counters are gone. The memory is shared by the server's workers, which are forked later.
"""

import ipaddress
import secrets
from datetime import datetime, timedelta
from mmap import mmap

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.report import Report
from app.kernel import crypto

MINUTE, WINDOW = timedelta(minutes=1), 300
SLOTS, WORD = 1 << 14, 4
ENOUGH = 4
"""Beyond so many times the limit nothing more is asked, so nothing more is counted."""


class Crowd:
    """Counts by sender, over the present window of five minutes and the one before. A lost count costs nothing."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._counts = memoryview(mmap(-1, 2 * (1 + SLOTS) * WORD)).cast("I")

    def add(self, address: str, moment: datetime) -> None:
        window = _window(moment)
        start = self._start(window)
        if self._counts[start] != window:
            self._counts[start : start + 1 + SLOTS] = memoryview(bytes((1 + SLOTS) * WORD)).cast("I")
            self._counts[start] = window
        for slot in self._slots(address, window):
            self._counts[slot] += 1

    def count(self, address: str, moment: datetime) -> int:
        """How many came from there in the last five to ten minutes; at times those of a stranger with them."""
        windows = [one for one in (_window(moment), _window(moment) - 1) if self._counts[self._start(one)] == one]
        return sum(self._counts[slot] for window in windows for slot in self._slots(address, window))

    def _start(self, window: int) -> int:
        return (window % 2) * (1 + SLOTS)

    def _slots(self, address: str, window: int) -> list[int]:
        sender = sender_of(address)
        if not sender:
            return []
        mark = int(crypto.keyed_digest(self._key, f"{window} {sender}")[:8], 16)
        return [self._start(window) + 1 + mark % SLOTS]


def sender_of(address: str) -> str:
    """The part of the network, so wide that it is nobody's own; "" for what tells nothing: a proxy, our own house."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if not found.is_global:
        return ""
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))  # noqa: PLR2004


def arriving(session: Session, inspection_id: int, moment: datetime, limit: int) -> int:
    """Reports an inspection got in the last minute, counted as far as it matters: the reports are their own counter."""
    lately = select(Report.id).where(Report.inspection_id == inspection_id, Report.received_at > moment - MINUTE)
    return session.scalar(select(func.count()).select_from(lately.limit(ENOUGH * limit).subquery())) or 0


def _window(moment: datetime) -> int:
    return int(moment.timestamp()) // WINDOW


CROWD = Crowd()
"""The one crowd of a server: made before its workers are, so that they count together."""
