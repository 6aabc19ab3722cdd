"""Sheets that nobody came back for are removed: they name reporters, and are needed by nobody else."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from app import storage
from app.db import session, transaction
from app.domain.installation import Installation
from app.domain.sheet import IN_HAND, ITS_ROW, Sheet, SheetStage
from app.jobs import job
from app.kernel import clock

HOURS, DAYS = 72, 30
AT_A_TIME = 50


@job("sheets.tidy", every=60)
def tidy(house: Installation) -> None:
    """Those waiting for their columns or for a word go after three days; what was told of those taken, after thirty."""
    now = clock.now()
    left = and_(Sheet.stage.in_([str(stage) for stage in IN_HAND]), Sheet.brought_at < now - timedelta(hours=HOURS))
    old = and_(
        Sheet.stage == str(SheetStage.TAKEN),
        Sheet.told_name.is_not(None),
        Sheet.brought_at < now - timedelta(days=DAYS),
    )
    ids = list(session().scalars(select(Sheet.id).where(or_(left, old)).limit(AT_A_TIME)))
    for sheet_id in ids:
        with transaction() as writing:
            sheet = writing.get_one(Sheet, sheet_id, with_for_update=ITS_ROW)
            gone = remove(sheet)
        drop(house, gone)


def remove(sheet: Sheet) -> list[str]:
    """Forget what is in a sheet, and give the names of the files that go once this is committed."""
    gone = [name for name in (sheet.locked_name, sheet.told_name) if name]
    sheet.locked_name = sheet.told_name = None
    sheet.locked_label = b""
    if sheet.stands is not SheetStage.TAKEN:
        sheet.stage = str(SheetStage.REMOVED)
    return gone


def drop(house: Installation, names: list[str]) -> None:
    for name in names:
        storage.drop(house.files, name)
