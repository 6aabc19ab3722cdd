"""Pollution types, industries and referral classes: the lists an inspection chooses from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parent / "seeds"


@dataclass(frozen=True)
class Entry:
    """One line of a catalogue. `parent` is the type a sub-tag belongs to."""

    code: str
    zh: str
    en: str
    parent: str | None = None
    plain_zh: str = ""
    plain_en: str = ""
    example_zh: str = ""
    example_en: str = ""
    enabled: bool = True


@dataclass(frozen=True)
class ReferralClass:
    """A class of matter that another body deals with; `words` is what the reporter is told by default."""

    code: str
    zh: str
    en: str
    receiving_body: str
    words: str
    law: str


def seed(name: str) -> dict[str, Any]:
    """A seed file as it was shipped."""
    return tomllib.loads((SEEDS / f"{name}.toml").read_text(encoding="utf-8"))


def _entry(raw: dict[str, Any], parent: str | None = None) -> Entry:
    return Entry(parent=parent, **{key: raw[key] for key in Entry.__annotations__ if key in raw})


@cache
def types() -> dict[str, Entry]:
    """The reporting classes 大气 水 噪声 … by code, in printed order."""
    return {raw["code"]: _entry(raw) for raw in seed("pollution_types")["type"]}


@cache
def tags() -> dict[str, Entry]:
    """Sub-tags by code; `parent` names the class each belongs to."""
    kinds = seed("pollution_types")["type"]
    return {tag["code"]: _entry(tag, kind["code"]) for kind in kinds for tag in kind.get("tag", [])}


@cache
def industries() -> dict[str, Entry]:
    return {raw["code"]: _entry(raw) for raw in seed("pollution_types")["industry"]}


@cache
def referral_classes() -> dict[str, ReferralClass]:
    return {
        raw["code"]: ReferralClass(
            raw["code"],
            raw["zh"],
            raw["en"],
            raw["receiving_body"],
            raw["reporter_words"]["plain"],
            raw["law"],
        )
        for raw in seed("referral_classes")["referral_class"]
    }


@cache
def type_of_word() -> dict[str, str]:
    """From a printed word (大气, 扬尘, 固废…) to the code of the type or sub-tag that carries it."""
    return {entry.zh: entry.code for entry in [*tags().values(), *types().values()]}


def printed_types(codes: list[str]) -> str:
    """Types as the tables print them: 大气、噪声, in the order they were given; a code nobody knows is kept."""
    known = {**tags(), **types()}
    return "、".join(known[code].zh if code in known else code for code in codes)
