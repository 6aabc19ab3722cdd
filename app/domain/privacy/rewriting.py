"""Putting neutral words, or nothing, in the place of words that tell who reported."""

import re
from collections.abc import Sequence

from app.domain.privacy.finding import Found

DOUBLED = re.compile(r"([，、；：])(?=[，、；：。！？])")
LEADING = re.compile(r"(^|[。！？\n])[，、；：]+")


def replaced(text: str, marks: Sequence[Found], words: str, neutral: str) -> str:
    """The text with every mark of these words replaced; where they went without a word, their comma goes too."""
    parts, here = [], 0
    for one in marks:
        if one.words == words:
            parts += [text[here : one.start], neutral]
            here = one.end
    found = "".join([*parts, text[here:]])
    return found if neutral else LEADING.sub(r"\1", DOUBLED.sub("", found))
