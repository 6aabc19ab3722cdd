"""Pollution types, industries and referral classes: the lists an inspection chooses from."""

import tomllib
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Said:
    """One of the answers a question offers; what is kept of it is `zh`."""

    zh: str
    en: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked in addition when its type is ticked. Without `choices` it is answered in one line of own words."""

    code: str
    type: str
    zh: str
    en: str = ""
    choices: tuple[Said, ...] = ()

    def answer(self, kept: str) -> Said:
        """An answer as it was kept, with both its names; what is none of the choices is the reporter's own words."""
        return next((one for one in self.choices if one.zh == kept), Said(kept, kept))

    def keep(self) -> dict[str, Any]:
        """As an inspection's settings hold it."""
        offered = {"choices": [{"zh": one.zh, "en": one.en} for one in self.choices]} if self.choices else {}
        return {"code": self.code, "type": self.type, "zh": self.zh, "en": self.en} | offered


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
def shipped_questions() -> dict[str, Question]:
    """The questions every inspection asks that has none of its own."""
    return {raw["code"]: _question(raw) for raw in seed("questions")["question"]}


def questions(own: Sequence[Mapping[str, Any]] | None = None) -> dict[str, Question]:
    """What is asked about each type, by code: an inspection's own (`settings.questions`), or those shipped."""
    return dict(shipped_questions()) if own is None else {raw["code"]: _question(raw) for raw in own}


def answered(own: Sequence[Mapping[str, Any]] | None, answers: Mapping[str, str] | None) -> list[tuple[Question, Said]]:
    """What was asked and what was said, in the order of the questions; one no longer asked keeps its old wording."""
    known, left = {**shipped_questions(), **questions(own)}, dict(answers or {})
    order = [code for code in {**questions(own), **known} if code in left]
    gone = [Question(code, "", code, code) for code in left if code not in known]
    return [(one, one.answer(left[one.code])) for one in [*(known[code] for code in order), *gone]]


def _question(raw: Mapping[str, Any]) -> Question:
    said = tuple(Said(one["zh"], one.get("en", "") or one["zh"]) for one in raw.get("choices", ()))
    return Question(raw["code"], raw["type"], raw["zh"], raw.get("en", "") or raw["zh"], said)


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
