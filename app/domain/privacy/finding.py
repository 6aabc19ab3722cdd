"""Finding what may tell who reported: each hit says what it is, where it stands, and its words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from app.domain.privacy.marks import Mark
from app.domain.privacy.numbers import compiled
from app.domain.privacy.people import WORDS
from app.kernel.text import phone_digits

FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}
KEPT_WIDE = "，。：；！？（）"
NARROW = {wide: plain for wide, plain in FULL_WIDTH.items() if chr(wide) not in KEPT_WIDE} | {0x3000: 0x20}
"""One character for one: what is found in the narrow text stands at the same place in the text itself."""
SHORTEST_NAME, SHORTEST_ADDRESS = 2, 4
OF_ONE_HOUSE = re.compile(r"\d|[一二三四五六七八九十]+[号栋幢组]|小区|宿舍|公寓|[栋幢]|单元")
"""What an address has that is smaller than a town; a town alone is where the matter is, and tells nobody."""


@dataclass(frozen=True)
class Found:
    """A self-identifying word: what it is and where it stands (`text[start:end]`). `name`: the name in it, if any."""

    mark: Mark
    start: int
    end: int
    words: str
    name: str = ""


@cache
def _words() -> list[tuple[Mark, re.Pattern[str]]]:
    return [(mark, re.compile(pattern)) for mark, pattern in WORDS]


@cache
def _numbers() -> list[tuple[Mark, re.Pattern[str], Callable[[str], bool]]]:
    return compiled()


def find(text: str, given: Iterable[str] = (), names: Iterable[str] = ()) -> list[Found]:
    """Every self-identifying word, in order, none overlapping an earlier find.

    `given`: words that its reporter also gave of themselves; wherever they stand they weigh most. `names`: names
    that were introduced as such elsewhere (names_in): without what introduced them they are still names.
    """
    hits = [Found(Mark.GIVEN, start, end, text[start:end]) for start, end in _standing(text, given)]
    hits += [Found(Mark.NAME, start, end, text[start:end], text[start:end]) for start, end in _standing(text, names)]
    hits += _hits(text, text.translate(NARROW))
    kept: list[Found] = []
    for hit in sorted(hits, key=lambda found: (found.mark != Mark.GIVEN, found.start, -found.end)):
        if all(hit.start >= other.end or hit.end <= other.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda found: found.start)


def _hits(text: str, plain: str) -> list[Found]:
    numbers = [
        Found(mark, m.start(), m.end(), text[m.start() : m.end()])
        for mark, pattern, holds in _numbers()
        for m in pattern.finditer(plain)
        if holds(m.group())
    ]
    words = [
        Found(mark, m.start(), m.end(), text[m.start() : m.end()], m.groupdict().get("who") or "")
        for mark, pattern in _words()
        for m in pattern.finditer(plain)
    ]
    return numbers + words


def names_in(text: str) -> tuple[str, ...]:
    """The names that a text introduces as such, each once; 王某某 is none."""
    return tuple(
        dict.fromkeys(one.name for one in find(text) if len(one.name) >= SHORTEST_NAME and "某" not in one.name)
    )


def recurring(description: str, places: Iterable[Iterable[int]]) -> tuple[str, ...]:
    """The words that stand at the places noted at receipt, each once."""
    return tuple(dict.fromkeys(description[start:end] for start, end in places))


def given_places(text: str, name: str, phone: str, address: str, others: str = "") -> list[list[int]]:
    """Where in the words a reporter's own name, telephone or address stands: [start, end], no more.

    `others`: the names of those who say it together with them, one a line.
    """
    wanted = [one for one in (name, *map(str.strip, others.splitlines())) if len(one) >= SHORTEST_NAME]
    if len(address) >= SHORTEST_ADDRESS and OF_ONE_HOUSE.search(address.translate(NARROW)):
        wanted.append(address)
    found = set(_standing(text, wanted))
    digits = phone_digits(phone)
    if digits:
        spaced = re.compile(r"[- .·]?".join(digits))
        found |= {(m.start(), m.end()) for m in spaced.finditer(text.translate(NARROW))}
    return [[start, end] for start, end in sorted(found)]


def _standing(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for one in wanted if one for m in re.finditer(re.escape(one), text)]
