"""The frozen words of batches. `seen`: what the page showed, so that nobody hands over what they did not read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TakeOut:
    """One case leaves a batch that has not been handed over."""

    batch_id: int
    case_id: int
    reason: str
    version: int | None = None
