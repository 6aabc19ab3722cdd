"""How Chinese names are found by typing: their initials and their spelling, every reading of a character allowed."""

from functools import cache
from itertools import islice, product

MOST_READINGS = 6
"""Of a name; a name with more readings is found by the first ones, and by its characters."""


@cache
def spelled(name: str) -> tuple[str, ...]:
    """Initials and spellings a name may be typed by: 天元区 → tyq, tianyuanqu."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  (its dictionaries take as long as half of a short command)

    first = pinyin(name, style=Style.FIRST_LETTER, heteronym=True)
    whole = pinyin(name, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(_readings(first) + _readings(whole)))


def _readings(syllables: list[list[str]]) -> list[str]:
    return ["".join(way).lower() for way in islice(product(*syllables), MOST_READINGS)]
