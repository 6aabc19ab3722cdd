"""What the documents of a batch are made of: its rows as sent, and of the inspection its names. Nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.batch import Batch
from app.domain.catalogue import printed_types
from app.domain.inspection import Inspection
from app.domain.people import Unit, UnitKind
from app.domain.tables.halves import sent_weight
from app.kernel import clock, crypto

Row = Mapping[str, Any]
UNSURE = "（期限涉及的年份尚未公布放假安排，暂按周末推算，以公布后核对的日期为准）"
SENT = frozenset(
    {"number", "part", "area_code", "area", "types", "key", "shared", "received_on", "text", "sha256", "due_on"}
    | {"due_announced", "item", "unit_id", "unit"}
)
"""All that is read of a row of the manifest."""


@dataclass(frozen=True)
class Facts:
    """Of one batch. `rows` as the manifest keeps them; `units`: an area's government, by the area's code."""

    round: str
    team: str
    locality: str
    label: str
    window: tuple[datetime, datetime]
    handed_on: date
    rows: Sequence[Row]
    units: Mapping[str | None, str]

    def unit(self, row: Row) -> str:
        """Who is named for the case, else the government of its area."""
        return row.get("unit") or self.units.get(row["area_code"]) or row["area"]

    def shell(self) -> list[Any]:
        """What every document of the batch says besides its rows, to be digested."""
        window = [moment.astimezone(UTC).isoformat() for moment in self.window]
        return [self.round, self.team, self.locality, self.label, window, self.handed_on.isoformat()]

    def of_case(self, row: Row) -> str:
        """The digest of all that goes into one case's order."""
        return crypto.digest([self.shell(), {name: row[name] for name in sorted(SENT & set(row))}, self.unit(row)])

    def of_all(self) -> str:
        """The digest of all that goes into a document of the whole batch."""
        return crypto.digest([self.shell(), [self.of_case(row) for row in self.rows]])


def facts_of(session: Session, inspection: Inspection, batch: Batch, rows: Sequence[Row]) -> Facts:
    """Of a batch that may not have been handed over yet: then the day is today, as it would be on the documents."""
    governments = select(Unit.region_code, func.min(Unit.name)).where(Unit.kind == UnitKind.COUNTY)
    found = session.execute(governments.group_by(Unit.region_code))
    return Facts(
        round=inspection.round,
        team=inspection.team,
        locality=inspection.region.zh,
        label=batch.label,
        window=(batch.window_from, batch.window_to),
        handed_on=clock.local_date(batch.handed_over_at) if batch.handed_over_at else clock.today(),
        rows=rows,
        units={code: name for code, name in found},  # noqa: C416  (rows, not pairs)
    )


def told(facts: Facts, row: Row) -> dict[str, str]:
    """One case in the words of a template, in the order of the printed form."""
    return {
        "受理编号": row["number"],
        "涉及区域": row["area"],
        "污染类型": printed_types(list(row["types"])),
        "责任单位": facts.unit(row),
        "收到日期": day(row["received_on"]),
        "反馈期限": due(row),
        "重点件": "是" if row["key"] else "",
        "共同办理": "共同办理" if sent_weight(row) != 1 else "",
        "转办问题基本情况": row["text"],
    }


def told_of_all(facts: Facts) -> dict[str, str]:
    """What every document may say of its batch."""
    start, end = facts.window
    return {
        "督察轮次": facts.round,
        "督察组": facts.team,
        "被督察地区": facts.locality,
        "批次": facts.label,
        "交办日期": day(facts.handed_on),
        "时段起": moment(start),
        "时段止": moment(end),
    }


def due(row: Row) -> str:
    """The day of the feedback; that it is not certain is said wherever it stands."""
    return day(row["due_on"]) + (UNSURE if row["due_on"] and not row.get("due_announced", True) else "")


def day(value: date | str | None) -> str:
    """2024年3月15日; "" for none."""
    if not value:
        return ""
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{known:%Y}年{known:%-m}月{known:%-d}日"


def moment(value: datetime) -> str:
    """3月14日20时, with the minutes when there are any."""
    return f"{clock.local(value):%-m月%-d日%-H时%M分}".replace("时00分", "时")
