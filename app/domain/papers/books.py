"""Workbooks of a batch: 转办情况表, 交办数量表, 污染类型统计表, with the headings as printed.

What stands above and below a table is worded by its template.
"""

import re
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from unicodedata import east_asian_width
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from app.domain import catalogue
from app.domain.papers.facts import Facts, told
from app.domain.papers.plain import Plain
from app.domain.tables import handover
from app.domain.tables.bulletin import Bulletin, part_of, tags_of
from app.domain.tables.halves import total
from app.domain.tables.table import Column, Line, PrintedTable
from app.domain.tables.writing import WIDE, WRAPS, write_xlsx
from app.kernel import clock

PLACE = "〔副本标记〕"
"""Where a copy's mark will stand: a line of its own, the last but one of the sheet."""
COUNTS = (
    Column("行政区域", 24, flows=True),
    Column("当日交办数量(件)", 22, number=True),
    Column("累计交办数量(件)", 22, number=True),
)
LINE, TALLEST, FIRST, SHEET = 15, 405, 4, "xl/worksheets/sheet1.xml"
ROW = re.compile(rb'<row r="(\d+)">')
STYLE, OF_COLUMNS = re.compile(rb' s="\d+"'), re.compile(rb' style="\d+"')
PROPERTIES = "docProps/core.xml"


def list_of_cases(facts: Facts, around: Plain) -> bytes:
    """转办情况表, from the texts as they were sent."""

    def rows() -> Iterable[Line]:
        for number, row in enumerate(facts.rows, 1):
            one = told(facts, row)
            yield (
                number,
                one["受理编号"],
                one["转办问题基本情况"],
                one["涉及区域"],
                one["污染类型"],
                one["责任单位"],
            )

    return _book(around, handover.COLUMNS, list(rows()))


def counts(bulletin: Bulletin, around: Plain) -> bytes:
    """交办数量表: the day's and all so far, by area; its last line is their sum."""
    lines: list[Line] = [(one.area.zh, one.today.cases, one.in_all.cases) for one in bulletin.areas]
    lines.append(("合计", bulletin.today.cases, bulletin.in_all.cases))
    return _book(around, COUNTS, lines)


def kinds(facts: Facts, around: Plain) -> bytes:
    """污染类型统计表: by unit, with a column for every type that occurs; 合计 counts tags, 移交件数 cases."""
    units = {unit: [row for row in facts.rows if facts.unit(row) == unit] for unit in map(facts.unit, facts.rows)}
    tags = {unit: tags_of(rows) for unit, rows in units.items()}
    named = {code: entry.zh for code, entry in catalogue.types().items()} | {"": "未列入目录"}
    columns = [code for code in named if any(code in found for found in tags.values())]
    figures = {
        unit: [part_of(rows).cases, *(tags[unit].get(code, 0) for code in columns), total(tags[unit].values())]
        for unit, rows in units.items()
    }
    lines: list[Line] = [(unit, *counted) for unit, counted in figures.items()]
    sums = [total(column) for column in zip(*figures.values(), strict=True)] or [0, 0]
    headings = [Column(named[code], 10, number=True) for code in columns]
    printed = (
        Column("单位", 28, flows=True),
        Column("移交件数", 12, number=True),
        *headings,
        Column("合计", 10, number=True),
    )
    return _book(around, printed, [*lines, ("合计", *sums)])


def _book(around: Plain, columns: tuple[Column, ...], lines: list[Line]) -> bytes:
    table = PrintedTable(
        name="paper",
        title=around.title,
        subtitle=around.below,
        columns=columns,
        rows=lambda: lines,
        total=len(lines),
        moment=clock.now(),
        notes=(*around.paragraphs, PLACE),
    )
    with tempfile.TemporaryDirectory(prefix="hotline-book-") as folder:
        file = Path(folder) / "book.xlsx"
        write_xlsx(table, file, ruled=True)
        return _as_printed(file.read_bytes(), columns, lines)


def _as_printed(content: bytes, columns: tuple[Column, ...], lines: list[Line]) -> bytes:
    """Lines around the table alone, and rows as high as their words.

    Excel sees to the heights itself, LibreOffice and some printers' programs do not.
    """
    heights = {FIRST + place: _height(columns, line) for place, line in enumerate(lines)}
    narrow = sum(column.width for column in columns) <= WIDE
    heights |= {1: 2 * LINE, 2: 2 * LINE if narrow else LINE}

    def taller(row: re.Match[bytes]) -> bytes:
        height = heights.get(int(row[1]), LINE)
        return row[0][:-1] + f' ht="{height}" customHeight="1">'.encode() if height > LINE else row[0]

    out = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for part in package.infolist():
            text = package.read(part)
            if part.filename == SHEET:
                rows, mark, below = text.partition(f'<row r="{FIRST + len(lines)}"'.encode())
                text = ROW.sub(taller, OF_COLUMNS.sub(b"", rows) + mark + STYLE.sub(b"", below))
            copy.writestr(part, text)
    return out.getvalue()


def _height(columns: tuple[Column, ...], line: Line) -> int:
    """In points, by the widths of the columns whose texts wrap; no row can be higher than TALLEST."""
    wrapping = [(str(cell), column.width) for cell, column in zip(line, columns, strict=True) if column.width >= WRAPS]
    needed = [sum(-(-max(_width(part), 1) // width) for part in text.split("\n")) for text, width in wrapping]
    return min(LINE * max(needed, default=1), TALLEST)


def _width(text: str) -> int:
    """In characters of half width; those of Chinese take two."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def marked(content: bytes, mark: str, copy_number: str) -> bytes:
    """A copy: its mark stands below the rows, and in the properties of the file."""
    out = BytesIO()
    told_of_it = f"<cp:keywords>{escape(copy_number)}</cp:keywords><dc:description>{escape(mark)}</dc:description>"
    with ZipFile(BytesIO(content)) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for part in package.infolist():
            text = package.read(part)
            if part.filename.startswith("xl/"):
                text = text.replace(PLACE.encode(), escape(mark).encode())
            if part.filename == PROPERTIES:
                text = text.replace(b"</cp:coreProperties>", told_of_it.encode() + b"</cp:coreProperties>")
            copy.writestr(part, text)
    return out.getvalue()
