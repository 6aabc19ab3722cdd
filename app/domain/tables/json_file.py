"""A printed table for programs: JSON, row by row, with what its headings and notes say."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.domain.tables.keeping import whole_file
from app.domain.tables.table import Cell, Counted, PrintedTable
from app.kernel import clock


def write_json(table: PrintedTable, target: Path) -> int:
    """`{"name", "title", "subtitle", "made_at", "headings", "notes", "rows", "shown", "total"}`.

    A row is a list in the order of the headings; sums of money are texts. Gives the number of rows. Raises OSError.
    """
    counted = Counted(table.rows())
    with whole_file(target) as path, path.open("w", encoding="utf-8") as file:
        head = _head(table)
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "rows": [')
        for number, line in enumerate(counted):
            told = json.dumps([_cell(cell) for cell in line], ensure_ascii=False)
            file.write(f"{',' if number else ''}\n  {told}")
        file.write(f'\n ],\n "shown": {counted.shown},\n "total": {max(table.total, counted.shown)}\n}}\n')
    return counted.shown


def _head(table: PrintedTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "subtitle": table.subtitle,
        "made_at": clock.local(table.moment).isoformat(timespec="minutes"),
        "headings": table.headings,
        "notes": table.notes,
    }


def _cell(cell: Cell) -> str | int:
    return str(cell) if isinstance(cell, Decimal) else cell
