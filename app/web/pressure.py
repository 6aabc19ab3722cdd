"""Under pressure the citizens' form asks for a little work of the device, or for a little patience (ADR 0007).

Nothing is refused here: the worst that can happen to a report is a wait of a minute at most, with every word kept on
the page. Work and tickets belong to the form's key, and one key is one report: used again they bring the same receipt.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from altcha.v1 import ChallengeOptions, Payload, create_challenge, verify_solution
from flask import Response, current_app, make_response, render_template, request

from app.db import session
from app.domain.installation import Installation
from app.domain.pressure import CROWD, ENOUGH, arriving
from app.kernel import clock, crypto
from app.web import kept

PROOF, TICKET = "proof", "ticket"
HASHES, SECONDS, LONGEST = 200_000, 15, 60
"""At the limit, and growing with the pressure: tries of the device at most, seconds of patience, their bound."""
HOLDS = timedelta(hours=1)
LARGEST = 2000
"""Characters of a solution: ours have some three hundred."""


@dataclass(frozen=True)
class Pressure:
    """How many times over its limit the door is pressed; below one nothing is asked."""

    level: float

    @property
    def asks(self) -> bool:
        return self.level >= 1

    @property
    def hashes(self) -> int:
        return int(HASHES * min(self.level, ENOUGH))

    @property
    def seconds(self) -> int:
        return min(LONGEST, int(SECONDS * self.level))


def pressure(inspection_id: int) -> Pressure:
    """The harder of two: reports of the last minute, and those of this sender. A limit of 0 never asks."""
    settings, moment, level = _house().settings, clock.now(), 0.0
    if settings.pressure_sender:
        level = CROWD.count(request.remote_addr or "", moment) / settings.pressure_sender
    if settings.pressure_reports:
        limit = settings.pressure_reports
        level = max(level, arriving(session(), inspection_id, moment, limit) / limit)
    return Pressure(level)


def ask_work(inspection_id: int) -> bool:
    """Whether a form that is sent now will be asked for work or patience."""
    return pressure(inspection_id).asks


def challenge(key: str, pressed: Pressure) -> str:
    """The work for this form, as ALTCHA writes it (version 1), in JSON."""
    options = ChallengeOptions(
        hmac_key=_key(),
        max_number=pressed.hashes,
        expires=clock.now() + HOLDS,
        params={"for": _mark(key)},
    )
    return json.dumps(create_challenge(options).to_dict())


def offered_work(key: str, inspection_id: int) -> str:
    """For a page from which the report will be sent: work to begin while it is read, or "" when none is asked."""
    pressed = pressure(inspection_id)
    return challenge(key, pressed) if pressed.asks else ""


def settle(key: str, inspection_id: int, goes: str = "") -> Response | None:
    """None when the report may be taken now; else a page that carries every word and asks for work or patience.

    `goes`: the address to which a report that was taken leads, for a page that sends it by a script.
    Files that came with the request must have been kept under the form's key before: the page cannot carry them.
    """
    pressed = pressure(inspection_id)
    if pressed.asks and not _worked(key) and not _waited(key):
        return _ask(key, pressed, goes)
    count_sender()
    return None


def count_sender() -> None:
    """What comes by another way (a keyless API) is always taken, and counts where it came from like any other."""
    CROWD.add(request.remote_addr or "", clock.now())


def _ask(key: str, pressed: Pressure, goes: str) -> Response:
    now = clock.now()
    ready = _ready(key) or now + timedelta(seconds=pressed.seconds)
    seconds = max(1, round((ready - now).total_seconds()))
    page = render_template(
        "errors/waiting.html",
        carried=[(name, value) for name, value in kept.carried() if name not in {PROOF, TICKET}],
        ticket=_ticket(key, ready),
        challenge=challenge(key, pressed),
        seconds=seconds,
        goes=goes,
    )
    answer = make_response(page, HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _worked(key: str) -> bool:
    """Whether the request brings work that was done for this very form."""
    brought = request.form.get(PROOF, "")
    if not brought or len(brought) > LARGEST:
        return False
    try:
        done, _ = verify_solution(brought, _key(), check_expires=True)
        return done and f"for={_mark(key)}&" in Payload.from_base64(brought).salt
    except (ValueError, KeyError, TypeError, AttributeError):  # nothing that anybody made by our script
        return False


def _waited(key: str) -> bool:
    ready = _ready(key)
    return ready is not None and ready <= clock.now()


def _ready(key: str) -> datetime | None:
    """From when on this form's ticket holds; None without one of ours, or when it is an old one."""
    written, _, _ = request.form.get(TICKET, "").partition(".")
    if not written.isascii() or not written.isdecimal() or len(written) > len("9999999999"):
        return None
    ready = datetime.fromtimestamp(int(written), clock.now().tzinfo)
    genuine = crypto.same(_ticket(key, ready), request.form.get(TICKET, ""))
    return ready if genuine and clock.now() < ready + HOLDS else None


def _ticket(key: str, ready: datetime) -> str:
    """A moment in whole seconds, signed for one form."""
    written = str(int(ready.timestamp()))
    return f"{written}.{crypto.keyed_digest(_key(), f'wait {key} {written}')}"


def _mark(key: str) -> str:
    return crypto.keyed_digest(_key(), f"form {key}")[:32]


def _key() -> bytes:
    return crypto.derive(_house().settings.secret_key, "pressure")


def _house() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found
