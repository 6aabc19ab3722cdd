"""What the model reads of a text: single characters and pairs, as the search's own tokenizer cuts them, no identity."""

import re
from collections import Counter

from app.domain.privacy import find
from app.domain.search.words import is_han, pairs, runs
from app.kernel.text import letters_alone

DIGIT = re.compile(r"\d")
LEAST, MOST = 2, 16  # letters of a word that is not Chinese
LONGEST = 4000  # characters of a report that are read


def without_identity(text: str) -> str:
    """A text with a gap where something may tell who reported (app/domain/privacy.py)."""
    here, left = 0, []
    for found in find(text):
        left.append(text[here : found.start])
        here = found.end
    return "\n".join([*left, text[here:]])


def grams(text: str) -> Counter[str]:
    """How often each character and each pair occurs. Figures, and words with figures in them, are left out."""
    counted: Counter[str] = Counter()
    for run in runs(without_identity(text[:LONGEST])):
        if is_han(run):
            counted.update(run)
            counted.update(pairs(run))
        elif LEAST <= len(run) <= MOST and not DIGIT.search(run):
            counted[run] += 1
    return counted


def same_words(text: str) -> str:
    """Equal for texts that say the same: a flood of one letter teaches as much as one of it."""
    return letters_alone(text[:LONGEST])
