"""What a clerk does with a ledger sheet: bring it, name its columns, have its rows taken, remove it."""

from sqlalchemy.orm import Session

from app import storage
from app.db import transaction
from app.desk.sheets.checking import CHECK
from app.desk.sheets.columns import NEEDED, SheetField, find_headings, recognise
from app.desk.sheets.commands import BringSheet, NameColumns
from app.desk.sheets.reading import must_be_readable
from app.desk.sheets.taking import TAKE
from app.desk.sheets.tidying import drop, remove
from app.domain.doings import Doing, acting_role, write_down
from app.domain.evidence import lockers
from app.domain.inspection import Inspection
from app.domain.installation import Installation
from app.domain.people import Actor
from app.domain.report import Channel
from app.domain.scope import load
from app.domain.sheet import AT_WORK, IN_HAND, ITS_ROW, Sheet, SheetStage
from app.domain.workflow.vocabulary import Role
from app.kernel import crypto
from app.kernel.errors import N_, Refused, Stale

ENDINGS = ("xlsx", "csv")
LARGEST = 20 * 1024 * 1024
OTHER_ENDING = N_("Please choose a file that ends in .xlsx or .csv; save an older one (.xls, .et) as .xlsx first.")
NOT_NOW = N_("This sheet has gone on meanwhile.")


def bring(house: Installation, actor: Actor, words: BringSheet) -> int:
    """Lock a sheet away and recognise its columns; gives its id. Raises Refused for a file that is none."""
    acting_role(actor, Role.CLERK, inspection_id=words.inspection_id)
    ending = words.name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise Refused(OTHER_ENDING)
    if len(words.content) > LARGEST:
        raise Refused(N_("This file is larger than %(most)s MB."), most=LARGEST // 1024**2)
    first = must_be_readable(words.name, words.content)
    at = find_headings(first)
    name = lockers.lock_away(house.files, house.file_key, [words.content])
    sheet = Sheet(
        inspection_id=words.inspection_id,
        brought_by_id=actor.person_id,
        brought_at=actor.now(),
        stage=str(SheetStage.ARRIVED),
        ending=ending,
        locked_label=crypto.lock(house.file_key, words.name.encode()),
        locked_name=name,
        heading_row=at + 1,
        columns={str(field): column for field, column in recognise(first[at]).items()},
        channel=str(Channel.CALL),
    )
    try:
        with transaction() as session:
            load(session, actor, Inspection, words.inspection_id)
            session.add(sheet)
            session.flush()
            return sheet.id
    except BaseException:
        storage.drop(house.files, name)
        raise


def name_columns(house: Installation, actor: Actor, words: NameColumns) -> None:
    """Say what each column means, and have every row checked. Raises Refused naming what is missing."""
    missing = [field for field in NEEDED if field not in words.columns]
    if missing:
        raise Refused(N_("Say which column holds: %(columns)s."), columns="、".join(field.zh for field in missing))
    with transaction() as session:
        sheet = _locked(session, actor, words.sheet_id)
        if sheet.stands not in IN_HAND or sheet.locked_name is None:
            raise Stale(NOT_NOW)
        sheet.columns = {str(SheetField(field)): column for field, column in words.columns.items()}
        sheet.heading_row, sheet.channel = words.heading_row, str(words.channel)
        sheet.stage, sheet.problem = str(SheetStage.CHECKING), ""
        house.jobs.after_commit(session, CHECK, sheet.id)


def take_rows(house: Installation, actor: Actor, sheet_id: int, *, whole: bool) -> None:
    """Have the good rows taken; with `whole` all of them or none. Refused where all are asked and one is wrong."""
    with transaction() as session:
        sheet = _locked(session, actor, sheet_id)
        if sheet.stands is not SheetStage.CHECKED:
            raise Stale(NOT_NOW)
        if whole and sheet.wrong:
            sentence = N_("Not every row is right, so none was taken. Correct the sheet and bring it again.")
            raise Refused(sentence, fields={"how": sentence})
        role = acting_role(actor, Role.CLERK, inspection_id=sheet.inspection_id)
        sheet.whole, sheet.done, sheet.taken, sheet.stage = whole, 0, 0, str(SheetStage.TAKING)
        facts = {"rows": sheet.rows, "good": sheet.good, "wrong": sheet.wrong, "whole": whole}
        write_down(session, actor, role, Doing.TAKE_SHEET, "sheet", sheet.id, chain=sheet.inspection_id, facts=facts)
        house.jobs.after_commit(session, TAKE, sheet.id)


def remove_sheet(house: Installation, actor: Actor, sheet_id: int) -> None:
    """Remove a sheet before it is taken, or what was told of it afterwards; its reports stay."""
    with transaction() as session:
        sheet = _locked(session, actor, sheet_id)
        if sheet.stands in AT_WORK:
            raise Stale(NOT_NOW)
        gone = remove(sheet)
    drop(house, gone)


def _locked(session: Session, actor: Actor, sheet_id: int) -> Sheet:
    """An own sheet as it stands now, until the transaction ends: of two who press a button one comes second."""
    load(session, actor, Sheet, sheet_id)
    return session.get_one(Sheet, sheet_id, with_for_update=ITS_ROW, populate_existing=True)
