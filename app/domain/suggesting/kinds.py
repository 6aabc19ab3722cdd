"""What can be suggested, how sure a suggestion is, and the grounds it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from app.domain.workflow.terms import Term


class Kind(Term):
    SCOPE = "scope", "是否受理", "In scope or not"
    CLASS = "class", "移交类别", "Class of referral"
    TYPE = "type", "污染类型", "Pollution type"
    TAG = "tag", "子类", "Sub-type"
    AREA = "area", "涉及区域", "Area"
    KEY = "key", "重点件", "Key report"
    REPEAT = "repeat", "重复件", "Repeat"


class Confidence(Term):
    STRONG = "strong", "很可能", "Very likely"
    LIKELY = "likely", "可能", "Likely"
    WEAK = "weak", "也许", "Perhaps"


class Voice(Term):
    """Who speaks for a suggestion."""

    RULE = "rule", "规则", "Rule"
    MODEL = "model", "模型", "Model"
    PLACE = "place", "地名", "Name of a place"
    SAID = "said", "举报人所选", "The reporter's choice"
    LIKE = "like", "相似来件", "Similar reports"


SHOWN, SURE, QUITE_SURE = 0.5, 0.65, 0.85
IN, OUT, YES = "accept", "refer", "yes"
"""The values of SCOPE are the two actions of the table; of KEY there is one."""


@dataclass(frozen=True)
class Ground:
    """One voice: which rule or model (`code`), how much it weighs (log-odds), and the words of the report it heard.

    Of similar reports `some` of `all` were decided so.
    """

    voice: Voice
    code: str
    weight: float
    words: tuple[str, ...] = ()
    some: int = 0
    all: int = 0

    @property
    def source(self) -> str:
        return f"{self.voice}:{self.code}" if self.code else str(self.voice)


@dataclass(frozen=True)
class Suggestion:
    """A value of a kind, how likely it is (0 to 1), and why. It decides nothing."""

    kind: Kind
    value: str
    score: float
    grounds: tuple[Ground, ...]

    @property
    def shown(self) -> bool:
        """Whether it is likely enough to be shown at all (see `offered`)."""
        return self.score >= SHOWN

    @property
    def confidence(self) -> Confidence:
        if self.score >= QUITE_SURE:
            return Confidence.STRONG
        return Confidence.LIKELY if self.score >= SURE else Confidence.WEAK


def offered(every: Sequence[Suggestion]) -> list[Suggestion]:
    """What is likely enough to be shown, and fits the scope that is suggested: no types for what is to be referred."""
    scope = next((one.value for one in every if one.kind == Kind.SCOPE), IN)
    idle = {Kind.CLASS} if scope == IN else {Kind.TYPE, Kind.TAG, Kind.AREA, Kind.KEY}
    return [one for one in every if one.shown and one.kind not in idle]


def probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def log_odds(share: float, most: float = 4.0) -> float:
    """Of a probability; what is all but certain counts no more than `most`."""
    return max(-most, min(most, log(share / (1 - share)))) if 0 < share < 1 else most * (1 if share else -1)
