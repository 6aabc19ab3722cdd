"""The statutory tables for their pages: a hundred rows at a time, and which batches they can be had of."""

from dataclasses import dataclass
from itertools import islice

from app.db import session
from app.domain.batch import Batch
from app.domain.inspection import Inspection
from app.domain.tables.press import OF_ONE_BATCH, PRESS, handed_batches, press
from app.domain.tables.table import Line, PrintedTable
from app.kernel.errors import NotFound
from app.web.paging import Page

AT_ONCE = 100


@dataclass(frozen=True)
class Shown:
    """A table, one page of its lines, the batches it can be had of, and the one it is of ("" for all)."""

    table: PrintedTable
    page: Page[Line]
    batches: list[str]
    batch: str


def printed_table(inspection: Inspection, name: str, batch: str = "") -> PrintedTable:
    """The whole table, or that of one batch by its label. Raises NotFound for names that are none."""
    if name not in PRESS:
        raise NotFound
    return press(session(), name, inspection, _batch(inspection, name, batch))


def shown(inspection: Inspection, name: str, batch: str, cursor: str) -> Shown:
    """`cursor` is the number of the page, from 1; anything else is the first."""
    table = printed_table(inspection, name, batch)
    number = int(cursor) if cursor.isdecimal() and cursor.isascii() and len(cursor) < 6 and int(cursor) else 1  # noqa: PLR2004
    start = (number - 1) * AT_ONCE
    lines = list(islice(table.rows(), start, start + AT_ONCE + 1))
    later = str(number + 1) if len(lines) > AT_ONCE else ""
    page = Page(lines[:AT_ONCE], str(number - 1) if number > 1 else "", later)
    batches = [one.label for one in handed_batches(session(), inspection)] if name in OF_ONE_BATCH else []
    return Shown(table, page, batches, batch)


def _batch(inspection: Inspection, name: str, label: str) -> Batch | None:
    if not label:
        return None
    found = [one for one in handed_batches(session(), inspection) if one.label == label]
    if not found or name not in OF_ONE_BATCH:
        raise NotFound
    return found[0]
