"""The suggestions for one report as its page shows them: grouped by the decision each one leads to, with grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import session
from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.report import Report
from app.domain.search import Repeat
from app.domain.suggesting import Confidence, Ground, Kind, Suggestion, Voice, suggestions, voices
from app.domain.suggesting.kinds import offered
from app.domain.suggesting.rules import Rule, rules
from app.domain.suggesting.weighing import Heard
from app.domain.workflow.engine import Offer
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import ReportAction as A

LEADS_TO = {Kind.TYPE: A.ACCEPT, Kind.TAG: A.ACCEPT, Kind.AREA: A.ACCEPT, Kind.CLASS: A.REFER}
MOST_GROUNDS = 3


@dataclass(frozen=True)
class Because:
    """One ground, and what it speaks for (a term, a catalogue's entry, a region: whatever has both names)."""

    ground: Ground
    what: Any


@dataclass(frozen=True)
class Line:
    """One suggestion: what it is called, how sure it is, and why."""

    kind: Kind
    value: str
    what: Any
    confidence: Confidence
    because: tuple[Because, ...]


@dataclass(frozen=True)
class Group:
    """What leads to one decision. `lean`: how sure it is that this is the decision to take, if anybody says so."""

    action: A
    lean: Line | None
    lines: tuple[Line, ...]

    @property
    def first(self) -> str:
        """The value that opens the decision's form, for a decision that takes one: the likeliest class."""
        return next((line.value for line in self.lines), "")


@dataclass(frozen=True)
class Advice:
    """All that is suggested for a report to this actor."""

    groups: tuple[Group, ...]

    def values(self, kind: Kind) -> dict[str, Line]:
        every = (line for group in self.groups for line in group.lines)
        return {line.value: line for line in every if line.kind == kind}


def advice(report: Report, offers: Sequence[Offer], likes: Sequence[Repeat] | None = None) -> Advice | None:
    """What is suggested for the decisions this actor may take now; None where there is none to take.

    Possible repeats have a place of their own on the page; `likes`: those, where they were looked up for it.
    """
    open_to = [offer.action for offer in offers if offer.blocked is None]
    if not {A.ACCEPT, A.REFER, A.MARK_KEY} & set(open_to):
        return None
    lines = lines_of(offered(suggestions(session(), report, likes)))
    return Advice(tuple(grouped(lines, open_to, already_key=report.key)))


def tried(inspection: Inspection, text: str) -> tuple[Group, ...]:
    """What would be suggested for a text that somebody tries; the order is that of the decisions."""
    every = voices(session(), inspection).weigh(Heard(text))
    return tuple(grouped(lines_of(offered(every)), [A.ACCEPT, A.REFER, A.MARK_KEY], already_key=False))


def grouped(lines: Sequence[Line], open_to: Sequence[Term], *, already_key: bool) -> list[Group]:
    """By decision, the one that is leaned to first."""
    key_by = A.MARK_KEY if A.MARK_KEY in open_to else A.ACCEPT
    leans = {line.value: line for line in lines if line.kind == Kind.SCOPE}
    found: dict[A, list[Line]] = {A(value): [] for value in leans}
    for line in lines:
        if line.kind == Kind.KEY and not already_key:
            found.setdefault(key_by, []).append(line)
        elif line.kind in LEADS_TO:
            found.setdefault(LEADS_TO[line.kind], []).append(line)
    return [Group(action, leans.get(str(action)), tuple(of_it)) for action, of_it in found.items() if action in open_to]


def lines_of(every: Sequence[Suggestion]) -> list[Line]:
    known = {rule.code: rule for rule in rules(session())}
    places = regions([one.value for one in every if one.kind == Kind.AREA])
    return [_line(one, known, places) for one in every if one.kind != Kind.REPEAT]


def _line(one: Suggestion, known: Mapping[str, Rule], places: Mapping[str, Any]) -> Line:
    what = name_of(one.kind, one.value, places)
    grounds = one.grounds[:MOST_GROUNDS]
    return Line(one.kind, one.value, what, one.confidence, tuple(_because(ground, what, known) for ground in grounds))


def _because(ground: Ground, what: Any, known: Mapping[str, Rule]) -> Because:
    """A rule speaks for its own target, also where that lends weight to something else."""
    rule = known.get(ground.code) if ground.voice == Voice.RULE else None
    return Because(ground, what if rule is None or rule.kind == Kind.AREA else name_of(rule.kind, rule.target, {}))


def name_of(kind: Kind, value: str, places: Mapping[str, Any]) -> Any:
    """What has the names of a value; a value nobody knows (any more) is its own name."""
    lists: dict[Kind, Mapping[str, Any]] = {
        Kind.SCOPE: {str(action): action for action in A},
        Kind.TYPE: catalogue.types(),
        Kind.TAG: catalogue.tags(),
        Kind.CLASS: catalogue.referral_classes(),
        Kind.AREA: places,
    }
    return A.MARK_KEY if kind == Kind.KEY else lists.get(kind, {}).get(value, catalogue.Said(value, value))


def regions(codes: Sequence[str]) -> dict[str, Region]:
    if not codes:
        return {}
    return {one.code: one for one in session().scalars(select(Region).where(Region.code.in_(codes)))}
