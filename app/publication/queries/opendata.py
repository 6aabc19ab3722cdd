"""The published cases as records under the keys of the data dictionary, one at a time."""

from collections.abc import Iterator
from typing import Any

from app.db import session
from app.domain.geography import Place
from app.domain.inspection import Inspection
from app.domain.tables.disclosure import Narrowed
from app.domain.tables.opendata import as_table, record, records
from app.domain.tables.places import public_point
from app.domain.tables.table import PrintedTable


class Dataset:
    """Each record with its point, or none. `total` is how many are published in all; `shown` how many were read."""

    def __init__(self, inspection: Inspection, wanted: Narrowed) -> None:
        self.inspection = inspection
        self._rows, self.total = records(session(), inspection, wanted)
        self.shown = 0

    def __iter__(self) -> Iterator[tuple[dict[str, Any], Place | None]]:
        for row in self._rows():
            self.shown += 1
            yield (
                record(row, self.inspection),
                public_point(row),
            )


def table_of(inspection: Inspection, wanted: Narrowed) -> PrintedTable:
    """The same for a workbook or a text file."""
    return as_table(session(), inspection, wanted)
