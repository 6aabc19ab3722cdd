"""What can be searched in a text: runs of Han characters as overlapping pairs, everything else as words."""

import re
import unicodedata
from dataclasses import dataclass

HAN = "\u3007\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
WORD = rf"(?:(?![{HAN}_])\w){{1,64}}"  # PostgreSQL takes no lexeme beyond 2 kB: a longer word is several
RUN = re.compile(rf"[{HAN}]+|{WORD}")
IS_HAN = re.compile(rf"[{HAN}]")
MOST_TERMS = 24
"""Of a query; what comes after is left out, so that nobody can ask for a thousand."""
BEGINS = "‹"
MARK = "§"
"""What stands before tokens that are no words: beginnings of words, and marks (of an area, say). No text has one."""
LONGEST_BEGINNING = 12


@dataclass(frozen=True)
class Term:
    """One thing a query asks for, and a text has or has not: Han characters in a row, or words one after the other.

    The last word may be the beginning of a longer one; a single Han character may stand anywhere.
    """

    han: bool
    parts: tuple[str, ...]

    @property
    def prefix(self) -> bool:
        return not self.han or len(self.parts[0]) == 1

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of the index, one after the other; the last one is a beginning where `prefix`."""
        if not self.han or len(self.parts[0]) == 1:
            return self.parts
        return tuple(pairs(self.parts[0]))

    @property
    def needle(self) -> str:
        """What a plain text (see `plain`) contains when it has this term."""
        return self.parts[0] if self.han else " " + " ".join(self.parts)


def runs(text: str) -> list[str]:
    """The runs of a text, folded: full width and half width, upper and lower case are alike."""
    return RUN.findall(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))


def plain(text: str) -> str:
    """The runs of a text with a blank before each: what a needle is looked for in."""
    return "".join(f" {run}" for run in runs(text))


def pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def is_han(run: str) -> bool:
    return IS_HAN.match(run) is not None


def tokens(text: str) -> list[str]:
    """Every token, in order. A run of Han ends with its last character, so that no pair spans two runs."""
    found: list[str] = []
    for run in runs(text):
        found += [*pairs(run), run[-1]] if is_han(run) else [run]
    return found


def characters(text: str) -> list[str]:
    """Each Han character of a text, once."""
    return sorted({letter for run in runs(text) if is_han(run) for letter in run})


def beginnings(text: str, shortest: int = 1) -> list[str]:
    """Tokens for how the words of a text begin, so that `20` finds 2024 without a look at every number there is."""
    words = {run for run in runs(text) if not is_han(run)}
    found = {word[:long] for word in words for long in range(shortest, min(len(word), LONGEST_BEGINNING) + 1)}
    return sorted(BEGINS + beginning for beginning in found)


def terms(query: str) -> list[Term]:
    """What a query asks for; all of it must be there. Words written together (zz-2026-0001, PM2.5) stay together."""
    found: list[Term] = []
    for chunk in query.split():
        words: list[str] = []
        for run in runs(chunk):
            if is_han(run):
                found += [*_of_words(words), Term(han=True, parts=(run,))]
                words = []
            else:
                words.append(run)
        found += _of_words(words)
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _of_words(words: list[str]) -> list[Term]:
    return [Term(han=False, parts=tuple(words))] if words else []
