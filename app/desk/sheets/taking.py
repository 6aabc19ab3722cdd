"""Taking the good rows of a sheet, some at a time: what a crash cut short is taken up where it stopped.

Each row goes through `receive()` like a clerk's own entry: number, words, vault and ledger in one transaction. Between
two transactions there is a pause, so that whoever is on the telephone meanwhile gets their turn at the database.
"""

import time
from typing import Any

from sqlalchemy import select

from app import storage
from app.db import session, transaction
from app.desk.sheets.checking import BROKEN, CHECK, check, known_keys, stop
from app.desk.sheets.reading import Keyed, keyed, lock_told, told_of, understood
from app.domain.doings import Doing, write_down
from app.domain.installation import Installation
from app.domain.people import Actor, Person
from app.domain.receiving import receive
from app.domain.sheet import AT_WORK, ITS_ROW, Sheet, SheetStage
from app.domain.workflow.vocabulary import Role
from app.jobs import job
from app.kernel.errors import N_, OfficeError

TAKE = "sheets.take"
AT_ONCE = 25
PAUSE = 0.11
"""Seconds. Whoever waits for SQLite's lock looks every tenth of a second: so long a pause lets each of them in."""
CHANGED = N_("Something in the settings has changed since the sheet was checked. Please check it again.")
GONE = N_("Whoever brought this sheet takes no reports here any more.")


@job(TAKE)
def take(house: Installation, sheet_id: int) -> None:
    """Take what is left of one sheet; coming twice, each row is taken once."""
    reading = session()
    sheet = reading.get(Sheet, sheet_id)
    if sheet is None or sheet.stands is not SheetStage.TAKING:
        return
    try:
        rows = list(understood(reading, house, sheet))
        good = keyed(house, sheet.inspection_id, rows)
        actor = _clerk(sheet)
        if sheet.whole and len(good) < len(rows):
            stop(sheet_id, CHANGED)
            return
        while _take_some(house, actor, sheet_id, good):
            time.sleep(PAUSE if house.settings.sqlite else 0)
        _finish(house, actor, sheet_id, good)
    except OfficeError as error:
        stop(sheet_id, BROKEN if error.params else error.message)
    except Exception:
        stop(sheet_id, BROKEN)
        raise


@job("sheets.catch_up", every=1)
def catch_up(house: Installation) -> None:
    """Go on with what a crash left, and throw away what nobody came back for."""
    query = select(Sheet.id, Sheet.stage).where(Sheet.stage.in_([str(stage) for stage in AT_WORK]))
    waiting = list(session().execute(query))
    session().rollback()
    for sheet_id, stage in waiting:
        (check if stage == SheetStage.CHECKING else take)(house, sheet_id)


def _clerk(sheet: Sheet) -> Actor:
    person = session().get_one(Person, sheet.brought_by_id)
    actor = person.actor()
    held = actor.inspections(Role.CLERK)
    if not person.active or (held is not None and sheet.inspection_id not in held):
        raise OfficeError(GONE)
    return actor


def _take_some(house: Installation, actor: Actor, sheet_id: int, good: list[Keyed]) -> bool:
    """One transaction; True while there may be more. Where it stands is read inside: another may have been faster."""
    with transaction() as writing:
        sheet = writing.get(Sheet, sheet_id, with_for_update=ITS_ROW, populate_existing=True)
        if sheet is None or sheet.stands is not SheetStage.TAKING:
            return False
        some = good[sheet.done : sheet.done + AT_ONCE]
        for one in some:
            kept = receive(writing, house, sheet.inspection, actor, one.row.statement, one.row.reporter, one.key)
            sheet.taken += kept.fresh
        sheet.done += len(some)
        more = sheet.done < len(good)
    session().expunge_all()  # what was taken is not looked at again, and ten thousand would be remembered
    return more


def _finish(house: Installation, actor: Actor, sheet_id: int, good: list[Keyed]) -> None:
    """Say which row became which report; the file itself, with everybody's names, goes."""
    reading = session()
    sheet = reading.get_one(Sheet, sheet_id)
    numbers = known_keys(reading, house, good)
    told = told_of(house, sheet) | {"numbers": _numbered(good, numbers), "shown": []}
    reading.rollback()
    name, gone = lock_told(house, told), list[str | None]()
    with transaction() as writing:
        sheet = writing.get_one(Sheet, sheet_id, with_for_update=ITS_ROW, populate_existing=True)
        if sheet.stands is not SheetStage.TAKING:
            gone = [name]
        else:
            gone = [sheet.locked_name, sheet.told_name]
            sheet.stage, sheet.locked_name, sheet.told_name = str(SheetStage.TAKEN), None, name
            sheet.known = len(good) - sheet.taken
            facts = {"rows": sheet.rows, "taken": sheet.taken, "known": sheet.known, "wrong": sheet.wrong}
            write_down(
                writing, actor, Role.CLERK, Doing.SHEET_TAKEN, "sheet", sheet_id, chain=sheet.inspection_id, facts=facts
            )
    for one in gone:
        if one:
            storage.drop(house.files, one)


def _numbered(good: list[Keyed], numbers: dict[str, str]) -> list[list[Any]]:
    return [[one.row.row, numbers.get(one.key, "")] for one in good]


__all__ = ["AT_ONCE", "CHECK", "TAKE", "catch_up", "take"]
