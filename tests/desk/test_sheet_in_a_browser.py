"""The page of a sheet follows its work by itself, and says so when it is done."""

import pytest

from app.db import session
from app.desk.sheets import services, taking
from app.desk.sheets.columns import SheetField
from app.desk.sheets.commands import BringSheet, NameColumns
from app.domain.people import Person
from app.domain.report import Channel
from app.domain.sheet import Sheet
from app.kernel.passwords import hash_password
from tests.desk.sheets import row, workbook

PASSWORD = "only for this test"


@pytest.mark.browser
def test_the_page_follows_a_sheet_until_it_is_taken(telephone, cast, installation, monkeypatch):
    sheet_id = services.bring(installation, cast["clerk"], BringSheet(cast.ours, "台账.xlsx", workbook(row(1), row(2))))
    sheet = session().get_one(Sheet, sheet_id)
    columns = {SheetField(code): at for code, at in sheet.columns.items()}
    services.name_columns(installation, cast["clerk"], NameColumns(sheet_id, 1, columns, Channel.CALL))
    session().get_one(Person, cast.people["clerk"]).password_hash = hash_password(PASSWORD)
    session().commit()
    with monkeypatch.context() as line:
        line.setattr(installation.jobs.__class__, "after_commit", lambda *_: None)
        services.take_rows(installation, cast["clerk"], sheet_id, whole=True)
    page = telephone()
    page.goto(f"/staff/sign-in?next=/staff/desk/sheets/{sheet_id}")
    page.fill("[name=login]", "clerk")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.get_by_text("已导入0条，共2条").wait_for()
    session().rollback()
    taking.take(installation, sheet_id)
    page.get_by_text("已由本台账登记2件来件").wait_for()
