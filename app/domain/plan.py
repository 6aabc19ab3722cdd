"""The plan 「整改方案」 as a text: every adopted version, changes that were proposed, and what two versions differ in.

A plan is target, day and measures. Once adopted it changes by approval only: a change is proposed with a reason and
decided by somebody else; each version is kept as it was (ADR 0025).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.rectification import Measure, Progress, Rectification
from app.domain.workflow.terms import Term
from app.kernel import clock


class PlanPart(Term):
    """What a plan is made of, as a difference names it."""

    TARGET = "target", "整改目标", "Target"
    TARGET_ON = "target_on", "整改期限", "To be reached by"
    MEASURE = "measure", "整改措施", "Measure"
    UNIT = "unit", "责任单位", "Responsible unit"
    DUE_ON = "due_on", "完成时限", "To be done by"
    COST = "cost", "投入资金（元）", "Money (yuan)"


@dataclass(frozen=True)
class PlanLine:
    """One measure as a plan words it. `position` is its number for ever; `cost` in 元, to the cent, or None."""

    position: int
    text: str
    unit_id: int | None
    unit: str
    due_on: date
    cost: Decimal | None = None


@dataclass(frozen=True)
class PlanText:
    """A whole plan as it is kept, compared and shown."""

    target: str
    target_on: date | None
    lines: tuple[PlanLine, ...]

    @classmethod
    def of(cls, record: Rectification) -> "PlanText":
        """The plan of a cycle as it stands."""
        return cls(record.target, record.target_on, tuple(_line(measure) for measure in record.measures))

    @classmethod
    def read(cls, content: dict[str, Any]) -> "PlanText":
        """From what `kept()` gave."""
        return cls(
            content["target"],
            _day(content["target_on"]),
            tuple(
                PlanLine(
                    position=one["position"],
                    text=one["text"],
                    unit_id=one["unit_id"],
                    unit=one["unit"],
                    due_on=date.fromisoformat(one["due_on"]),
                    cost=Decimal(one["cost"]) if one["cost"] is not None else None,
                )
                for one in content["measures"]
            ),
        )

    def kept(self) -> dict[str, Any]:
        """As JSON: days in ISO, sums as texts with two decimals."""
        return {
            "target": self.target,
            "target_on": self.target_on.isoformat() if self.target_on else None,
            "measures": [
                {
                    "position": one.position,
                    "text": one.text,
                    "unit_id": one.unit_id,
                    "unit": one.unit,
                    "due_on": one.due_on.isoformat(),
                    "cost": None if one.cost is None else f"{one.cost:.2f}",
                }
                for one in self.lines
            ],
        }

    @property
    def cost(self) -> Decimal | None:
        """What all measures cost together; None where no sum is named."""
        named = [one.cost for one in self.lines if one.cost is not None]
        return sum(named, Decimal(0)) if named else None


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `position`: of the measure, None for the plan's own. An empty side: it was not there."""

    part: PlanPart
    position: int | None
    before: str
    after: str


def differences(before: PlanText, after: PlanText) -> list[Difference]:
    """What the later plan says otherwise: target, day, then every measure by its number."""
    found = [
        *_differs(PlanPart.TARGET, None, before.target, after.target),
        *_differs(PlanPart.TARGET_ON, None, _said(before.target_on), _said(after.target_on)),
    ]
    was, now = ({one.position: one for one in plan.lines} for plan in (before, after))
    for position in sorted({*was, *now}):
        found += _of_measure(position, was.get(position), now.get(position))
    return found


def in_words(found: Iterable[Difference]) -> str:
    """The same for the ledger, a line each, in the office's words."""
    return "\n".join(f"{_named(one)}：{one.before or '（无）'} → {one.after or '（删除）'}" for one in found)


def _named(one: Difference) -> str:
    return f"措施{one.position} {one.part.zh}" if one.position else one.part.zh


def missed_months(measure: Measure, today: date) -> list[date]:
    """Months for which nothing was told: after the one in which it was planned, before this one, until it was done."""
    if measure.planned_at is None:
        return []
    told = {one.month for one in measure.told}
    ends = max(told, default=today) if measure.progress == Progress.DONE else today
    return [month for month in months_after(clock.local_date(measure.planned_at), ends) if month not in told]


def first_of(day: date) -> date:
    return day.replace(day=1)


def months_after(day: date, until: date) -> Iterator[date]:
    """The first days of the months after the one of `day` and before the one of `until`."""
    month = next_month(first_of(day))
    while month < first_of(until):
        yield month
        month = next_month(month)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _line(measure: Measure) -> PlanLine:
    unit = measure.unit.name if measure.unit else ""
    return PlanLine(measure.position, measure.text, measure.unit_id, unit, measure.due_on, measure.cost)


def _of_measure(position: int, was: PlanLine | None, now: PlanLine | None) -> list[Difference]:
    """A measure that is new or gone is one difference, by its words; else each part that differs."""
    if was is None or now is None:
        return [Difference(PlanPart.MEASURE, position, _whole(was), _whole(now))]
    return [
        *_differs(PlanPart.MEASURE, position, was.text, now.text),
        *_differs(PlanPart.UNIT, position, was.unit, now.unit),
        *_differs(PlanPart.DUE_ON, position, _said(was.due_on), _said(now.due_on)),
        *_differs(PlanPart.COST, position, _sum(was.cost), _sum(now.cost)),
    ]


def _whole(line: PlanLine | None) -> str:
    if line is None:
        return ""
    return "，".join(filter(None, (line.text, line.unit, _said(line.due_on), _sum(line.cost))))


def _differs(part: PlanPart, position: int | None, before: str, after: str) -> list[Difference]:
    return [] if before == after else [Difference(part, position, before, after)]


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sum(cost: Decimal | None) -> str:
    return "" if cost is None else f"{cost:,.2f}元"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
