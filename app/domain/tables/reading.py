"""Reading a printed table back: .xlsx, or .csv in UTF-8 or GB18030; finds its headings, gives rows as plain text."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from app.domain.tables.extent import reaches_too_far
from app.domain.tables.safety import unguarded
from app.kernel.errors import N_, Refused

HEADINGS_WITHIN = 20
EXACT_FIGURES = 10**15
"""From here on a workbook keeps a figure rounded."""
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class SheetRow:
    """A row by its headings; `place` is its number in the sheet, from 1. `problem`: why it cannot be read."""

    place: int
    cells: dict[str, str]
    problem: str = ""


def read_table(file: Path, wanted: Sequence[str], numbered: str = "序号") -> Iterator[SheetRow]:
    """The rows under the wanted headings; columns of other names are left alone.

    Raises OSError, and Refused naming the headings that are missing. `numbered` may be missing. A line that stands
    below the table (a note, the closing line) is none of its rows.
    """
    rows = enumerate(cells_of(file.read_bytes(), file.name), 1)
    columns = _find_headings(rows, [heading for heading in wanted if heading != numbered])
    for place, cells in rows:
        found = {heading: _value(cells, at) for heading, at in columns.items()}
        if any(found.values()):
            yield SheetRow(place, found, _problem(cells, columns))


def cells_of(content: bytes, name: str) -> Iterator[list[Any]]:
    """Every row of the first sheet as its cells: of a workbook when the name ends in .xlsx, else of a text. Refused."""
    return _workbook(content, name) if name.lower().endswith(".xlsx") else _text(content, name)


def _workbook(content: bytes, name: str) -> Iterator[list[Any]]:
    if far := reaches_too_far(io.BytesIO(content)):
        raise Refused(N_("%(file)s: something is written far from the table, in cell %(cell)s."), file=name, cell=far)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        yield from sheet.iter_rows()
    except CalamineError as error:
        raise Refused(N_("%(file)s cannot be read as a workbook."), file=name) from error


def _text(content: bytes, name: str) -> Iterator[list[Any]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield from ([unguarded(cell) for cell in line] for line in csv.reader(io.StringIO(text), strict=False))
        except csv.Error as error:
            raise Refused(N_("%(file)s cannot be read as a table."), file=name) from error
        return
    raise Refused(N_("%(file)s is neither UTF-8 nor GB18030."), file=name)


def _find_headings(rows: Iterable[tuple[int, list[Any]]], wanted: list[str]) -> dict[str, int]:
    """Where each heading stands; takes the first row that has any two of them."""
    best: list[str] = wanted
    for place, cells in rows:
        known = {plain_heading(str(cell)): at for at, cell in reversed(list(enumerate(cells)))}
        missing = [heading for heading in wanted if plain_heading(heading) not in known]
        if len(wanted) - len(missing) >= 2:  # noqa: PLR2004  (a title may repeat one heading's words, not two)
            best = missing
            if not missing:
                return {heading: known[plain_heading(heading)] for heading in wanted}
            break
        if place >= HEADINGS_WITHIN:
            break
    raise Refused(N_("These headings are missing: %(headings)s."), headings="、".join(best))


def plain_heading(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split())


def _value(cells: list[Any], at: int) -> str:
    cell = cells[at] if at < len(cells) else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _problem(cells: list[Any], columns: dict[str, int]) -> str:
    """A long number kept as a figure has already been rounded by whoever wrote the sheet."""
    for heading, at in columns.items():
        cell = cells[at] if at < len(cells) else ""
        if isinstance(cell, float) and abs(cell) >= EXACT_FIGURES:
            return N_("the figure in %(heading)s has more digits than the sheet keeps") % {"heading": heading}
    return ""
