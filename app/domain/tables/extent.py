"""How far a workbook's cells reach, before it is opened: a reader lays out every cell up to the last one written.

One word typed into the last row of a sheet makes a file of 6 kB ask for half a gigabyte; in the last column, for more
than there is. Cells that hold nothing (a border, a colour) do not count.
"""

import re
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile, ZipFile

MOST_CELLS = 10_000_000
"""Rows times columns: 50,000 rows of 200 columns."""
WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*(?<!/)>"
    rb"(?!\s*(?:</|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</))"
)
"""A cell that has a value: not one that closes at once, or whose value is empty."""
PIECE = 1024 * 1024


def reaches_too_far(file: IO[bytes]) -> str:
    """The cell that makes a sheet too wide or too long, as a spreadsheet calls it; "" when all of them fit."""
    try:
        with ZipFile(file) as package:
            for name in package.namelist():
                if WORKSHEET.fullmatch(name) and (cell := _beyond(package, name)):
                    return cell
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return ""  # whoever opens it says what is wrong with it
    return ""


def _beyond(package: ZipFile, name: str) -> str:
    rows = columns = 0
    for letters, number in _cells(package, name):
        rows, columns = max(rows, number), max(columns, _place(letters))
        if rows * columns > MOST_CELLS:
            return f"{letters.decode()}{number}"
    return ""


def _cells(package: ZipFile, name: str) -> Iterator[tuple[bytes, int]]:
    """Every cell in which something is written: its column's letters, its row."""
    left = b""
    with package.open(name) as sheet:
        while piece := sheet.read(PIECE):
            text = left + piece
            whole = text.rfind(b"row>") + len(b"row>") if b"row>" in text else 0
            for cell in CELL.finditer(text, 0, whole):
                yield cell[1], int(cell[2])
            left = text[whole:]


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place
