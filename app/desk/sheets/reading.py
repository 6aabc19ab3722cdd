"""The locked file of a sheet, opened for as long as it is read; and every row of it, understood."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.sheets.columns import SheetField
from app.desk.sheets.understanding import LATER, Surroundings, Understood, WrongCell, understand
from app.domain.evidence import documents, lockers
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.region import Region, areas_of
from app.domain.report import Channel
from app.domain.sheet import Sheet
from app.domain.tables.reading import cells_of
from app.domain.tables.recognising import places_of
from app.kernel import clock, crypto, text
from app.kernel.errors import N_, Refused

MOST_ROWS = 50_000
LOOKED_AT = 30
"""Rows from which headings and examples are shown."""


@dataclass(frozen=True)
class Keyed:
    """A good row and the key by which it is known when the sheet comes again."""

    key: str
    row: Understood


def must_be_readable(name: str, content: bytes) -> list[list[Any]]:
    """The first rows of a file that was brought. Raises Refused for what is no sheet, empty, or acts by itself."""
    if name.lower().endswith(".xlsx"):
        documents.must_be_tame(documents.SHEET, io.BytesIO(content))
    first = list(islice(cells_of(content, name), LOOKED_AT))
    if not any(str(cell).strip() for row in first for cell in row):
        raise Refused(N_("The first sheet of this file is empty."))
    return first


def content_of(house: Installation, sheet: Sheet) -> bytes:
    """The file as it was brought. Raises Refused when it is not here any more."""
    try:
        return b"".join(lockers.unlocked(house.files, house.file_key, sheet.locked_name or ""))
    except FileNotFoundError as error:
        raise Refused(N_("The file is no longer here. Please bring it again.")) from error


def first_rows(house: Installation, sheet: Sheet) -> list[list[Any]]:
    return list(islice(cells_of(content_of(house, sheet), f".{sheet.ending}"), LOOKED_AT))


def understood(session: Session, house: Installation, sheet: Sheet) -> Iterator[Understood]:
    """Every row below the headings that says something. Raises Refused for a file that cannot be read to its end."""
    around = surroundings(session, sheet.inspection, Channel(sheet.channel))
    columns = {SheetField(code): at for code, at in sheet.columns.items()}
    count = 0
    for number, cells in enumerate(cells_of(content_of(house, sheet), f".{sheet.ending}"), 1):
        if number <= sheet.heading_row:
            continue
        found = understand(around, number, cells, columns)
        if found is not None:
            count += 1
            if count > MOST_ROWS:
                raise Refused(N_("At most 50,000 rows can be taken at once. Please divide the sheet."))
            yield found


def surroundings(session: Session, inspection: Inspection, channel: Channel) -> Surroundings:
    areas = areas_of(session, inspection.region_code)
    codes = [area.code for area in areas]
    towns = session.scalars(select(Region).where(Region.parent_code.in_(codes)))
    return Surroundings(
        places=places_of(session, inspection),
        areas={area.code: area.zh for area in areas},
        towns={(town.parent_code or "", name): town.code for town in towns for name in (town.zh, town.short)},
        types=frozenset(inspection.settings.types),
        first=inspection.starts_on,
        final=inspection.ends_on,
        last=clock.now() + timedelta(minutes=LATER),
        channel=channel,
    )


def keyed(house: Installation, inspection_id: int, rows: list[Understood]) -> list[Keyed]:
    """The good rows with their keys: of the moment, the words, the telephone and the other's number.

    What else stands in a row may be corrected, and rows may be added: a row that was taken is known all the same.
    Rows that are equal in all of it are told apart by their order.
    """
    seen: Counter[bytes] = Counter()
    found = []
    for row in rows:
        if not row.wrong:
            said = row.statement
            moment = said.received_at.isoformat() if said.received_at else ""
            what = [inspection_id, said.channel, moment, text.letters_alone(said.description)]
            mark = crypto.canonical([*what, row.reporter.phone, said.foreign_number])
            seen[mark] += 1
            found.append(Keyed(crypto.keyed_digest(house.code_key, f"sheet row {seen[mark]} {mark.decode()}"), row))
    return found


def lock_told(house: Installation, told: dict[str, Any]) -> str:
    """Keep what was found out about a sheet; it holds words of reports. Gives the name it is kept under."""
    return lockers.lock_away(house.files, house.file_key, [crypto.canonical(told)])


def told_of(house: Installation, sheet: Sheet) -> dict[str, Any]:
    try:
        kept = b"".join(lockers.unlocked(house.files, house.file_key, sheet.told_name or ""))
    except FileNotFoundError:
        return {}
    found: dict[str, Any] = json.loads(kept)
    return found


def as_told(cell: WrongCell) -> dict[str, Any]:
    return asdict(cell)


def as_cell(told: dict[str, Any]) -> WrongCell:
    return WrongCell(**{**told, "field": SheetField(told["field"])})
