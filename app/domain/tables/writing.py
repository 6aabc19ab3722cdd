"""Writing a printed table: a workbook (.xlsx) or a text file (.csv), row by row; text never becomes a formula."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import Format, write_worksheet

from app.domain.tables.keeping import whole_file
from app.domain.tables.safety import fitting, guarded
from app.domain.tables.table import Cell, Column, Counted, PrintedTable, closing

HEADER_ROW = 2
SHEET_NAME_LENGTH = 31
WRAPS = 20
WIDE = 110
"""Characters: the second line of a narrower table takes two."""
BOM = "utf-8-sig"


def write_xlsx(table: PrintedTable, target: Path, *, ruled: bool = False) -> int:
    """Title, date, headings, rows, notes and the closing line; gives the number of rows. Raises OSError.

    `ruled`: with lines around every cell, also of what stands below the rows.
    """
    counted = Counted(table.rows())
    last = len(table.columns) - 1
    with whole_file(target) as path:
        write_worksheet(
            _records(table, counted),
            path,
            sheet_name=table.title[:SHEET_NAME_LENGTH],
            header_row=HEADER_ROW,
            merge_ranges=[(0, 0, 0, last, table.title, _title()), (1, 0, 1, last, table.dated, _plain())],
            row_heights={0: 30, 1: 15 if sum(column.width for column in table.columns) > WIDE else 30},
            header_format=_plain().set_bold().set_border("thin").set_align("center"),
            column_widths=[float(column.width) for column in table.columns],
            column_formats=[_lined(_body(column)) if ruled else _body(column) for column in table.columns],
            freeze_row=HEADER_ROW + 1,
            page_setup={"landscape": True, "paper_size": 9, "fit_to_pages": (1, 0), "repeat_rows": HEADER_ROW},
        )
    return counted.shown


def write_csv(table: PrintedTable, target: Path) -> int:
    """The same in UTF-8 with its mark (BOM), so that Excel and WPS read the Chinese; headings stand in the first line.

    Title, notes and the closing line come last, so that a program finds headings and rows where it expects them.
    """
    counted = Counted(table.rows())
    with whole_file(target) as path, path.open("w", encoding=BOM, newline="") as file:
        out = csv.writer(file)
        out.writerow(table.headings)
        for line in counted:
            out.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in line])
        for said in [table.title, table.dated, *table.notes, closing(counted.shown, table.total)]:
            out.writerow([guarded(said)])
    return counted.shown


def _records(table: PrintedTable, counted: Counted) -> Iterator[dict[str, Any]]:
    """The lines under their headings; the notes and the closing line stand in the first column that holds text."""
    headings = table.headings
    for line in counted:
        yield {heading: _cell(cell) for heading, cell in zip(headings, line, strict=True)}
    blank: dict[str, Any] = dict.fromkeys(headings, None)
    for said in [*table.notes, closing(counted.shown, table.total)]:
        yield blank | {headings[0]: said}


def _cell(cell: Cell) -> str | float | None:
    if isinstance(cell, str):
        return fitting(cell) or None
    return float(cell) if isinstance(cell, Decimal) else cell


def _plain() -> Format:
    return Format().set_align("top").set_text_wrap()


def _title() -> Format:
    return Format().set_bold().set_font_size(16).set_align("center").set_align("vertical_center")


def _lined(kind: Format) -> Format:
    return kind.set_border("thin")


def _body(column: Column) -> Format:
    """Text is marked as text twice: by its format, and by the sign that keeps it so when somebody edits the cell.

    Narrow columns do not wrap: the closing line begins in the first of them.
    """
    top = Format().set_align("top") if column.width < WRAPS or column.flows else _plain()
    return top.set_num_format(column.shown) if column.number else top.set_num_format("@").set_quote_prefix()
