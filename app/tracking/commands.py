"""What the holder of a query code says, frozen on its way to the service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """Words for one report: the answer to a question, something added, the reason of a withdrawal."""

    report_id: int
    words: str


@dataclass(frozen=True)
class Rate:
    """What the reporter thinks of the answer; `reason` has to be given with "dissatisfied"."""

    report_id: int
    rating: str
    reason: str = ""
