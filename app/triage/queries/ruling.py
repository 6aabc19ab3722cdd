"""The rules of the suggestions as their pages show them: what each speaks for, how it stands, and what it misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.db import session
from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.region import Region
from app.domain.suggesting.kinds import YES, Kind
from app.domain.suggesting.records import SuggestionModel
from app.domain.suggesting.rules import OF_RULES, Problem, Rule, problems, rules
from app.kernel.errors import NotFound
from app.triage.queries.advising import name_of, regions

Choice = tuple[str, Kind, Any]


@dataclass(frozen=True)
class RuleRow:
    """`what` has the names of what the rule speaks for; `problems` keep it from speaking."""

    rule: Rule
    what: Any
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class RuleGroup:
    kind: Kind
    rows: tuple[RuleRow, ...]

    @property
    def broken(self) -> bool:
        return any(row.problems for row in self.rows)


def every_rule() -> list[RuleGroup]:
    """All rules by what kind of thing they speak for."""
    found = rules(session())
    places = regions([one.target for one in found if one.kind == Kind.AREA])
    rows = [RuleRow(one, name_of(one.kind, one.target, places), tuple(problems(one))) for one in found]
    return [RuleGroup(kind, tuple(row for row in rows if row.rule.kind == kind)) for kind in OF_RULES]


def one_rule(code: str) -> RuleRow:
    """Raises NotFound."""
    found = next((one for one in rules(session()) if one.code == code), None)
    if found is None:
        raise NotFound
    places = regions([found.target]) if found.kind == Kind.AREA else {}
    return RuleRow(found, name_of(found.kind, found.target, places), tuple(problems(found)))


def targets() -> list[Choice]:
    """Everything a rule can speak for: (`kind:code`, kind, what has its names)."""
    lists: Sequence[tuple[Kind, Any]] = (
        (Kind.TYPE, catalogue.types()),
        (Kind.TAG, catalogue.tags()),
        (Kind.CLASS, catalogue.referral_classes()),
    )
    found = [(f"{kind}:{code}", kind, entry) for kind, entries in lists for code, entry in entries.items()]
    found.append((f"{Kind.KEY}:{YES}", Kind.KEY, Kind.KEY))
    localities = select(Inspection.region_code)
    areas = select(Region).where(Region.parent_code.in_(localities)).order_by(Region.position)
    return [*found, *((f"{Kind.AREA}:{area.code}", Kind.AREA, area) for area in session().scalars(areas))]


def speaking_model() -> SuggestionModel | None:
    """The newest model, without its numbers."""
    newest = select(SuggestionModel).options(defer(SuggestionModel.body)).order_by(SuggestionModel.id.desc())
    return session().scalar(newest.limit(1))
