"""Who may see which field: reads visibility.toml, for code, tests and the printed manual (docs: trust)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.workflow.vocabulary import Role

FILE = Path(__file__).with_suffix(".toml")
PUBLIC = "public"


class Level(IntEnum):
    """How much of a field is seen, weakest first; visibility.toml says what each means."""

    NONE = 0
    ABSENT = 1
    DAY = 2
    STEPS = 3
    COUNT = 4
    MASKED = 5
    WRITES_ONCE = 6
    OPENS = 7
    OWN = 8
    INSPECTION = 9
    YES = 10
    ALL = 11
    APPROVES = 12
    WRITES = 13


PRINTED = {
    Level.NONE: "·",
    Level.ABSENT: "–",
    Level.DAY: "date only",
    Level.STEPS: "public steps",
    Level.WRITES_ONCE: "writes, then masked",
    Level.OPENS: "opens one, with reason",
}


@dataclass(frozen=True)
class Audience:
    """Readers who see alike. The public has no role."""

    code: str
    zh: str
    en: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Field:
    code: str
    zh: str
    en: str
    see: Mapping[str, Level]

    def level(self, audience: str) -> Level:
        return self.see.get(audience, Level.NONE)


@cache
def audiences() -> dict[str, Audience]:
    """By code, in printed order."""
    return {
        raw["code"]: Audience(raw["code"], raw["zh"], raw["en"], frozenset(Role(role) for role in raw["roles"]))
        for raw in _file()["audience"]
    }


@cache
def fields() -> dict[str, Field]:
    """By code, in printed order. Raises LookupError for an audience or a level nobody declared."""
    return {
        raw["code"]: Field(
            raw["code"],
            raw["zh"],
            raw["en"],
            {audiences()[who].code: Level[level.upper()] for who, level in raw["see"].items()},
        )
        for raw in _file()["field"]
    }


def may_see(field: str, roles: Iterable[Role]) -> Level:
    """How much of a field is given to somebody in these roles: the most that any of them gets; no role, the public.

    Whether a record is within their reach at all is the scope's matter (app/domain/scope.py).
    """
    held, kept = set(roles), fields()[field]
    theirs = [one.code for one in audiences().values() if one.roles & held] or [PUBLIC]
    return max(kept.level(code) for code in theirs)


def hidden_from(role: Role) -> list[str]:
    """Fields that must not occur in anything this role is given: what the canary tests look for."""
    return [code for code in fields() if may_see(code, [role]) is Level.NONE]


def document() -> str:
    """docs/generated/visibility.md"""
    heads = [one.en for one in audiences().values()]
    lines = [
        "# Who may see what",
        "",
        "Generated from `app/domain/visibility.toml` by `hotline docs build`.",
        "`·` must not occur in any answer, export, file name, log, address, index or job argument;",
        "`–` is no secret to them, but nothing they are given.",
        "",
        "| Field | " + " | ".join(heads) + " |",
        "|" + " --- |" * (len(heads) + 1),
    ]
    for field in fields().values():
        levels = [field.level(code) for code in audiences()]
        cells = [PRINTED.get(level, level.name.lower()) for level in levels]
        lines.append(f"| {field.zh}<br>{field.en} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


@cache
def _file() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
