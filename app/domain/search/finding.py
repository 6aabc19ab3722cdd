"""What an actor finds among the reports, or the cases, of an inspection: by number and word; the newest first.

Both databases give the same: everything that holds all that was asked for, to `MOST`, and whether there is more.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from app.domain.people import Actor, Reach
from app.domain.scope import WHOLE_INSPECTION
from app.domain.search import marks
from app.domain.search.case_index import SHELF as CASES
from app.domain.search.case_index import CaseText
from app.domain.search.report_index import SHELF, ReportText
from app.domain.search.shelf import Shelf
from app.domain.search.words import BEGINS, LONGEST_BEGINNING, Term, terms
from app.domain.sight import sight
from app.domain.workflow.vocabulary import Role

MOST = 2000
"""Counted to here; beyond, there are “more than”."""
NUMBER = re.compile(r"[A-Z][0-9A-Z-]*[0-9]{4,}[0-9A-Z-]*")
LOOKED_THROUGH = 2000
"""Texts read at a time where the index cannot tell whether the characters follow each other."""

FIRST_STRETCH, MARGIN = 1 << 12, 1.3
PLANNING = ("enable_seqscan", "jit")
"""Never through the whole table, and no compiling for a query of milliseconds: PostgreSQL cannot know the tokens."""


@dataclass(frozen=True)
class Found:
    """Ids in the order of the page, at most `MOST`; `more` when there are others."""

    ids: list[int]
    more: bool = False


def find(session: Session, actor: Actor, inspection_id: int, words: str, *, area: str = "", own: bool = False) -> Found:
    """The reports this actor may see that hold all of `words`; of one area, or the actor's own, if so asked.

    What begins with the number that was asked for comes first. What cannot be searched for finds nothing.
    """
    wanted, reach = terms(words), _reach(actor, inspection_id, own=own)
    if not wanted or reach is None:
        return Found([])
    belongs = [*reach, *([marks.area(inspection_id, area)] if area else [])] or [marks.inspection(inspection_id)]
    numbered = by_number(session, ReportText, inspection_id, words, belongs)
    return found(numbered, by_words(session, SHELF, wanted, belongs))


def find_cases(session: Session, actor: Actor, inspection_id: int, words: str, *, area: str = "") -> Found:
    """The cases this actor may see whose number or text for hand-over holds all of `words`; of one area, if so asked.

    What begins with the number that was asked for comes first. What cannot be searched for finds nothing.
    """
    wanted = terms(words)
    numbered, held = set[int](), set[int]()
    for heading in sight(actor, inspection_id) if wanted else ():
        own = [marks.heading(inspection_id, heading.name)] if heading.name or not area else []
        belongs = [*own, *([marks.area(inspection_id, area)] if area else [])]
        numbered.update(by_number(session, CaseText, inspection_id, words, belongs))
        held.update(by_words(session, CASES, wanted, belongs))
    return found(sorted(numbered, reverse=True), sorted(held, reverse=True))


def found(numbered: Sequence[int], held: Sequence[int]) -> Found:
    """Those with the number first, then those with the words; each once."""
    ids = list(dict.fromkeys([*numbered, *held]))
    return Found(ids[:MOST], len(ids) > MOST)


def searchable(words: str) -> bool:
    """Whether there is anything in it to search for."""
    return bool(terms(words))


def _reach(actor: Actor, inspection_id: int, *, own: bool) -> list[str] | None:
    """The marks that narrow the inspection to what this actor may see, as app.domain.scope says it of reports;

    None for nothing.
    """
    roles = actor.roles_over(Reach(inspection_id))
    whole = bool(roles & WHOLE_INSPECTION) and not own
    if not whole and (Role.CLERK not in roles or actor.person_id is None):
        return None
    return [] if whole else [marks.taken_by(inspection_id, actor.person_id or 0)]


def by_number(session: Session, texts: Any, inspection_id: int, words: str, belongs: Sequence[str]) -> list[int]:
    """Records whose number begins so, the highest first: a matter of a B-tree, not of the words."""
    number = unicodedata.normalize("NFKC", words).strip().upper()
    if not NUMBER.fullmatch(number):
        return []
    behind = number[:-1] + chr(ord(number[-1]) + 1)
    query = (
        select(inspect(texts).primary_key[0])
        .where(texts.inspection_id == inspection_id, texts.number >= number, texts.number < behind)
        .where(*(texts.marks.contains(f" {mark} ", autoescape=True) for mark in belongs))
        .order_by(texts.number.desc())
        .limit(MOST + 1)
    )
    return list(session.scalars(query))


def by_words(
    session: Session, shelf: Shelf, wanted: Sequence[Term], belongs: Sequence[str], most: int | None = None
) -> list[int]:
    """The newest records of a shelf that hold every term and every mark."""
    most = most or MOST + 1
    if session.get_bind().dialect.name == "sqlite":
        match = " AND ".join([*map(_phrase, wanted), *(f'"{mark}"' for mark in belongs)])
        return list(session.scalars(shelf.fts5, {"match": match, "most": most}).all())
    return _in_stretches(session, shelf, wanted, belongs, most)


def _phrase(term: Term) -> str:
    """A term for FTS5. A word alone is asked for by how it begins, which is a token of its own."""
    *before, last = term.tokens
    if term.han or before:
        return f'"{" ".join(term.tokens)}"' + ("*" if term.prefix else "")
    if 1 < len(last) <= LONGEST_BEGINNING:
        return f'"{BEGINS}{last}"'
    return f'"{last}"*'


def _lexemes(term: Term) -> str:
    """The lexemes without their order: a tsvector of ours keeps no positions."""
    *before, last = term.tokens
    end = f"'{last}'"
    if not term.han:
        end = f"'{BEGINS}{last}'" if len(last) <= LONGEST_BEGINNING else f"'{last}':*"
    return " & ".join([*(f"'{token}'" for token in before), end])


def _in_stretches(
    session: Session, shelf: Shelf, wanted: Sequence[Term], belongs: Sequence[str], most: int
) -> list[int]:
    """On PostgreSQL, which has to collect all that match before it can sort: first among the newest, then before them

    as far back as what was found there lets expect, then everywhere. A frequent word has enough among the newest, a
    rare one has few in all: hardly anything is collected for nothing.
    """
    own, *others = belongs
    lexemes = " & ".join([*map(_lexemes, wanted), *(f"'{mark}'" for mark in others)])
    needles = [term.needle for term in wanted if len(term.tokens) > 1]
    top = below = (session.scalar(shelf.top) or 0) + 1
    count, found = FIRST_STRETCH, list[int]()
    with planned(session):
        while below > 0 and len(found) < most:
            stretches, first = marks.newest(own, below, count)
            asked = f"{any_of(stretches or [own])}{lexemes}"
            need = most - len(found)
            held = _held(session, shelf, asked, below, need if not needles else None)
            found += _in_order(session, shelf, held, needles, need)
            below, looked = first, top - first
            count = max(looked, int(MARGIN * looked * (most - len(found)) / len(found))) if found else 8 * looked
    return found


def any_of(stretches: Sequence[str]) -> str:
    """For a tsquery: that one of these holds, and."""
    return "(" + " | ".join(f"'{mark}'" for mark in stretches) + ") & "


def _held(session: Session, shelf: Shelf, lexemes: str, below: int, most: int | None) -> list[int]:
    return list(session.scalars(shelf.gin, {"lexemes": lexemes, "below": below, "most": most}).all())


def _in_order(session: Session, shelf: Shelf, held: list[int], needles: Sequence[str], most: int) -> Iterator[int]:
    """Those in which the characters follow each other, to `most`; a needle holds neither % nor _ nor a backslash."""
    if not needles:
        yield from held
        return
    said = [f"%{needle}%" for needle in needles]
    count = 0
    for at in range(0, len(held), LOOKED_THROUGH):
        if count >= most:
            return
        asked = {"some": held[at : at + LOOKED_THROUGH], "said": said}
        kept = sorted(session.scalars(shelf.in_a_row, asked).all(), reverse=True)[: most - count]
        count += len(kept)
        yield from kept


@contextmanager
def planned(session: Session) -> Iterator[None]:
    """PostgreSQL plans these queries by what we know of them, and the rest of the transaction as ever."""
    _set(session, "off")
    yield
    _set(session, "on")


def _set(session: Session, value: str) -> None:
    said = ", ".join(f"set_config('{name}', '{value}', true)" for name in PLANNING)
    session.execute(text(f"SELECT {said}"))
