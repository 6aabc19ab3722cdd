"""The trained model, read and applied in plain Python: a linear score for each head over the pairs of a text.

It is kept as JSON: numbers and pairs of characters, nothing that could be executed. Whatever is read is checked
first; what is not exactly as it should be is refused with a sentence.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, log, sqrt
from typing import Any

from app.domain.suggesting.grams import grams
from app.domain.suggesting.kinds import probability
from app.kernel import crypto
from app.kernel.errors import N_, Refused

FORMAT = 1
MOST_GRAMS, MOST_HEADS, LONGEST_GRAM, MOST_BYTES = 20_000, 200, 16, 40_000_000
FEWEST_REPORTS = 5
"""A pair is kept only when so many different reports have it: nobody's text can be read out of the numbers."""


@dataclass(frozen=True)
class Model:
    """`rows`: for each pair its rarity and its weight in each head; `heads` are names such as `scope`, `type:air`.

    `learned`: how many reports each head learned from.
    """

    heads: tuple[str, ...]
    biases: tuple[float, ...]
    learned: Mapping[str, int]
    rows: Mapping[str, tuple[float, tuple[float, ...]]]

    def say(self, text: str) -> dict[str, float]:
        """For each head, how likely it is (0 to 1)."""
        weighed = self._weighed(text)
        sums = list(self.biases)
        for gram, much in weighed.items():
            for place, weight in enumerate(self.rows[gram][1]):
                sums[place] += much * weight
        return {head: probability(max(-30.0, min(30.0, total))) for head, total in zip(self.heads, sums, strict=True)}

    def because(self, text: str, head: str, *, against: bool = False, most: int = 4) -> tuple[str, ...]:
        """The pairs that speak loudest for a head, or against it, in the order of the text."""
        place = self.heads.index(head)
        sign = -1 if against else 1
        said = {gram: sign * much * self.rows[gram][1][place] for gram, much in self._weighed(text).items()}
        loud = sorted((gram for gram in said if len(gram) > 1 and said[gram] > 0), key=lambda gram: -said[gram])[:most]
        return tuple(sorted(loud, key=text.find))

    def _weighed(self, text: str) -> dict[str, float]:
        """Each known pair's weight in this text; the squares of all sum up to one."""
        counted = {gram: times for gram, times in grams(text).items() if gram in self.rows}
        raw = {gram: (1 + log(times)) * self.rows[gram][0] for gram, times in counted.items()}
        length = sqrt(sum(value * value for value in raw.values())) or 1.0
        return {gram: value / length for gram, value in raw.items()}


def write(model: Model) -> str:
    """The model as it is kept; the same numbers give the same text."""
    body = {
        "format": FORMAT,
        "fewest_reports": FEWEST_REPORTS,
        "heads": list(model.heads),
        "biases": [round(bias, 4) for bias in model.biases],
        "learned": dict(model.learned),
        "grams": {
            gram: [round(rarity, 4), *(round(weight, 3) for weight in weights)]
            for gram, (rarity, weights) in sorted(model.rows.items())
        },
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def digest_of(body: str) -> str:
    return crypto.digest([body])


def read(body: str, digest: str | None = None) -> Model:
    """A kept model. Raises Refused when it was changed, or is not what a model is."""
    if len(body) > MOST_BYTES:
        raise Refused(N_("The model is too large."))
    if digest is not None and digest_of(body) != digest:
        raise Refused(N_("The model was changed after it was trained: its digest is another one."))
    try:
        return _checked(json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused(N_("This is no model of suggestions: %(what)s"), what=_what(error)) from error


def _what(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _checked(raw: Any) -> Model:
    if raw["format"] != FORMAT:
        raise ValueError("format")
    heads = tuple(raw["heads"])
    if not heads or len(heads) > MOST_HEADS or len(set(heads)) != len(heads):
        raise ValueError("heads")
    if not all(isinstance(head, str) for head in heads) or set(raw["learned"]) != set(heads):
        raise ValueError("heads")
    if len(raw["grams"]) > MOST_GRAMS or len(raw["biases"]) != len(heads):
        raise ValueError("grams")
    rows = {_gram(gram): _row(numbers, len(heads)) for gram, numbers in raw["grams"].items()}
    learned = {head: int(_number(count)) for head, count in raw["learned"].items()}
    return Model(heads, tuple(_number(bias) for bias in raw["biases"]), learned, rows)


def _gram(gram: str) -> str:
    if not 0 < len(gram) <= LONGEST_GRAM:
        raise ValueError("gram")
    return gram


def _row(numbers: list[Any], heads: int) -> tuple[float, tuple[float, ...]]:
    if len(numbers) != heads + 1:
        raise ValueError("weights")
    rarity, *weights = (_number(one) for one in numbers)
    return rarity, tuple(weights)


def _number(one: Any) -> float:
    if isinstance(one, bool) or not isinstance(one, (int, float)) or not isfinite(one):
        raise ValueError("a number that is none")
    return float(one)
