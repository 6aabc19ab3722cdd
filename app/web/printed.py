"""A printed table as a file to keep: written whole first, so that an answer never breaks off in the middle."""

import tempfile
from pathlib import Path

from flask import Response, send_file

from app.domain.tables.kinds import CONTENT_TYPES, WRITERS
from app.domain.tables.table import PrintedTable
from app.kernel import clock
from app.kernel.errors import NotFound
from app.web.described import PROBLEMS, Answer

KINDS = tuple(WRITERS)
FOR_EVERYBODY = ("xlsx", "csv")
"""What citizens can have a table as: what is set for paper takes the machine seconds for each."""
TABLE_ANSWERS = {
    200: Answer("The table, whole.", {one.partition(";")[0]: {} for one in CONTENT_TYPES.values()}),
    404: Answer("There is no such table.", PROBLEMS),
}


def send_table(table: PrintedTable, kind: str) -> Response:
    """The table as a file of one of `KINDS`, named by its title and day. Raises NotFound for another kind; Refused for
    a table that is too long for paper.
    """
    if kind not in WRITERS:
        raise NotFound
    with tempfile.TemporaryDirectory(prefix="hotline-table-") as folder:
        file = Path(folder) / f"table.{kind}"
        WRITERS[kind](table, file)
        content = file.open("rb")  # stays readable after its folder is gone, and closes with the answer
    name = f"{table.title}-{clock.local(table.moment):%Y%m%d}.{kind}"
    return send_file(content, CONTENT_TYPES[kind].partition(";")[0], as_attachment=True, download_name=name)
