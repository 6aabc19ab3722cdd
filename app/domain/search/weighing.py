"""How much of what was said a text holds: by rarity, and by the longest wording that both have."""

from collections.abc import Mapping
from math import log

from app.domain.search.words import pairs, runs

UNHEARD = 0.4
"""Of the weight of the rarest token: what no text has is often only another way of telling it."""
LONG_WORDING = 4  # Han characters in a row that both texts have: from here on they speak for the same matter
LONGEST = 9  # and no longer run says more


def weights(said: list[str], known: Mapping[str, float], every: float) -> dict[str, float]:
    """Each token's squared rarity; `known`: in how many of `every` text it is found."""
    unheard = UNHEARD * log(1 + every) ** 2
    return {token: log(1 + every / known[token]) ** 2 if known.get(token) else unheard for token in said}


def share(weighed: Mapping[str, float], text: str) -> float:
    """Which part of the weight of what was said a text has, 0 to 1."""
    whole = sum(weighed.values())
    return sum(weight for token, weight in weighed.items() if token in text) / whole if whole else 0.0


def wording(said: str, text: str) -> float:
    """What the longest wording in common adds, 0 to 0.36: a company's name, a street, a village."""
    return 0.06 * max(0, min(len(longest(said, text)), LONGEST) - LONG_WORDING + 1)


def longest(said: str, text: str) -> str:
    """The most Han characters in a row that both have, pair by pair."""
    most = ""
    for run in runs(said):
        streak = 0
        for at, pair in enumerate(pairs(run)):
            streak = streak + 1 if pair in text else 0
            if streak and streak + 1 > len(most):
                most = run[at + 1 - streak : at + 2]
    return most
