"""Training: a linear model learned from the office's own decisions. Only the command and the nightly job come here.

scikit-learn is loaded when something is trained, never by who only asks (app/domain/suggesting/model.py).
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.suggesting.grams import grams, same_words
from app.domain.suggesting.kinds import SHOWN
from app.domain.suggesting.model import FEWEST_REPORTS, MOST_GRAMS, Model

SCOPE = "scope"
FEWEST_OF_A_SIDE, FEWEST = 15, 40
"""A head is learned from so many reports that have it and so many that have it not; a model from so many in all."""
STRENGTH = 10.0
FOLDS = 5
MOST_JUDGED_TWICE = 3000
"""Of so many of the newest the worth is measured; all of them are learned from."""
KEPT_GRAMS = 8000
NEAR = 0.5


@dataclass(frozen=True)
class Example:
    """A report and what was decided: `labels` of heads; each head learns from those that `asks` about it.

    A referred report says nothing about types, an accepted one nothing about classes.
    """

    words: str
    labels: frozenset[str]
    asks: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Of one head, on reports it had not seen."""

    right: int = 0
    wrongly: int = 0
    missed: int = 0
    rightly_not: int = 0

    @property
    def f1(self) -> float:
        return _f1(self.right, self.wrongly, self.missed)

    @property
    def macro_f1(self) -> float:
        return (self.f1 + _f1(self.rightly_not, self.missed, self.wrongly)) / 2

    @property
    def accuracy(self) -> float:
        every = self.right + self.wrongly + self.missed + self.rightly_not
        return (self.right + self.rightly_not) / every if every else 0.0


def _f1(right: int, wrongly: int, missed: int) -> float:
    return 2 * right / (2 * right + wrongly + missed) if right else 0.0


def distinct(examples: Iterable[Example]) -> list[Example]:
    """Each wording once, the newest (last) decision about it; a flood of one letter is one example."""
    return list({same_words(one.words): one for one in examples}.values())


def heads_of(examples: Sequence[Example]) -> list[str]:
    """What enough has been decided about, on both sides."""
    yes = Counter(label for one in examples for label in one.labels)
    found = []
    for head, count in sorted(yes.items()):
        asked = sum(1 for one in examples if _asks(one, head))
        if count >= FEWEST_OF_A_SIDE and asked - count >= FEWEST_OF_A_SIDE:
            found.append(head)
    return found


def _asks(example: Example, head: str) -> bool:
    return head.partition(":")[0] in example.asks


def fit(examples: Sequence[Example], heads: Sequence[str]) -> Model:
    """Learn these heads. `examples` are distinct; a pair that fewer than FEWEST_REPORTS of them have is not kept."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  (never loaded by who only asks)

    vectors = TfidfVectorizer(
        analyzer=_analyse, sublinear_tf=True, min_df=FEWEST_REPORTS, max_features=min(KEPT_GRAMS, MOST_GRAMS)
    )
    matrix = vectors.fit_transform([one.words for one in examples])
    weights, biases, learned = [], [], {}
    for head in heads:
        places = [place for place, one in enumerate(examples) if _asks(one, head)]
        line, bias = _line(matrix[places], [head in examples[place].labels for place in places])
        weights.append(line)
        biases.append(bias)
        learned[head] = len(places)
    rows = {
        str(gram): (float(rarity), tuple(float(line[place]) for line in weights))
        for place, (gram, rarity) in enumerate(zip(vectors.get_feature_names_out(), vectors.idf_, strict=True))
    }
    return Model(tuple(heads), tuple(biases), learned, rows)


def _line(matrix: Any, labels: list[bool]) -> tuple[Any, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (as above)

    fitted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000).fit(matrix, labels)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _analyse(text: str) -> list[str]:
    return list(grams(text).elements())


def folds(examples: Sequence[Example], count: int = FOLDS, turn: int = 0) -> list[list[int]]:
    """The places of the examples in so many parts of like size; near-duplicates stay together. `turn`: another cut."""
    groups: dict[int, list[int]] = {}
    for place, group in enumerate(near([one.words for one in examples])):
        groups.setdefault(group, []).append(place)

    def shuffled(group: list[int]) -> int:
        return zlib.crc32(f"{turn} {examples[group[0]].words}".encode())

    parts: list[list[int]] = [[] for _ in range(count)]
    filled: list[Counter[str]] = [Counter() for _ in range(count)]
    for together in sorted(groups.values(), key=shuffled):
        side = "+".join(sorted(label for label in examples[together[0]].labels if ":" not in label)) or "-"
        least = min(range(count), key=lambda part: (filled[part][side], len(parts[part])))
        parts[least] += together
        filled[least][side] += len(together)
    return parts


def near(texts: Sequence[str]) -> list[int]:
    """For each text the number of its group: texts that share more than half of the shorter one's pairs."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  (as above)

    pairs = [{gram for gram in grams(text) if len(gram) > 1} for text in texts]
    number: dict[str, int] = {}
    rows, columns = [], []
    for place, grams_of in enumerate(pairs):
        for gram in grams_of:
            rows.append(place)
            columns.append(number.setdefault(gram, len(number)))
    group = list(range(len(texts)))
    if not number:
        return group
    shape = (len(texts), len(number))
    has = csr_matrix(([1] * len(rows), (rows, columns)), shape=shape)
    shared = (has @ has.T).tocoo()
    for one, other, count in zip(shared.row, shared.col, shared.data, strict=True):
        if one < other and count > NEAR * min(len(pairs[one]), len(pairs[other])):
            _join(group, int(one), int(other))
    return [_head(group, place) for place in range(len(texts))]


def _head(group: list[int], place: int) -> int:
    while group[place] != place:
        place = group[place]
    return place


def _join(group: list[int], one: int, other: int) -> None:
    first, second = sorted((_head(group, one), _head(group, other)))
    group[second] = first


Judge = Callable[[Model, Example], dict[str, float]]


def measured(
    examples: Sequence[Example], heads: Sequence[str], turn: int = 0, judge: Judge | None = None
) -> dict[str, Score]:
    """How well these heads do on what they have not seen: learned from four fifths, asked about the fifth, in turn."""
    judge = judge or (lambda model, example: model.say(example.words))
    parts = folds(examples, turn=turn)
    counted: dict[str, list[int]] = {head: [0, 0, 0, 0] for head in heads}
    for held in parts:
        apart = set(held)
        taught = [one for place, one in enumerate(examples) if place not in apart]
        fitting = [head for head in heads if _both_sides(taught, head)]
        model = fit(taught, fitting)
        for place in held:
            said = judge(model, examples[place])
            for head in heads:
                if _asks(examples[place], head):
                    true, told = head in examples[place].labels, said.get(head, 0.0) >= SHOWN
                    counted[head][(0 if true else 1) if told else (2 if true else 3)] += 1
    return {head: Score(*counts) for head, counts in counted.items()}


def _both_sides(examples: Sequence[Example], head: str) -> bool:
    sides = {head in one.labels for one in examples if _asks(one, head)}
    return len(sides) == 2  # noqa: PLR2004  (yes and no)
