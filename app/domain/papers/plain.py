"""A document as the office words it in plain lines: titles, rows of a table and paragraphs, without a program for it.

`# ` begins a title, `## ` the line below it, `| 受理编号 | {{ 受理编号 }} |` is a row of two cells or four, whatever
else stands there is a paragraph. What is filled in never makes a line or a cell of its own: lines and cells are told
apart before anything is filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.papers.filling import STATEMENT, TAG, fill
from app.kernel.errors import N_, Refused
from app.kernel.text import excerpt

LINE, CELL, TITLE, BELOW = "\x1c", "\x1d", "\x1e", "\x1f"
"""What stands between and before the parts while words are filled in; no text may contain them."""
PARTS = str.maketrans("", "", LINE + CELL + TITLE + BELOW)
CELLS = (2, 4)
BAD_ROW = N_("Line %(place)s, “%(text)s”: a row of the table has two cells or four.")
NO_ROWS = N_("Line %(place)s, “%(text)s”: this document has its own table, so no row can stand here.")


@dataclass(frozen=True)
class Plain:
    """`title` and `below`: the last line of each kind. `blocks`: rows and paragraphs in their order."""

    title: str
    below: str
    blocks: tuple[tuple[str, ...], ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(block[0] for block in self.blocks if len(block) == 1)


def look_over(source: str, *, rows: bool) -> None:
    """Raises Refused, naming the line, for a row that cannot be printed; `rows`: whether there can be any."""
    for number, line in enumerate(source.splitlines(), 1):
        cells = _marked(line).count(CELL) + 1
        if cells > 1 and (not rows or cells not in CELLS):
            raise Refused(BAD_ROW if rows else NO_ROWS, place=number, text=excerpt(line, 40))


def filled_in(source: str, context: Mapping[str, Any]) -> Plain:
    """The lines with their words. Raises Refused when they cannot be filled in."""
    text = fill(_source(source.translate(PARTS).splitlines()), {name: _clean(value) for name, value in context.items()})
    titles, below, blocks = [""], [""], []
    for line in text.split(LINE):
        if line.startswith(TITLE):
            titles.append(line[1:].strip())
        elif line.startswith(BELOW):
            below.append(line[1:].strip())
        elif line.strip():
            blocks.append(tuple(cell.strip() for cell in line.split(CELL)))
    return Plain(titles[-1], below[-1], tuple(blocks))


def _source(lines: Iterable[str]) -> str:
    return "".join(_marked(line) + ("" if _only_says_when(line) else LINE) for line in lines)


def _marked(line: str) -> str:
    """A line of a template with its parts marked."""
    for sign, mark in (("## ", BELOW), ("# ", TITLE)):
        if line.startswith(sign):
            return mark + line.removeprefix(sign)
    if not line.lstrip().startswith("|"):
        return line
    row = line.strip().removeprefix("|").removesuffix("|")
    between, tags = TAG.split(row), TAG.findall(row)
    return "".join(words.replace("|", CELL) + tag for words, tag in zip(between, [*tags, ""], strict=True))


def _only_says_when(line: str) -> bool:
    """A line of nothing but {% … %} is none of the document's."""
    return bool(STATEMENT.search(line)) and not STATEMENT.sub("", line).strip()


def _clean(value: Any) -> Any:
    return value.translate(PARTS) if isinstance(value, str) else value
