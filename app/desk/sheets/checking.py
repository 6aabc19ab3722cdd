"""Looking every row of a sheet through before any is taken: done by the line, told on the sheet's page."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.db import session, transaction
from app.desk.sheets.reading import Keyed, as_told, keyed, lock_told, understood
from app.desk.sheets.understanding import Understood, WrongCell
from app.domain.installation import Installation
from app.domain.receiving import submission_digest
from app.domain.report import Report
from app.domain.sheet import ITS_ROW, Sheet, SheetStage
from app.jobs import job
from app.kernel import text
from app.kernel.errors import N_, OfficeError

CHECK = "sheets.check"
SHOWN = 8
MOST_TOLD = 5000
AT_A_TIME = 500
BROKEN = N_("The sheet could not be read to its end. Please save it anew and bring it again.")


@job(CHECK)
def check(house: Installation, sheet_id: int) -> None:
    """Check one sheet; coming twice, it finds the same."""
    reading = session()
    sheet = reading.get(Sheet, sheet_id)
    if sheet is None or sheet.stands is not SheetStage.CHECKING:
        return
    try:
        rows = list(understood(reading, house, sheet))
        good = keyed(house, sheet.inspection_id, rows)
        known = known_keys(reading, house, good)
    except OfficeError as error:
        stop(sheet_id, BROKEN if error.params else error.message)
        return
    except Exception:
        stop(sheet_id, BROKEN)
        raise
    columns = dict(sheet.columns)
    reading.rollback()
    wrong = [cell for row in rows for cell in row.wrong]
    name = lock_told(house, _told(good, wrong))
    _write(house, sheet_id, columns, name, {"rows": len(rows), "good": len(good), "known": len(known)})


def known_keys(reading: Session, house: Installation, good: list[Keyed]) -> dict[str, str]:
    """Of these rows those that are reports already: the number of each by the row's key."""
    digests = {submission_digest(house, one.key): one.key for one in good}
    marks, found = list(digests), dict[str, str]()
    for start in range(0, len(marks), AT_A_TIME):
        some = marks[start : start + AT_A_TIME]
        query = select(Report.submission_key, Report.number).where(Report.submission_key.in_(some))
        found |= {digests[str(mark)]: number for mark, number in reading.execute(query)}
    return found


def stop(sheet_id: int, why: str) -> None:
    """Whatever it is that cannot go on waits for the one who brought it."""
    with transaction() as writing:
        sheet = writing.get(Sheet, sheet_id, with_for_update=ITS_ROW)
        if sheet is not None:
            sheet.stage, sheet.problem = str(SheetStage.STOPPED), why


def _write(house: Installation, sheet_id: int, columns: dict[str, Any], name: str, counts: dict[str, int]) -> None:
    """The first of two that checked it writes; a check of columns that were named anew meanwhile is thrown away."""
    with transaction() as writing:
        sheet = writing.get(Sheet, sheet_id, with_for_update=ITS_ROW)
        late = sheet is None or sheet.stands is not SheetStage.CHECKING or sheet.columns != columns
        old = name
        if sheet is not None and not late:
            old, sheet.told_name = sheet.told_name or "", name
            sheet.rows, sheet.good, sheet.known = counts["rows"], counts["good"], counts["known"]
            sheet.wrong, sheet.done = counts["rows"] - counts["good"], 0
            sheet.stage, sheet.problem = str(SheetStage.CHECKED), ""
    if old:
        storage.drop(house.files, old)


def _told(good: list[Keyed], wrong: list[WrongCell]) -> dict[str, Any]:
    return {
        "shown": [_shown(one.row) for one in good[:SHOWN]],
        "wrong": [as_told(cell) for cell in wrong[:MOST_TOLD]],
        "wrong_cells": len(wrong),
        "alike": _alike(good),
    }


def _shown(row: Understood) -> dict[str, Any]:
    """How a row would be taken down. Of the reporter: the last digits, and whether there is a name."""
    said = row.statement
    return {
        "row": row.row,
        "channel": str(said.channel),
        "received": said.received_at.isoformat() if said.received_at else "",
        "precision": str(said.precision),
        "area": said.area_printed,
        "place": said.place,
        "polluter": said.polluter,
        "words": text.excerpt(said.description),
        "types": list(said.types),
        "tail": row.reporter.phone[-2:],
        "named": bool(row.reporter.name),
    }


def _alike(good: list[Keyed]) -> int:
    """Rows that say the very same as one before them."""
    seen = [(one.row.statement, one.row.reporter.phone) for one in good]
    marks = [(said.channel, said.received_at, text.letters_alone(said.description), phone) for said, phone in seen]
    return len(marks) - len(set(marks))
