"""The receipt between two requests: carried in the signed, HTTP-only session, never in an address.

The form answers with 303, so that reloading the receipt sends nothing twice. The query code cannot be had again
from us, so it stays in the sender's own browser for half an hour: telephones of little memory drop a page as soon
as the camera is opened to photograph it, and a receipt that did not survive that would cost its owner the report.
After that, or when the browser is closed, it is gone.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import segno

from app.domain.evidence.resting import NotTaken
from app.intake.services import Receipt
from app.kernel import clock

CARRIED = "receipt"
SHOWN_FOR = timedelta(minutes=30)
MOST_NAMED = 12
"""A cookie holds 4 kB; of more files than this the rest is counted."""


@dataclass(frozen=True)
class Shown:
    """A receipt that may still be shown."""

    inspection_id: int
    number: str
    query_code: str
    received_at: datetime
    files: int
    not_taken: list[NotTaken]
    unnamed: int
    fresh: bool
    wants_answer: bool
    reachable: bool


def carry(session: MutableMapping[str, Any], receipt: Receipt) -> None:
    session[CARRIED] = {
        "inspection": receipt.inspection_id,
        "number": receipt.number,
        "code": receipt.query_code,
        "received": receipt.received_at.isoformat(),
        "until": (clock.now() + SHOWN_FOR).isoformat(),
        "files": receipt.files,
        "not_taken": [[one.name, one.message, one.params] for one in receipt.not_taken[:MOST_NAMED]],
        "unnamed": max(0, len(receipt.not_taken) - MOST_NAMED),
        "flags": [receipt.fresh, receipt.wants_answer, receipt.reachable],
    }


def carried(session: MutableMapping[str, Any]) -> Shown | None:
    """The receipt, while it may be shown; afterwards the session forgets it."""
    kept = session.get(CARRIED)
    if kept is None:
        return None
    if clock.now() >= datetime.fromisoformat(kept["until"]):
        del session[CARRIED]
        return None
    return Shown(
        kept["inspection"],
        kept["number"],
        kept["code"],
        datetime.fromisoformat(kept["received"]),
        kept["files"],
        [NotTaken(*one) for one in kept["not_taken"]],
        kept["unnamed"],
        *kept["flags"],
    )


def code_picture(query_code: str) -> bytes:
    """The query code as a QR code, in SVG: only the code, no address that would carry it somewhere."""
    drawn = BytesIO()
    segno.make(query_code, error="m").save(drawn, kind="svg", scale=5, border=4)
    return drawn.getvalue()
