"""Bars for a page: numbers to rows of segments in hundredths of the widest, for components/charts.html to draw.

Layout only, no counting. Told apart without colour: each series has its own pattern, every bar its value beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

PATTERNS = ("solid", "stripes", "dots", "cross", "bars", "blank")
"""Names of the patterns in components/charts.html, in the order in which series take them."""
Number = int | Decimal


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: where it begins and how long it is, in percent of the drawing's width."""

    name: str
    value: Number
    start: float
    length: float
    pattern: str


@dataclass(frozen=True)
class Bar:
    """One row: `value` is the sum of its segments, `shown` how it is written."""

    label: str
    value: Number
    shown: str
    segments: tuple[Segment, ...]
    href: str = ""


@dataclass(frozen=True)
class Chart:
    """`series` are the names in the order of their patterns; one name or none needs no key."""

    series: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def patterns(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, pattern_of(at)) for at, name in enumerate(self.series))

    @property
    def blank(self) -> bool:
        return not any(bar.value for bar in self.bars)


@dataclass(frozen=True)
class Row:
    """What a chart is made of: a label, one value for each series, a way to what is behind it."""

    label: str
    values: tuple[Number, ...]
    shown: str = ""
    href: str = ""


def pattern_of(at: int) -> str:
    return PATTERNS[at % len(PATTERNS)]


def chart(series: Sequence[str], rows: Iterable[Row]) -> Chart:
    """Bars on one scale; the longest fills the drawing."""
    every = list(rows)
    widest = max((Decimal(sum(row.values)) for row in every), default=Decimal()) or Decimal(1)
    return Chart(tuple(series), tuple(_bar(series, row, widest) for row in every))


def _bar(series: Sequence[str], row: Row, widest: Decimal) -> Bar:
    segments, start = [], 0.0
    for at, (name, value) in enumerate(zip(series, row.values, strict=True)):
        length = round(float(value / widest * 100), 2)
        if value:
            segments.append(Segment(name, value, round(start, 2), length, pattern_of(at)))
        start += length
    total = Decimal(sum(row.values))
    whole = int(total) if total == int(total) else total
    return Bar(row.label, whole, row.shown or str(whole), tuple(segments), row.href)
