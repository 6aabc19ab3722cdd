"""News to reporters on its way out: claimed, sent and noted like any message, in words that tell nothing."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import session
from app.domain.installation import Installation
from app.domain.message import Outbox
from app.domain.news import NEWS, News, NewsWish, opened, words_of_news
from app.kernel import clock
from app.messages.services.sending import (
    ROUNDS,
    Claims,
    Letter,
    NotSent,
    attempt,
    call,
    claim,
    claimed_anew,
    hand_in,
    note,
    put_off,
)


@dataclass(frozen=True)
class Note:
    """What goes to one reporter by one way; `to` is in nobody's log."""

    id: int
    hook_id: int
    to: str
    subject: str
    body: str

    def __repr__(self) -> str:
        return f"<Note {self.id}>"

    @property
    def name(self) -> str:
        return f"hotline-news-{self.id}"


def send_news(house: Installation) -> int:
    """Send whatever may go now; how many were sent."""
    sent = 0
    for _ in range(ROUNDS):
        claims = claim(News)
        if not claims:
            break
        sent += _send(house, claims)
    return sent


def _send(house: Installation, claims: Claims) -> int:
    notes = _notes(house, list(claims))
    session().rollback()
    sent, silent = 0, set[int]()
    for one in notes:
        mine = claimed_anew(News, [one.id], claims)
        if mine and one.hook_id in silent:
            note(News, mine, put_off)
        elif mine:
            sent += attempt(News, mine, lambda one=one: _deliver(house, one), one.hook_id, silent)  # type: ignore[misc]
    return sent


def _notes(house: Installation, ids: list[int]) -> list[Note]:
    query = (
        select(News, NewsWish, Outbox.inspection_id)
        .join(NewsWish, NewsWish.report_id == News.report_id)
        .join(Outbox, Outbox.id == News.outbox_id)
        .where(News.id.in_(ids))
        .order_by(News.id)
    )
    here = house.settings.address.rstrip("/")
    way_in = f"{here}/track" if here else ""
    return [
        Note(one.id, one.hook_id, opened(house, wish), *words_of_news(session(), inspection, wish.language, way_in))
        for one, wish, inspection in session().execute(query).all()
    ]


def _deliver(house: Installation, one: Note) -> None:
    """Raises NotSent."""
    if not one.to:
        raise NotSent("it was locked with another key")
    if one.hook_id == 0:
        hand_in(house, Letter(one.name, one.to, one.subject, one.body))
        return
    told = {"id": one.name, "event": NEWS, "at": clock.local(clock.now()).isoformat(timespec="seconds")}
    call(house, one.hook_id, one.name, told | {"to": {"mobile": one.to}, "subject": one.subject, "body": one.body})
