"""`python -m bench.privacy`: how much of what tells who reported is found, how much that is found tells it, how fast.

Recall and precision on bench/telling.txt, made-up and kept apart from the patterns' own tests: a mark counts when it
touches what is bracketed. On `messages.jsonl` and `petitions.jsonl` of HOTLINE_BENCH_DATA (default: ../shared/data
beside the project) only how often something is marked: nobody has labelled them.
"""

import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.domain.privacy import Found, find
from bench.data import DATA

TEXTS = Path(__file__).parent / "telling.txt"
BRACKET = re.compile("【(.*?)】")
FIELDS = {"messages.jsonl": "text", "petitions.jsonl": "description"}


@dataclass(frozen=True)
class Labelled:
    """A text without its brackets, and where they stood."""

    text: str
    telling: tuple[tuple[int, int], ...]


def labelled() -> list[Labelled]:
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line and not line.startswith("#")]


def _read(line: str) -> Labelled:
    places = []
    for before, found in enumerate(BRACKET.finditer(line)):
        start = found.start() - 2 * before
        places.append((start, start + len(found.group(1))))
    return Labelled(BRACKET.sub(r"\1", line), tuple(places))


def touches(mark: Found, place: tuple[int, int]) -> bool:
    return mark.start < place[1] and mark.end > place[0]


def score(texts: list[Labelled]) -> None:
    told, hit, marks, right = 0, 0, 0, 0
    for one in texts:
        found = find(one.text)
        told += len(one.telling)
        marks += len(found)
        for place in one.telling:
            if any(touches(mark, place) for mark in found):
                hit += 1
            else:
                say(f"  missed: {one.text[slice(*place)]}")
        for mark in found:
            if any(touches(mark, place) for place in one.telling):
                right += 1
            else:
                say(f"  false: {mark.words} ({mark.mark})")
    recall, precision = f"{hit}/{told} = {hit / told:.3f}", f"{right}/{marks} = {right / marks:.3f}"
    say(f"{len(texts)} made-up texts: recall {recall}, precision {precision}")


def count(name: str, field: str) -> None:
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    texts = [row[field] for row in rows if row.get(field)]
    began = time.perf_counter()
    found = [find(text) for text in texts]
    spent = (time.perf_counter() - began) * 1000 / len(texts)
    each = [len(marks) for marks in found]
    kinds = Counter(str(one.mark) for marks in found for one in marks)
    busy = sorted(each)[int(len(each) * 0.95)]
    say(
        f"{name}: {len(texts)} texts, {statistics.mean(each):.2f} marks a text, 95 % have at most {busy}, "
        f"{sum(not one for one in each) / len(each):.0%} none; {spent:.2f} ms a text"
    )
    say("  " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def main() -> None:
    score(labelled())
    for name, field in FIELDS.items():
        if (DATA / name).exists():
            count(name, field)


if __name__ == "__main__":
    main()
