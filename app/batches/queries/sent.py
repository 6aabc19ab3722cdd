"""What the city is sent: an allow-list row for each case, the same before hand-over and from the frozen manifest."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.tables.halves import Count, counted, total, weight
from app.kernel import crypto
from app.kernel.errors import N_, Refused


@dataclass(frozen=True)
class SentRow:
    """One case as it is sent. Of the report: its number, and the day it was received. `sha256` is the text's.

    Not `due_announced`: `due_on` was
    counted over a year whose working days nobody knew. `item`: which of its report's matters it is; None in batches
    handed over before this was told. `unit_id`, `unit`: whom the team names as responsible.
    """

    number: str
    part: int
    area_code: str | None
    area: str
    types: tuple[str, ...]
    key: bool
    shared: bool
    received_on: date
    text: str
    sha256: str
    due_on: date | None
    due_announced: bool = True
    item: int | None = None
    unit_id: int | None = None
    unit: str = ""

    @property
    def first(self) -> bool:
        """Whether it stands for the report, and not for a further part (+N)."""
        return (self.item or self.part) == 1

    @property
    def weight(self) -> Count:
        """One, or one half where two areas share the case."""
        return weight(shared=self.shared and self.item is not None)

    def keep(self) -> dict[str, Any]:
        """As JSON keeps it in the manifest."""
        days = {"received_on": self.received_on.isoformat(), "due_on": self.due_on and self.due_on.isoformat()}
        return asdict(self) | {"types": list(self.types)} | days

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "SentRow":
        due = kept["due_on"]
        days = {
            "received_on": date.fromisoformat(kept["received_on"]),
            "due_on": date.fromisoformat(due) if due else None,
        }
        return cls(**kept | {"types": tuple(kept["types"])} | days)


def sent_row(case: Case) -> SentRow:
    """A case as it would be sent now; its report must have been loaded."""
    return SentRow(
        number=case.number,
        part=case.part,
        area_code=case.area_code,
        area=case.area_printed,
        types=tuple(case.types),
        key=case.key,
        shared=case.shared,
        received_on=case.report.received_on,
        text=case.handover_text,
        sha256=text_hash(case.handover_text),
        due_on=case.feedback_due_on,
        due_announced=case.feedback_announced,
        item=case.item,
        unit_id=case.named_unit_id,
        unit=case.named_unit.name if case.named_unit else "",
    )


def text_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def fingerprint(cases: Sequence[Case]) -> str:
    """What somebody looked at: which cases, each at which version."""
    return crypto.digest(sorted([case.id, case.version] for case in cases))


def is_sound(batch: Batch) -> bool:
    """Whether a frozen batch is still what was handed over: its manifest's hash, and each text's own."""
    texts = all(row["sha256"] == text_hash(row["text"]) for row in batch.manifest)
    return texts and crypto.digest(batch.manifest) == batch.manifest_hash


@dataclass(frozen=True)
class AreaSum:
    """One area's part of a batch: reports handed over to it, and the further parts of split ones (+N)."""

    area: str
    reports: Count
    parts: Count
    key: Count

    @property
    def cases(self) -> Count:
        return counted(self.reports + self.parts)


@dataclass(frozen=True)
class Sums:
    """分解后 = 交办 + Σ(+N): cases are reports plus further parts, by area and in all; halves where areas share."""

    areas: tuple[AreaSum, ...]
    reports: Count
    parts: Count
    cases: Count
    key: Count


def sums(rows: Sequence[SentRow]) -> Sums:
    """The figures of a batch. A split report counts once, with its first part. Refused when they do not add up."""
    found = Sums(
        areas=tuple(_area(area, rows) for area in dict.fromkeys(row.area for row in rows)),
        reports=total(row.weight for row in rows if row.first),
        parts=total(row.weight for row in rows if not row.first),
        cases=total(row.weight for row in rows),
        key=total(row.weight for row in rows if row.key),
    )
    by_area = [total(getattr(area, name) for area in found.areas) for name in ("reports", "parts", "cases", "key")]
    if by_area != [found.reports, found.parts, found.cases, found.key] or found.cases != found.reports + found.parts:
        raise Refused(N_("The figures of this batch do not add up."))
    return found


def _area(area: str, rows: Sequence[SentRow]) -> AreaSum:
    own = [row for row in rows if row.area == area]
    return AreaSum(
        area=area,
        reports=total(row.weight for row in own if row.first),
        parts=total(row.weight for row in own if not row.first),
        key=total(row.weight for row in own if row.key),
    )
