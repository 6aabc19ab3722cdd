"""Where a case belongs, by both names of the region, or as it was printed where that is no region we know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    zh: str
    en: str


def area(zh: str | None, en: str | None, printed: str) -> Area:
    return Area(zh or printed, en or printed)
