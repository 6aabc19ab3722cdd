"""What rules, model, names of places, the reporter and similar reports say together of a report. It decides nothing.

Every voice adds its log-odds; what comes out is how likely each value is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import catalogue
from app.domain.suggesting.kinds import IN, OUT, SHOWN, YES, Ground, Kind, Suggestion, Voice, log_odds, probability
from app.domain.suggesting.model import Model
from app.domain.suggesting.places import Name, areas_in
from app.domain.suggesting.rules import Rule, folded, ground, heard

DOUBT, WHEN_IN_DOUBT = -0.8, 1.0
"""Before anybody has spoken: a value is rather not meant; a report is rather in scope (practice: accept)."""
CHOSEN, CHOSEN_AREA = 1.6, 2.2
AGAINST = 1.2
"""A class of referral speaks a little louder against the scope than a type speaks for it."""
MODEL_MOST = 3.0
SCOPE = "scope"
ALIKE, ALIKE_MOST = 0.7, 2.1
"""What each similar report says of the scope, and all of them at most."""


@dataclass(frozen=True)
class Fates:
    """What became of similar reports that have been judged: how many, how many accepted, referred to which class."""

    judged: int = 0
    accepted: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)

    @property
    def referred(self) -> int:
        return sum(self.classes.values())


@dataclass(frozen=True)
class Heard:
    """What is known of a report before it is judged. `types` and `area`: what its reporter chose."""

    words: str
    types: tuple[str, ...] = ()
    area: str | None = None
    fates: Fates = Fates()


@dataclass(frozen=True)
class Voices:
    """Who is asked. `offered`: the types this inspection knows; `version`: the model's number."""

    rules: Sequence[Rule]
    model: Model | None = None
    version: int = 0
    names: Sequence[Name] = ()
    offered: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None

    def weigh(self, heard_of: Heard) -> list[Suggestion]:
        """Everything anybody spoke for, the likeliest first within each kind; also what is too weak to be shown."""
        text = folded(heard_of.words)
        found: dict[tuple[Kind, str], list[Ground]] = {}
        for rule in self.rules:
            if self._offers(rule) and (words := heard(rule, text)):
                found.setdefault((rule.kind, rule.target), []).append(ground(rule, words))
        _lift_tags(found)
        said = self._ask_model(heard_of.words, found)
        for code in heard_of.types:
            found.setdefault((_kind_of(code), code), []).append(Ground(Voice.SAID, "", CHOSEN))
        self._find_places(text, heard_of.area, found)
        _class_fates(heard_of.fates, found)
        weighed = [_suggestion(kind, value, grounds) for (kind, value), grounds in found.items()]
        weighed = [one for one in weighed if one.grounds]
        scope = self._scope(said, weighed, heard_of)
        order = list(Kind)
        every = [*scope, *weighed]
        return sorted(every, key=lambda one: (order.index(one.kind), -one.score, one.value))

    def _offers(self, rule: Rule) -> bool:
        if rule.kind == Kind.AREA:
            return self.areas is None or rule.target in self.areas
        return rule.kind not in (Kind.TYPE, Kind.TAG) or self._knows(rule.target)

    def _knows(self, code: str) -> bool:
        tag = catalogue.tags().get(code)
        return not self.offered or (tag.parent if tag else code) in self.offered

    def _ask_model(self, words: str, found: dict[tuple[Kind, str], list[Ground]]) -> dict[str, float]:
        """The model's heads beside the rules: it speaks up for what it believes, and against what rules believe."""
        if self.model is None:
            return {}
        said = self.model.say(words)
        for head, share in said.items():
            kind, _, code = head.partition(":")
            if not code or (kind != Kind.CLASS and not self._knows(code)):
                continue
            key = (Kind(kind), code)
            if share >= SHOWN or key in found:
                because = self.model.because(words, head, against=share < SHOWN)
                told = Ground(Voice.MODEL, str(self.version), log_odds(share, MODEL_MOST), because)
                found.setdefault(key, []).append(told)
        return said

    def _find_places(self, text: str, chosen: str | None, found: dict[tuple[Kind, str], list[Ground]]) -> None:
        for area, grounds in areas_in(text, list(self.names)).items():
            found.setdefault((Kind.AREA, area), []).extend(grounds)
        if chosen is not None:
            found.setdefault((Kind.AREA, chosen), []).append(Ground(Voice.SAID, "", CHOSEN_AREA))

    def _scope(self, said: Mapping[str, float], weighed: Sequence[Suggestion], heard_of: Heard) -> list[Suggestion]:
        """In scope or not: types speak for it, classes of referral against it; the model and similar reports join in.

        Who has heard nothing says nothing.
        """
        inside, outside = _loudest(weighed, {Kind.TYPE, Kind.TAG}), _loudest(weighed, {Kind.CLASS}, AGAINST)
        alike = _alike(heard_of.fates)
        learned: list[Ground] = []
        if SCOPE in said and self.model is not None:
            share = said[SCOPE]
            because = self.model.because(heard_of.words, SCOPE, against=share < SHOWN)
            learned = [Ground(Voice.MODEL, str(self.version), log_odds(share), because)]
        voices = [*inside, *outside, *learned, *alike]
        if not voices:
            return []
        odds = (0.0 if learned else WHEN_IN_DOUBT) + sum(one.weight for one in voices)
        share = probability(odds)
        value, score = (IN, share) if share >= SHOWN else (OUT, 1 - share)
        sign = 1 if value == IN else -1
        for_it = sorted((one for one in voices if one.weight * sign > 0), key=lambda one: -abs(one.weight))
        return [Suggestion(Kind.SCOPE, value, score, tuple(for_it))]


def _lift_tags(found: dict[tuple[Kind, str], list[Ground]]) -> None:
    """A sub-type speaks for its type, with the same words."""
    for (kind, code), grounds in list(found.items()):
        tag = catalogue.tags().get(code) if kind == Kind.TAG else None
        if tag is not None and tag.parent:
            found.setdefault((Kind.TYPE, tag.parent), []).extend(grounds)


def _kind_of(code: str) -> Kind:
    return Kind.TAG if code in catalogue.tags() else Kind.TYPE


def _suggestion(kind: Kind, value: str, grounds: Iterable[Ground]) -> Suggestion:
    """The rules' voices count once each, however a value was reached."""
    single = tuple({(one.source, one.words): one for one in grounds}.values())
    rules = sorted((one.weight for one in single if one.voice == Voice.RULE), reverse=True)
    heaviest = sum(rules[:1]) + sum(rules[1:]) * 0.5
    odds = heaviest + sum(one.weight for one in single if one.voice != Voice.RULE)
    learned = any(one.voice == Voice.MODEL for one in single)
    spoken = tuple(sorted(single, key=lambda one: -one.weight))
    return Suggestion(kind, value, probability(odds if learned and not rules else odds + DOUBT), spoken)


def _loudest(weighed: Sequence[Suggestion], kinds: set[Kind], against: float = 0.0) -> list[Ground]:
    """The two loudest rules of these kinds; the model's opinion of the scope is asked for by itself."""
    rules = {
        one.code: one
        for suggestion in weighed
        if suggestion.kind in kinds
        for one in suggestion.grounds
        if one.voice == Voice.RULE
    }
    loud = sorted(rules.values(), key=lambda one: -one.weight)[:2]
    return [Ground(one.voice, one.code, one.weight * (-against if against else 1), one.words) for one in loud]


def _alike(fates: Fates) -> list[Ground]:
    if not fates.judged:
        return []
    leaning = fates.accepted - fates.referred
    weight = max(-ALIKE_MOST, min(ALIKE_MOST, ALIKE * leaning))
    some = fates.accepted if leaning > 0 else fates.referred
    return [Ground(Voice.LIKE, "", weight, (), some, fates.judged)] if weight else []


def _class_fates(fates: Fates, found: dict[tuple[Kind, str], list[Ground]]) -> None:
    for code, count in fates.classes.items():
        weight = min(ALIKE_MOST, ALIKE * count)
        found.setdefault((Kind.CLASS, code), []).append(Ground(Voice.LIKE, "", weight, (), count, fates.judged))


__all__ = ["IN", "OUT", "YES", "Fates", "Heard", "Voices"]
