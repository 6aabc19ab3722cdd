"""What the pages of ledger sheets show: own sheets, the columns of one, how far it is, what is wrong in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.db import session
from app.desk.sheets.columns import MOST_COLUMNS, OF_THE_REPORTER, SheetField, letters_of, recognise
from app.desk.sheets.reading import as_cell, first_rows, told_of
from app.desk.sheets.understanding import WrongCell, shown
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.report import Channel, Precision
from app.domain.scope import load, scoped
from app.domain.sheet import AT_WORK, IN_HAND, Sheet, SheetStage
from app.kernel import crypto, text
from app.kernel.errors import N_, NotFound, Stale

OWN_SHOWN, WRONG_SHOWN = 20, 50


@dataclass(frozen=True)
class SheetRow:
    """One of the clerk's own sheets in a list."""

    id: int
    name: str
    brought_at: datetime
    stage: SheetStage
    rows: int
    taken: int


@dataclass(frozen=True)
class HeadedColumn:
    """A column as it is named by hand: its letters, heading, an example, and what it seems to mean."""

    at: int
    letters: str
    heading: str
    example: str
    means: SheetField | None


@dataclass(frozen=True)
class ShownRow:
    """A row as it would be taken down."""

    row: int
    channel: Channel
    received: datetime
    whole_day: bool
    area: str
    place: str
    words: str
    types: list[str]
    tail: str
    named: bool


@dataclass(frozen=True)
class SheetPage:
    """A sheet and how far it is. `fresh`: good rows that are no reports yet. `at_work`: the page changes by itself."""

    id: int
    name: str
    stage: SheetStage
    at_work: bool
    taking: bool
    checked: bool
    taken_in: bool
    stopped: bool
    can_be_named: bool
    rows: int
    done: int
    good: int
    wrong: int
    known: int
    fresh: int
    taken: int
    whole: bool
    problem: str
    shown: list[ShownRow]
    wrong_cells: list[WrongCell]
    wrong_count: int
    alike: int


def own_sheets(house: Installation, actor: Actor, inspection_id: int) -> list[SheetRow]:
    """The newest first; those that were removed are not shown."""
    query = scoped(actor, Sheet).where(Sheet.inspection_id == inspection_id, Sheet.stage != str(SheetStage.REMOVED))
    found = session().scalars(query.order_by(Sheet.id.desc()).limit(OWN_SHOWN))
    return [SheetRow(one.id, _name(house, one), one.brought_at, one.stands, one.rows, one.taken) for one in found]


def columns_of(
    house: Installation, actor: Actor, sheet_id: int, heading_row: int | None
) -> tuple[Sheet, list[HeadedColumn]]:
    """The columns under a row of headings (from 1; None: the one that was found). Raises NotFound, Stale, Refused."""
    sheet = _there(actor, sheet_id)
    if sheet.stands not in IN_HAND:
        raise Stale(N_("This sheet has gone on meanwhile."))
    rows = first_rows(house, sheet)
    at = (heading_row or sheet.heading_row) - 1
    headings = rows[at] if at < len(rows) else []
    named = dict(sheet.columns) if at == sheet.heading_row - 1 else {}
    means = {column: SheetField(field) for field, column in (named or recognise(headings)).items()}
    width = min(max((len(row) for row in rows[at:]), default=0), MOST_COLUMNS)
    below = rows[at + 1 :]
    return sheet, [_headed(column, headings, below, means.get(column)) for column in range(width)]


def _headed(at: int, headings: list[Any], below: list[list[Any]], means: SheetField | None) -> HeadedColumn:
    """What reporters said of themselves is no example."""
    heading = text.one_line(str(headings[at])) if at < len(headings) else ""
    examples = (text.excerpt(shown(row[at]), 24) for row in below if at < len(row) and str(row[at]).strip())
    example = "" if means in OF_THE_REPORTER else next(examples, "")
    return HeadedColumn(at, letters_of(at), heading, example, means)


def sheet_page(house: Installation, actor: Actor, sheet_id: int) -> SheetPage:
    sheet = _there(actor, sheet_id)
    told = told_of(house, sheet)
    stage = sheet.stands
    return SheetPage(
        id=sheet.id,
        name=_name(house, sheet),
        stage=stage,
        at_work=stage in AT_WORK,
        taking=stage is SheetStage.TAKING,
        checked=stage is SheetStage.CHECKED,
        taken_in=stage is SheetStage.TAKEN,
        stopped=stage is SheetStage.STOPPED,
        can_be_named=stage in IN_HAND,
        rows=sheet.rows,
        done=sheet.done,
        good=sheet.good,
        wrong=sheet.wrong,
        known=sheet.known,
        fresh=sheet.good - sheet.known,
        taken=sheet.taken,
        whole=sheet.whole,
        problem=sheet.problem,
        shown=[_shown(one) for one in told.get("shown", ())],
        wrong_cells=[as_cell(one) for one in told.get("wrong", ())[:WRONG_SHOWN]],
        wrong_count=told.get("wrong_cells", 0),
        alike=told.get("alike", 0),
    )


def wrong_cells(house: Installation, actor: Actor, sheet_id: int) -> list[WrongCell]:
    """Every cell that was found wrong (up to five thousand). Raises NotFound."""
    return [as_cell(one) for one in told_of(house, _there(actor, sheet_id)).get("wrong", ())]


def numbers_of(house: Installation, actor: Actor, sheet_id: int) -> list[tuple[int, str]]:
    """Which row became which report. Raises NotFound for a sheet that has not been taken."""
    told = told_of(house, _there(actor, sheet_id))
    if "numbers" not in told:
        raise NotFound
    return [(row, number) for row, number in told["numbers"]]


def _there(actor: Actor, sheet_id: int) -> Sheet:
    found = load(session(), actor, Sheet, sheet_id)
    if found.stands is SheetStage.REMOVED:
        raise NotFound
    return found


def _name(house: Installation, sheet: Sheet) -> str:
    return text.excerpt(crypto.unlock(house.file_key, sheet.locked_label).decode()) if sheet.locked_label else ""


def _shown(told: dict[str, Any]) -> ShownRow:
    return ShownRow(
        row=told["row"],
        channel=Channel(told["channel"]),
        received=datetime.fromisoformat(told["received"]),
        whole_day=told["precision"] == Precision.DAY,
        area=told["area"],
        place="，".join(part for part in (told["place"], told["polluter"]) if part),
        words=told["words"],
        types=told["types"],
        tail=told["tail"],
        named=told["named"],
    )
