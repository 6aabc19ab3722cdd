"""Rules as data: which words in a report speak for which type, class of referral, area, or for the key flag.

Those that are shipped stand in seeds/suggestion_rules.toml; what an office changes or adds stands in its own table and
goes before them. A rule's words are plain: a phrase is found wherever it stands, and `拖欠…工资` finds two parts that
stand within so many characters of each other. There is no other sign, so that no rule can take long.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import catalogue
from app.domain.region import Region
from app.domain.suggesting.kinds import YES, Ground, Kind, Voice
from app.domain.suggesting.records import SuggestionRule
from app.kernel.errors import N_

GAP, WITHIN = "…", 12
"""Two parts of a pattern, and how many characters may stand between them."""
MOST_WORDS, MOST_LETTERS, LEAST_LETTERS, MOST_PARTS = 60, 40, 2, 3
WEIGHTS = {1: 0.5, 2: 1.0, 3: 1.6, 4: 2.3, 5: 3.0}
"""From the weight an office gives a rule to log-odds; alone, a rule of weight 1 is not yet shown."""
OF_RULES = (Kind.TYPE, Kind.TAG, Kind.CLASS, Kind.AREA, Kind.KEY)


@dataclass(frozen=True)
class Rule:
    """`unless`: where one of these stands in the report, the rule is silent. `shipped`: one of this code is shipped."""

    code: str
    kind: Kind
    target: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    weight: int = 3
    enabled: bool = True
    shipped: bool = False
    changed: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with a rule, in a sentence, and at which of its fields."""

    field: str
    sentence: str
    words: str = ""


def folded(text: str) -> str:
    """How a text and a pattern are compared: full and half width, upper and lower case alike, no blanks."""
    return "".join(normalize("NFKC", text).replace("...", GAP).casefold().split())


@cache
def parts(pattern: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in pattern.replace("...", GAP).split(GAP))


def stands_in(pattern: str, text: str) -> bool:
    """Whether a folded text has this pattern."""
    first, *others = parts(pattern)
    at = text.find(first)
    while at >= 0:
        if _goes_on(others, text, at + len(first)):
            return True
        at = text.find(first, at + 1)
    return False


def _goes_on(others: list[str], text: str, here: int) -> bool:
    for part in others:
        found = text.find(part, here, here + WITHIN + len(part))
        if found < 0:
            return False
        here = found + len(part)
    return True


def heard(rule: Rule, text: str) -> tuple[str, ...]:
    """The rule's words that stand in a folded text; none where it must be silent."""
    found = tuple(word for word in rule.words if stands_in(word, text))
    return () if not found or any(stands_in(word, text) for word in rule.unless) else found


def ground(rule: Rule, words: tuple[str, ...]) -> Ground:
    """Several of its words say a little more than one."""
    more = 0.3 * min(len(words) - 1, 3)
    return Ground(Voice.RULE, rule.code, WEIGHTS[rule.weight] + more, words)


@cache
def shipped() -> dict[str, Rule]:
    return {raw["code"]: _read(raw) for raw in catalogue.seed("suggestion_rules")["rule"]}


def _read(raw: dict[str, Any]) -> Rule:
    words, unless = tuple(raw["words"]), tuple(raw.get("unless", ()))
    return Rule(raw["code"], Kind(raw["kind"]), raw["target"], words, unless, raw["weight"], shipped=True)


def rules(session: Session) -> list[Rule]:
    """Every rule as it stands: the shipped ones, as the office changed them, then the office's own."""
    own = {row.code: row for row in session.scalars(select(SuggestionRule).order_by(SuggestionRule.number))}
    merged = [_own(own.pop(code)) if code in own else rule for code, rule in shipped().items()]
    return merged + [_own(row) for row in own.values()]


def _own(row: SuggestionRule) -> Rule:
    return Rule(
        row.code, Kind(row.kind), row.target, tuple(row.words), tuple(row.unless), row.weight, row.enabled,
        shipped=row.code in shipped(), changed=True,
    )  # fmt: skip


def sound(every: Iterable[Rule]) -> list[Rule]:
    """Those that speak: switched on and whole. One that speaks of what is no longer there is silent, not wrong."""
    return [rule for rule in every if rule.enabled and not list(problems(rule))]


def problems(rule: Rule, session: Session | None = None) -> Iterator[Problem]:
    """What keeps a rule from speaking. With a session, an area is also looked up."""
    if rule.kind not in OF_RULES:
        yield Problem("kind", N_("Rules speak for types, classes, areas and the key flag."))
    elif not known(rule.kind, rule.target, session):
        yield Problem("target", N_("What this rule speaks for does not exist (any more)."), rule.target)
    if rule.weight not in WEIGHTS:
        yield Problem("weight", N_("The weight is a number from 1 to 5."))
    if not rule.words:
        yield Problem("words", N_("A rule needs at least one word."))
    for name, lines in (("words", rule.words), ("unless", rule.unless)):
        if len(lines) > MOST_WORDS:
            yield Problem(name, N_("A rule has at most 60 words."))
        yield from (Problem(name, sentence, line) for line in lines if (sentence := wrong(line)))


def known(kind: Kind, target: str, session: Session | None = None) -> bool:
    if kind == Kind.AREA:
        return bool(target) and (session is None or session.get(Region, target) is not None)
    lists: dict[Kind, Iterable[str]] = {
        Kind.TYPE: catalogue.types(),
        Kind.TAG: catalogue.tags(),
        Kind.CLASS: catalogue.referral_classes(),
        Kind.KEY: (YES,),
    }
    return target in set(lists[kind])


def wrong(pattern: str) -> str:
    """Why a pattern cannot be used; empty when it can."""
    if len(pattern) > MOST_LETTERS:
        return N_("This is too long: at most 40 characters.")
    if any(not part for part in parts(pattern)):
        return N_("Words must stand on both sides of “…”.")
    if len(parts(pattern)) > MOST_PARTS:
        return N_("At most two “…” in one line.")
    if sum(map(len, parts(pattern))) < LEAST_LETTERS:
        return N_("One character is found everywhere: write at least two.")
    return ""
