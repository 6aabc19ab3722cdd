"""Where the terms of a question stand in a text: the text in pieces, each found stretch told apart."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from app.domain.search.words import HAN, Term
from app.kernel.text import one_line

Pieces = list[tuple[str, bool]]
BEFORE, LONGEST = 24, 110
BEGINNING = rf"(?<!(?![{HAN}])[^\W_])"
"""Where a word may begin: not within another one."""


def excerpt(texts: Iterable[str], wanted: Sequence[Term], longest: int = LONGEST) -> Pieces:
    """The first text that holds a term, around it; where none does, how the first begins. True: a term stands here."""
    first = ""
    for said in texts:
        line = one_line(said)
        first = first or line
        if spans := stretches(line, wanted):
            return cut(line, spans, longest)
    return cut(first, [], longest)


def stretches(line: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """Beginnings and ends, in order and apart from each other."""
    folded, places = _folded(line)
    hits = [hit.span() for term in wanted for hit in _pattern(term).finditer(folded)]
    return joined((places[start], places[end - 1] + 1) for start, end in hits if end > start)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping and touching stretches as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def cut(line: str, spans: Sequence[tuple[int, int]], longest: int = LONGEST, around: int | None = None) -> Pieces:
    """A window of a line, from a little before a place (or the first stretch), in pieces."""
    first = around if around is not None else spans[0][0] if spans else 0
    begin = max(0, min(first - BEFORE, len(line) - longest))
    end = min(len(line), begin + longest)
    pieces: Pieces = [("…", False)] if begin else []
    at = begin
    for start, stop in ((max(one, begin), min(other, end)) for one, other in spans if one < end and other > begin):
        pieces += [(line[at:start], False), (line[start:stop], True)]
        at = stop
    pieces += [(line[at:end], False), ("…" if end < len(line) else "", False)]
    return [piece for piece in pieces if piece[0]]


class _Folds(dict[int, str]):
    """Each character as the index reads it, worked out when it is first met."""

    def __missing__(self, letter: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(letter)).casefold()
        self[letter] = unicodedata.normalize("NFKC", folded)
        return self[letter]


FOLDS = _Folds()


def _folded(line: str) -> tuple[str, Sequence[int]]:
    """The line as the index reads it, and for each of its characters the place it came from.

    No character folds to nothing: as many as before stand where they stood.
    """
    folded = line.translate(FOLDS)
    if len(folded) == len(line):
        return folded, range(len(line))
    return folded, [place for place, letter in enumerate(line) for _ in FOLDS[ord(letter)]]


def _pattern(term: Term) -> re.Pattern[str]:
    if term.han:
        return re.compile(re.escape(term.parts[0]))
    return re.compile(BEGINNING + r"[\W_]+".join(map(re.escape, term.parts)))
