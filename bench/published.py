"""`python -m bench.published [file]`: days as they were published, told once more by a campaign of their figures.

A row whose own figures do not add up is named with the difference, not bent until it fits. What a row does not say
(where a further part lies, the shares of all types) is not compared. The file is one of JSON lines; without it there is
nothing to compare.
"""

import json
import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.db import db
from app.domain.catalogue import tags, type_of_word, types
from app.domain.report import Channel
from app.domain.tables.bulletin import Bulletin
from bench.__main__ import databases, say
from bench.campaign import Day, areas_told, counts_of, share_of, told
from bench.data import DATA
from bench.installations import bench

SHARED = DATA / "batch_stats.jsonl"
PARTIAL = re.compile(r"仅列前|未录")
SPLIT = re.compile(r"(?<!全省累计)(?:省)?分解后(\d+)件")
WHOLE = Decimal(100)
SLACK = Decimal("0.5")
"""How far shares that were each rounded may be from 100 together."""


@dataclass(frozen=True)
class Reading:
    """A row as it can be told again; `faults` say what in it does not add up, `silent` what it does not say."""

    name: str
    day: Day | None
    faults: tuple[str, ...]
    silent: tuple[str, ...]
    shares: dict[str, Decimal]


def read(row: dict[str, Any]) -> Reading:
    """What a row says. Without a total and areas there is no day to be told."""
    name = f"{row['province_or_city']} {row['date']} 第{row['batch'] or '?'}批"
    faults: list[str] = []
    silent: list[str] = []
    areas: dict[str, int] = row["by_region"] or {}
    if row["total"] is None or not areas or PARTIAL.search(row["note"] or ""):
        return Reading(name, None, (), ("total and all areas",), {})
    total = int(row["total"])
    split = SPLIT.search(row["note"] or "")
    further = max(int(split[1]) - total, 0) if split else 0
    if sum(areas.values()) != total:
        difference = sum(areas.values()) - total
        faults.append(f"areas sum to {sum(areas.values())}, total {total} ({difference:+})")
    channels = _channels(row, total, faults, silent)
    counted, shares = _types(row, total + further, faults, silent)
    key = int(row["key_cases"] or 0)
    if key > total:
        faults.append(f"{key} key cases of {total}")
    if further:
        silent.append(f"the areas of (+{further})")
    before = _before(row, areas, further, faults, silent)
    more = {next(iter(areas)): further} if further else {}
    day = Day(total, areas, more, channels=channels, tags=counted, key=min(key, total), before=before)
    fits = sum(areas.values()) == total
    return Reading(name, day if fits else None, tuple(faults), tuple(silent), shares)


def _channels(row: dict[str, Any], total: int, faults: list[str], silent: list[str]) -> dict[Channel, int]:
    calls, letters = row["calls"], row["letters"]
    if calls is None or letters is None:
        silent.append("channels")
        return {}
    rest = total - calls - letters
    other = re.search(r"微信举报(\d+)件", row["note"] or "")
    if rest != (int(other[1]) if other else 0):
        faults.append(f"calls and letters sum to {calls + letters}, total {total} ({-rest:+})")
        return {}
    found = {Channel.CALL: int(calls), Channel.LETTER: int(letters), Channel.WEB: rest}
    return {channel: count for channel, count in found.items() if count > 0}


def _types(
    row: dict[str, Any], cases: int, faults: list[str], silent: list[str]
) -> tuple[dict[str, int], dict[str, Decimal]]:
    """How many cases carry each class, and the shares that makes, by the class's printed name."""
    given, known = row["by_type"] or {}, type_of_word()
    strange = [word for word in given if word not in known]
    if not given or strange:
        silent.append("types" + (f" ({'、'.join(strange)} are none of ours)" if strange else ""))
        return {}, {}
    classes = [(_class(known[word]), Decimal(str(count))) for word, count in given.items() if count]
    summed = {code: sum((n for one, n in classes if one == code), Decimal(0)) for code, _ in classes}
    if row["by_type_unit"] == "%":
        if abs(sum(summed.values()) - WHOLE) > SLACK:
            silent.append(f"the shares of all types (those given sum to {sum(summed.values())} %)")
            return {}, {}
        counted = counts_of(summed, cases)
        whole = sum(counted.values())
        made = {code: share_of(count, whole) for code, count in counted.items()}
        off = [code for code, share in made.items() if share != summed[code]]
        faults += [f"{_zh(code)} {summed[code]} %, but {counted[code]} of {whole} are {made[code]} %" for code in off]
        return counted, {} if off else _named(summed)
    counted = {code: int(count) for code, count in summed.items()}
    whole = sum(counted.values())
    if whole < cases or max(counted.values()) > cases:
        faults.append(f"{whole} types are given for {cases} cases ({whole - cases:+})")
        return {}, {}
    return counted, _named({code: share_of(count, whole) for code, count in counted.items()})


def _class(code: str) -> str:
    return tags()[code].parent or code if code in tags() else code


def _named(shares: dict[str, Decimal]) -> dict[str, Decimal]:
    return {_zh(code): share for code, share in shares.items()}


def _zh(code: str) -> str:
    return types()[code].zh


def _before(
    row: dict[str, Any], areas: dict[str, int], further: int, faults: list[str], silent: list[str]
) -> dict[str, tuple[int, int]]:
    """What was handed over before this batch, area by area, where the row says it for all areas, else in all."""
    in_all = row["cumulative"] or {}
    if "total" not in in_all:
        silent.append("cumulative")
        return {}
    total, by_area = int(in_all["total"]), in_all.get("by_region") or {}
    more = int(in_all.get("split_total", total)) - total - further
    today = sum(areas.values())
    if total < today or more < 0:
        faults.append(f"cumulative {total}, today {today} ({total - today:+})")
        return {}
    if sum(by_area.values()) != total:
        silent.append("cumulative by area" + (f" (sums to {sum(by_area.values())} of {total})" if by_area else ""))
        return {next(iter(areas)): (total - today, more)} if total > today else {}
    left = {area: by_area.get(area, 0) - areas.get(area, 0) for area in {**by_area, **areas}}
    short = {area: count for area, count in left.items() if count < 0}
    if short:
        faults.append("cumulative below today's: " + "、".join(f"{area} {count:+}" for area, count in short.items()))
        return {}
    first = next(iter(left))
    return {area: (count, more if area == first else 0) for area, count in left.items()}


def differences(reading: Reading, found: Bulletin, row: dict[str, Any]) -> list[str]:
    """What the bulletin says otherwise than the row."""
    day = reading.day
    if day is None:
        return []
    in_all = row["cumulative"] or {}
    pairs: dict[str, tuple[Any, Any]] = {
        "total": (found.today.reports, day.total),
        "(+N)": (found.today.further, sum(day.further.values())),
        "key": (found.today.key, day.key),
        "areas": (
            {area: part[0] for area, part in areas_told(found).items() if part[0]},
            {area: count for area, count in day.areas.items() if count},
        ),
    }
    if day.channels:
        pairs["channels"] = (dict(found.channels), day.channels)
    if reading.shares:
        pairs["shares"] = ({one.entry.zh: one.percent for one in found.kinds}, reading.shares)
    if "total" in in_all and not any(fault.startswith("cumulative") for fault in reading.faults):
        pairs["cumulative"] = (found.in_all.reports, in_all["total"])
        pairs["cumulative, split"] = (found.in_all.cases, in_all.get("split_total", in_all["total"]))
    return [f"{name}: told {one}, published {other}" for name, (one, other) in pairs.items() if one != other]


def verdict_of(reading: Reading, wrong: list[str]) -> str:
    if wrong:
        return "differs"
    if reading.faults:
        return "does not add up"
    return "equal" if reading.day else "not complete"


def measure(database: str, rows: list[dict[str, Any]]) -> None:
    counted = {"equal": 0, "differs": 0, "does not add up": 0, "not complete": 0}
    with bench(database) as made, made.app.app_context():
        for number, row in enumerate(rows, 1):
            reading = read(row)
            wrong = differences(reading, told(f"P{number:03}", reading.day), row) if reading.day else []
            verdict = verdict_of(reading, wrong)
            counted[verdict] += 1
            notes = [*wrong, *reading.faults]
            if reading.faults and reading.day and not wrong:
                notes.append("all the rest is equal")
            if reading.silent:
                notes.append("not said: " + ", ".join(reading.silent))
            say(f"{number:3} {verdict:16} {reading.name}  {'; '.join(notes)}")
        db.session.remove()
    say(f"{database}: {len(rows)} rows: " + ", ".join(f"{count} {name}" for name, count in counted.items()))


if __name__ == "__main__":
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not source.exists():
        say(f"{source} is not here: there is nothing to compare")
    else:
        lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
        for each in databases()[:1]:
            measure(each, lines)
