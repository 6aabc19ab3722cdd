"""The kinds of file a printed table can be had as."""

from collections.abc import Callable
from pathlib import Path

from app.domain.tables.json_file import write_json
from app.domain.tables.printing import write_docx, write_pdf
from app.domain.tables.table import PrintedTable
from app.domain.tables.writing import write_csv, write_xlsx

WRITERS: dict[str, Callable[[PrintedTable, Path], int]] = {
    "xlsx": write_xlsx, "docx": write_docx, "pdf": write_pdf, "csv": write_csv, "json": write_json,
}  # fmt: skip
"""Each writes a whole table and gives the number of its rows; after an error nothing of the file is left."""
ON_PAPER = frozenset({"docx", "pdf"})
"""These take no more rows than one would print."""
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
