"""Possible repeats of what is being typed, as far as a clerk may see them.

Of an own entry the stretch that is alike is shown. Of anybody else's: number, day, area and types, and which of the
words that were just typed stand there too; a word the clerk did not write themselves is never shown (visibility.toml).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import session
from app.desk.commands import Look
from app.domain.people import Actor
from app.domain.region import Region
from app.domain.report import Report
from app.domain.search.repeats import Repeat, repeats
from app.domain.workflow.terms import Term

LEAST_TYPED = 6
MOST = 5
SHORTEST_SHARED = 2


@dataclass(frozen=True)
class Likely:
    """A report that may say the same. Only of an own one: `id`, `state` and `pieces` (True: alike), else None and [].

    `shared`: words of those just typed that stand in it.
    """

    id: int | None
    number: str
    received_on: date
    area: Region | None
    types: tuple[str, ...]
    state: Term | None
    pieces: list[tuple[str, bool]]
    shared: list[str]


def likely(actor: Actor, inspection_id: int, look: Look) -> list[Likely]:
    """The likeliest first; none while too little was typed. Nothing is said of telephones."""
    if len(look.words) < LEAST_TYPED:
        return []
    found = repeats(
        session(),
        inspection_id,
        look.words,
        area_code=look.area_code,
        types=look.types,
        polluter=look.polluter,
        most=MOST,
    )
    about = select(Report.id, Report.taken_by_id, Report.types).where(Report.id.in_([one.report_id for one in found]))
    rows = {row.id: row for row in session().execute(about)}
    typed = f"{look.words}\n{look.polluter}"
    return [
        _seen(one, tuple(rows[one.report_id].types), typed, own=rows[one.report_id].taken_by_id == actor.person_id)
        for one in found
    ]


def _seen(repeat: Repeat, types: tuple[str, ...], typed: str, *, own: bool) -> Likely:
    return Likely(
        id=repeat.report_id if own else None,
        number=repeat.number,
        received_on=repeat.received_on,
        area=repeat.area,
        types=types,
        state=repeat.state if own else None,
        pieces=repeat.pieces if own else [],
        shared=[] if own else shared_words(repeat, typed),
    )


def shared_words(repeat: Repeat, typed: str) -> list[str]:
    """What is alike, as far as it was typed letter by letter; the longest part of each stretch."""
    parts = (_longest_typed(words, typed) for words, alike in repeat.pieces if alike)
    return list(dict.fromkeys(part for part in parts if len(part) >= SHORTEST_SHARED))


def _longest_typed(words: str, typed: str) -> str:
    for length in range(len(words), SHORTEST_SHARED - 1, -1):
        for at in range(len(words) - length + 1):
            if words[at : at + length] in typed:
                return words[at : at + length]
    return ""
