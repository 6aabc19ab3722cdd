"""What the suggestions were worth: how often they were right, by kind, by week, by each voice; and the cases behind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.db import session
from app.domain.inspection import Inspection
from app.domain.people import Actor
from app.domain.report import Report
from app.domain.scope import scoped
from app.domain.suggesting.keeping import week_of
from app.domain.suggesting.kinds import Kind, Voice
from app.domain.suggesting.records import EVERY, SuggestionKept
from app.domain.suggesting.rules import rules
from app.domain.workflow.terms import Term
from app.kernel import clock
from app.triage.queries.advising import name_of, regions

WEEKS = 12
SHOWN = 100


class How(Term):
    """What a suggestion came to."""

    RIGHT = "right", "采纳", "Followed"
    WRONG = "wrong", "未采纳", "Not followed"
    MISSED = "missed", "漏提", "Missed"


@dataclass
class Counted:
    """`right`: suggested and decided; `wrong`: suggested and not decided; `missed`: decided and not suggested."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> int | None:
        return _percent(self.right, self.right + self.wrong)

    @property
    def recall(self) -> int | None:
        return _percent(self.right, self.right + self.missed)

    @property
    def agreement(self) -> int | None:
        """Of all that was suggested or decided, how much was both."""
        return _percent(self.right, self.right + self.wrong + self.missed)

    def add(self, count: int, *, suggested: bool, decided: bool) -> None:
        if suggested and decided:
            self.right += count
        elif suggested:
            self.wrong += count
        elif decided:
            self.missed += count


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True)
class VoiceRow:
    """One rule or model: what it is called, and of what kind it was counted."""

    source: str
    kind: Kind
    what: Any
    words: tuple[str, ...]
    counted: Counted

    @property
    def is_model(self) -> bool:
        return self.source.startswith(Voice.MODEL)

    @property
    def code(self) -> str:
        return self.source.partition(":")[2]


@dataclass
class Worth:
    """`weeks`: the newest first. `decisions`: how many reports were decided in all of them."""

    since: date
    kinds: dict[Kind, Counted] = field(default_factory=dict)
    weeks: dict[date, dict[Kind, Counted]] = field(default_factory=dict)
    voices: list[VoiceRow] = field(default_factory=list)
    decisions: int = 0


@dataclass(frozen=True)
class Behind:
    """A report behind a figure, and the value it was counted for."""

    id: int
    number: str
    what: Any
    week: date


def worth(inspection: Inspection, weeks: int = WEEKS) -> Worth:
    """Of so many weeks, this one included. What was undone counts for nothing."""
    found = Worth(week_of(clock.today()) - timedelta(weeks=weeks - 1))
    here = _here(inspection, found.since)
    kept = SuggestionKept
    flags = (kept.kind, kept.suggested, kept.decided)
    by_week = select(kept.week, *flags, func.count()).where(*here, kept.source == EVERY).group_by(kept.week, *flags)
    for week, kind, suggested, decided, count in session().execute(by_week.order_by(kept.week.desc())):
        of_week = found.weeks.setdefault(week, {}).setdefault(Kind(kind), Counted())
        of_week.add(count, suggested=suggested, decided=decided)
        found.kinds.setdefault(Kind(kind), Counted()).add(count, suggested=suggested, decided=decided)
    found.kinds = {kind: found.kinds[kind] for kind in Kind if kind in found.kinds}
    found.voices = _voices(here)
    found.decisions = session().scalar(select(func.count(kept.report_id.distinct())).where(*here)) or 0
    return found


def _here(inspection: Inspection, since: date) -> Iterable[ColumnElement[bool]]:
    kept = SuggestionKept
    return (kept.inspection_id == inspection.id, kept.week >= since, kept.withdrawn.is_(False))


def _voices(here: Iterable[ColumnElement[bool]]) -> list[VoiceRow]:
    """A rule by its own kind alone: what a sub-type lends to its type is not counted twice. The loudest first."""
    kept = SuggestionKept
    query = select(kept.source, kept.kind, kept.decided, func.count()).where(*here, kept.source != EVERY)
    counted: dict[tuple[str, Kind], Counted] = defaultdict(Counted)
    for source, kind, decided, count in session().execute(query.group_by(kept.source, kept.kind, kept.decided)):
        counted[source, Kind(kind)].add(count, suggested=True, decided=decided)
    known = {f"rule:{one.code}": one for one in rules(session())}
    places = regions([one.target for one in known.values() if one.kind == Kind.AREA])
    rows = []
    for (source, kind), figures in counted.items():
        rule = known.get(source)
        if rule is None:
            rows.append(VoiceRow(source, kind, None, (), figures))
        elif rule.kind == kind:
            rows.append(VoiceRow(source, kind, name_of(kind, rule.target, places), rule.words, figures))
    return sorted(rows, key=lambda row: (-(row.counted.right + row.counted.wrong), row.source, row.kind))


def behind(
    actor: Actor, inspection: Inspection, kind: Kind, how: How, source: str = EVERY, weeks: int = WEEKS
) -> tuple[list[Behind], int]:
    """The reports behind one figure, the newest first, and how many there are. Only those the actor may see."""
    kept = SuggestionKept
    since = week_of(clock.today()) - timedelta(weeks=weeks - 1)
    wanted = (
        *_here(inspection, since), kept.source == source, kept.kind == str(kind),
        kept.suggested.is_(how != How.MISSED), kept.decided.is_(how != How.WRONG),
    )  # fmt: skip
    visible = scoped(actor, Report).with_only_columns(Report.id)
    query = (
        select(Report.id, Report.number, kept.value, kept.week)
        .join(Report, Report.id == kept.report_id)
        .where(*wanted, Report.id.in_(visible))
    )
    total = session().scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session().execute(query.order_by(kept.id.desc()).limit(SHOWN)).all()
    places = regions([row.value for row in rows]) if kind == Kind.AREA else {}
    return [Behind(row.id, row.number, name_of(kind, row.value, places), row.week) for row in rows], total
