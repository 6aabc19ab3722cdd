"""A printed table as an office lays it on paper: PDF set by typst, Word with the headings on every page."""

import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.domain.tables.keeping import whole_file
from app.domain.tables.table import Counted, Line, PrintedTable, closing
from app.domain.typesetting import chinese_fonts, typeset
from app.kernel.errors import N_, Refused
from app.settings import ROOT

SOURCES = ROOT / "templates" / "documents"
MOST_PRINTED = 5_000
"""Rows. Nobody reads more on paper, and a PDF is made in the memory of the machine."""
TOO_LONG = N_(
    "The table has more than %(most)s rows: too many for paper. Please choose a batch, or take it as Excel or CSV."
)
LARGE, SMALL, MANY_COLUMNS = 9, 7, 9
"""Points of the letters, of a table with few columns and with many."""
ACROSS, INSIDE = 755, 4
"""Points between the margins of a landscape A4 page, and between a cell's line and its text."""
UNBROKEN, WIDTH = re.compile(r"[\x21-\x7e]+"), 0.7
"""What no line breaks within, such as a number, and how wide its letters are at most, of their height."""
TWENTIETHS = 20
HERE = "the rows stand here"


def write_pdf(table: PrintedTable, target: Path) -> int:
    """The table on landscape A4; gives the number of rows. Raises OSError; Refused for more rows than `MOST_PRINTED`
    and where there is no Chinese font.
    """
    rows = _to_print(table)
    data = {
        "title": table.title,
        "dated": table.dated,
        "headings": table.headings,
        "widths": _widths(table, rows),
        "numbers": [column.number for column in table.columns],
        "size": _points(table),
        "rows": [[str(cell) for cell in row] for row in rows],
        "notes": _below(table, len(rows)),
        "fonts": chinese_fonts(),
    }
    made = typeset(SOURCES / "table.typ", SOURCES, {"data": json.dumps(data, ensure_ascii=False)})
    with whole_file(target) as path:
        path.write_bytes(made)
    return len(rows)


def write_docx(table: PrintedTable, target: Path) -> int:
    """The same for Word. Raises OSError, and Refused for more rows than `MOST_PRINTED`.

    The frame is made by python-docx; the rows are written into it as text, since that takes milliseconds where the
    library takes minutes.
    """
    rows = _to_print(table)
    with (
        whole_file(target) as path,
        ZipFile(BytesIO(_frame(table, len(rows)))) as frame,
        ZipFile(path, "w", ZIP_DEFLATED) as out,
    ):
        for part in frame.infolist():
            content = frame.read(part)
            if part.filename == "word/document.xml":
                content = _with_rows(content.decode(), table, rows).encode()
            out.writestr(part, content)
    return len(rows)


def _to_print(table: PrintedTable) -> list[Line]:
    counted, rows = Counted(table.rows()), list[Line]()
    for line in counted:
        rows.append(line)
        if len(rows) > MOST_PRINTED:
            raise Refused(TOO_LONG, most=MOST_PRINTED)
    return rows


def _widths(table: PrintedTable, rows: list[Line]) -> list[float]:
    """Points for each column: by the widths of the office's table, and no number is broken or runs into the next."""
    size = _points(table)
    least = [0.0] * len(table.columns)
    for row in rows:
        for place, cell in enumerate(row):
            longest = max((len(run) for run in UNBROKEN.findall(str(cell))), default=0)
            least[place] = max(least[place], longest * size * WIDTH + 2 * INSIDE)
    shares = [column.width for column in table.columns]
    tight = {n for n, share in enumerate(shares) if least[n] > ACROSS * share / sum(shares)}
    left = ACROSS - sum(least[n] for n in tight)
    others = sum(share for n, share in enumerate(shares) if n not in tight) or 1
    if left < ACROSS / 2:  # an address of two hundred letters: then it is broken after all
        return [ACROSS * share / sum(shares) for share in shares]
    return [least[n] if n in tight else left * share / others for n, share in enumerate(shares)]


def _below(table: PrintedTable, shown: int) -> list[str]:
    return [*table.notes, closing(shown, table.total)]


def _points(table: PrintedTable) -> int:
    return SMALL if len(table.columns) > MANY_COLUMNS else LARGE


# ── Word ──


def _frame(table: PrintedTable, shown: int) -> bytes:
    """Title, date line, the place of the rows, notes: a landscape page."""
    document = Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(_points(table))
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    normal.paragraph_format.space_after = Pt(0)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = heading.add_run(table.title)
    title.bold, title.font.size = True, Pt(16)
    document.add_paragraph(table.dated).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(HERE)
    for said in _below(table, shown):
        document.add_paragraph(said)
    document.core_properties.title, document.core_properties.author = table.title, table.subtitle
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _with_rows(frame: str, table: PrintedTable, rows: list[Line]) -> str:
    at = frame.index(HERE)
    begins, ends = frame.rindex("<w:p>", 0, at), frame.index("</w:p>", at) + len("</w:p>")
    return frame[:begins] + "".join(_table(table, rows)) + frame[ends:]


def _table(table: PrintedTable, rows: list[Line]) -> Iterator[str]:
    widths = [round(width * TWENTIETHS) for width in _widths(table, rows)]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{ACROSS * TWENTIETHS}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
    inside = "".join(f'<w:{side} w:w="{INSIDE * TWENTIETHS}" w:type="dxa"/>' for side in ("left", "right"))
    yield f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inside}</w:tblCellMar></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    yield _row(table.headings, widths, ["center"] * len(widths), heading=True)
    aside = ["right" if column.number else "left" for column in table.columns]
    for row in rows:
        yield _row([str(cell) for cell in row], widths, aside)
    yield "</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], aside: Sequence[str], *, heading: bool = False) -> str:
    letters, kind = ("<w:rPr><w:b/></w:rPr>", "<w:tblHeader/>") if heading else ("", "")
    said = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>'
        f"<w:r>{letters}{_lines(cell)}</w:r></w:p></w:tc>"
        for cell, width, side in zip(cells, widths, aside, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{said}</w:tr>"


def _lines(text: str) -> str:
    """A text with its line ends; what XML cannot hold is left out."""
    kept = "".join(letter for letter in text if letter in "\n\t" or " " <= letter not in "\ufffe\uffff")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in kept.split("\n"))
