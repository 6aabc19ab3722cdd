"""What a printed table is: its name, headings exactly as printed, rows that stream, and how many there are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from app.kernel import clock

Cell = str | int | Decimal
Line = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A heading as printed, how wide it is (in characters), and whether its cells are numbers, and shown how.

    `flows`: its texts go on over empty cells beside them, however wide it is, as the notes below the rows have to.
    """

    heading: str
    width: int = 12
    number: bool = False
    shown: str = "General"
    flows: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """`rows()` reads them anew, one at a time; `total` is how many there are of the whole kind, filtered or not.

    `notes` say what a reader would otherwise have to guess. `subtitle` names the inspection, and the batch if any.
    """

    name: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Line]]
    total: int
    moment: datetime
    notes: tuple[str, ...] = field(default=())

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    @property
    def dated(self) -> str:
        """The second line: whose table it is and when it was made, by the office's clock."""
        return f"{self.subtitle}　制表时间：{clock.local(self.moment):%Y-%m-%d %H:%M}"


def closing(shown: int, total: int) -> str:
    """The last line of every export: nobody has to guess whether rows were left out."""
    every = max(total, shown)
    return f"共 {every} 条，本表 {shown} 条（{shown} of {every} rows）"


class Counted:
    """The lines of a table, counted while they are written."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self.shown = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.shown += 1
            yield line
