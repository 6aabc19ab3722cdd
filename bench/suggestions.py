"""`python -m bench.suggestions`: how good the suggestions are on real messages, and how long one takes.

Reads `messages.jsonl` and `petitions.jsonl` from HOTLINE_BENCH_DATA (default: ../shared/data beside the project); where
they are missing, only the time is measured. Only rows with a label of their source are scored. Near-duplicates stand in
the same fold, and nothing is learned from what is asked about. Label and department are no features.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain import catalogue
from app.domain.suggesting import learning
from app.domain.suggesting.kinds import IN, SHOWN, Kind
from app.domain.suggesting.learning import Example
from app.domain.suggesting.model import Model
from app.domain.suggesting.rules import shipped, sound
from app.domain.suggesting.weighing import Heard, Voices
from bench.data import DATA

TURNS = 3
OF_THE_SOURCE = "来源"
ELSEWHERE = "环保"
"""The label of another city's mailbox: it holds only what is in scope, so that its style alone would give it away."""
RULES = sound(shipped().values())
AIM_SCOPE, AIM_MS = 0.9, 5
TYPES = {
    "大气": "air",
    "扬尘": "air",
    "水": "water",
    "噪声": "noise",
    "生态": "ecology",
    "土壤": "soil",
    "固废": "soil",
    "辐射": "radiation",
    "其他": "other",
}
"""Printed words of the petitions; 固废 is a sub-type of 土壤 in our catalogue."""


@dataclass(frozen=True)
class Row:
    """A message: its words, whether it is in scope, and what its source filed it under (shown, never learned from)."""

    words: str
    inside: bool
    label: str


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def lines(name: str) -> list[dict[str, Any]]:
    file = DATA / name
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []


def messages() -> list[Row]:
    scored = (
        raw for raw in lines("messages.jsonl")
        if str(raw.get("in_scope_basis") or "").startswith(OF_THE_SOURCE) and raw.get("in_scope") is not None
    )  # fmt: skip
    return [Row(f"{raw.get('title') or ''}\n{raw['text']}", raw["in_scope"], raw.get("label") or "") for raw in scored]


def example(row: Row) -> Example:
    return Example(row.words, frozenset({learning.SCOPE} if row.inside else ()), frozenset({learning.SCOPE}))


def by_rules(words: str, model: Model | None = None) -> bool:
    """What the whole of the voices would say; when in doubt, in scope."""
    said = Voices(RULES, model).weigh(Heard(words))
    return next((one.value == IN for one in said if one.kind == Kind.SCOPE), True)


def table(name: str, rows: Sequence[Row], told: Sequence[bool]) -> float:
    pairs = list(zip((row.inside for row in rows), told, strict=True))
    counts = {(a, b): pairs.count((a, b)) for a in (True, False) for b in (True, False)}
    score = learning.Score(counts[True, True], counts[False, True], counts[True, False], counts[False, False])
    say(f"\n{name}: accuracy {score.accuracy:.3f}, macro-F1 {score.macro_f1:.3f}")
    say(f"  {'':22}{'told: in scope':>16}{'told: refer':>14}")
    say(f"  {'labelled in scope':22}{score.right:>16}{score.missed:>14}")
    say(f"  {'labelled elsewhere':22}{score.wrongly:>16}{score.rightly_not:>14}")
    labels = sorted({row.label for row in rows})
    for label in labels:
        places = [place for place, row in enumerate(rows) if row.label == label]
        right = sum(1 for place in places if told[place] == rows[place].inside)
        say(f"    {label}: {right} of {len(places)} right")
    return score.macro_f1


def crossed(
    rows: Sequence[Row], turn: int, ask: Callable[[Model, str], bool], more: Sequence[Example] = ()
) -> list[bool]:
    """Each row judged by a model that has seen neither it nor anything like it."""
    examples = [example(row) for row in rows]
    told = [False] * len(rows)
    for held in learning.folds(examples, turn=turn):
        apart = set(held)
        model = learning.fit(
            [one for place, one in enumerate(examples) if place not in apart] + list(more), [learning.SCOPE]
        )
        for place in held:
            told[place] = ask(model, rows[place].words)
    return told


def of_model(model: Model, words: str) -> bool:
    return model.say(words)[learning.SCOPE] >= SHOWN


def of_both(model: Model, words: str) -> bool:
    return by_rules(words, model)


def scope() -> None:
    rows = messages()
    if not rows:
        say(f"no messages in {DATA}: the scope is not measured")
        return
    inside = sum(row.inside for row in rows)
    say(f"scope: {len(rows)} messages with a label of their source, {inside} in scope, {len(rows) - inside} elsewhere")
    table("rules as shipped, nothing learned", rows, [by_rules(row.words) for row in rows])
    petitions = [Example(raw["description"], frozenset({learning.SCOPE}), frozenset({learning.SCOPE}))
                 for raw in lines("petitions.jsonl") if raw.get("description")]  # fmt: skip
    ways: list[tuple[str, Callable[[Model, str], bool], Sequence[Example]]] = [
        ("model alone", of_model, ()),
        ("model alone, petitions among what it learned from", of_model, petitions),
        ("rules and model together, as triage shows it", of_both, ()),
    ]
    for name, ask, more in ways:
        turns = [crossed(rows, turn, ask, more) for turn in range(TURNS)]
        figures = [table(f"{name}, 5 folds", rows, turns[0])]
        figures += [_f1(rows, told) for told in turns[1:]]
        say(f"  macro-F1 of {TURNS} cuts: {', '.join(f'{one:.3f}' for one in figures)} (aim: {AIM_SCOPE})")
    of_one = [row for row in rows if row.label != ELSEWHERE]
    table("one mailbox by itself, model alone, 5 folds", of_one, crossed(of_one, 0, of_model))
    table(
        "one mailbox by itself, petitions among what was learned from", of_one, crossed(of_one, 0, of_model, petitions)
    )
    table("one mailbox by itself, rules and model together", of_one, crossed(of_one, 0, of_both))


def _f1(rows: Sequence[Row], told: Sequence[bool]) -> float:
    pairs = list(zip((row.inside for row in rows), told, strict=True))
    return learning.Score(
        pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)), pairs.count((False, False))
    ).macro_f1


def types() -> None:
    rows = [raw for raw in lines("petitions.jsonl") if raw.get("pollution_types") and raw.get("description")]
    if not rows:
        say("no petitions: the types are not measured")
        return
    examples = []
    for raw in rows:
        labels = frozenset(f"type:{TYPES[word]}" for word in raw["pollution_types"] if word in TYPES)
        examples.append(Example(raw["description"], labels, frozenset({"type"})))
    say(f"\ntypes: {len(examples)} published petitions, {sum(len(one.labels) for one in examples)} types")
    print_types("rules as shipped", examples, [types_of(one.words) for one in examples])
    heads = learning.heads_of(examples)
    alone: list[frozenset[str]] = [frozenset()] * len(examples)
    both = list(alone)
    for held in learning.folds(examples):
        apart = set(held)
        model = learning.fit([one for place, one in enumerate(examples) if place not in apart], heads)
        for place in held:
            said = model.say(examples[place].words)
            alone[place] = frozenset(head for head, share in said.items() if share >= SHOWN)
            both[place] = types_of(examples[place].words, model)
    print_types(f"model alone, 5 folds ({len(heads)} types have enough to learn from)", examples, alone)
    print_types("rules and model together, 5 folds", examples, both)


def types_of(words: str, model: Model | None = None) -> frozenset[str]:
    said = Voices(RULES, model).weigh(Heard(words))
    return frozenset(f"type:{one.value}" for one in said if one.kind == Kind.TYPE and one.shown)


def print_types(name: str, examples: Sequence[Example], told: Sequence[frozenset[str]]) -> None:
    hits = sum(len(one.labels & said) for one, said in zip(examples, told, strict=True))
    said_all, true_all = sum(map(len, told)), sum(len(one.labels) for one in examples)
    say(f"\n{name}: precision {hits / max(said_all, 1):.3f}, recall {hits / true_all:.3f}")
    for code, entry in catalogue.types().items():
        head = f"type:{code}"
        true = sum(1 for one in examples if head in one.labels)
        said = sum(1 for one in told if head in one)
        both = sum(1 for one, two in zip(examples, told, strict=True) if head in one.labels and head in two)
        if true or said:
            say(f"    {entry.zh}: {true} labelled, {said} told, {both} of them right")


def speed() -> None:
    """One report's suggestions, rules and model of this size together, without the database."""
    rows = messages()
    texts = [row.words for row in rows] or [
        f"第{place}厂夜里排黄烟，气味刺鼻，河水发黑，老板拖欠工资。" * 5 for place in range(80)
    ]
    examples = [
        Example(text, frozenset({learning.SCOPE} if place % 2 else ()), frozenset({learning.SCOPE}))
        for place, text in enumerate(texts)
    ]
    model = learning.fit(examples, [learning.SCOPE])
    wide = Model(model.heads + tuple(f"type:t{place}" for place in range(29)), model.biases * 30, {}, {
        gram: (rarity, weights * 30) for gram, (rarity, weights) in model.rows.items()})  # fmt: skip
    for name, speaking in (
        ("rules alone", None),
        ("rules and a model of 1 head", model),
        ("rules and a model of 30 heads", wide),
    ):
        voices, times = Voices(RULES, speaking, offered=frozenset(catalogue.types())), []
        voices.weigh(Heard(texts[0]))
        for text in texts:
            start = time.process_time()
            voices.weigh(Heard(text))
            times.append((time.process_time() - start) * 1000)
        median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        say(f"one suggestion, {name}, milliseconds of CPU: median {median:.2f}, p95 {p95:.2f} (aim: {AIM_MS})")


if __name__ == "__main__":
    scope()
    types()
    say()
    speed()
