"""The pages of a ledger sheet: brought, its columns named, looked through, taken; without a script."""

import io

import pytest
from openpyxl import load_workbook

from app.db import session
from app.desk.sheets.columns import SheetField, recognise
from app.domain.report import Report
from app.domain.sheet import Sheet, SheetStage
from tests.desk.sheets import day, row, workbook
from tests.support.browsing import browse

SHEETS = "/staff/desk/sheets"


@pytest.fixture
def clerk(app, cast):
    return browse(app).as_(cast, "clerk")


def brings(clerk, content, name="台账.xlsx", status=200):
    clerk.get(SHEETS)
    return clerk.submit({"file": (io.BytesIO(content), name)}, action="", status=status)


def cells(page):
    sheet = load_workbook(io.BytesIO(page.body)).active
    return [[cell for cell in line if cell is not None] for line in sheet.iter_rows(values_only=True)]


def test_a_sheet_is_brought_named_looked_through_and_taken(clerk):
    page = brings(clerk, workbook(row(1), row(2, 联系电话="12")))
    assert page.form().values["column_1"] == "received"
    page = clerk.submit({})
    assert "D3" in page
    assert "不是电话号码" in page
    assert "1990000" not in page
    assert "毛测试" not in page
    page = clerk.submit({"how": "good"})
    assert "已由本台账登记1件来件" in page
    assert session().query(Report).count() == 1
    assert clerk.get(SHEETS)


def test_all_or_none_is_said_plainly(clerk):
    brings(clerk, workbook(row(1), row(2, 联系电话="12")))
    clerk.submit({})
    page = clerk.submit({"how": "whole"}, status=422)
    assert "一条也没有导入" in page
    assert session().query(Report).count() == 0


def test_headings_nobody_knows_are_named_by_hand(clerk):
    headings = ("甲", "乙", "丙")
    page = brings(clerk, workbook([day(), "毛测试", "夜里有黄烟"], headings=headings))
    page = clerk.submit({}, status=422)
    assert "来件时间、反映问题" in page
    page = clerk.submit({"column_0": "received", "column_1": "received", "column_2": "words"}, status=422)
    assert page.form().values["column_2"] == "words"
    clerk.submit({"column_0": "received", "column_1": "name", "column_2": "words"})
    clerk.submit({})
    assert session().query(Report).one().description == "夜里有黄烟"


def test_the_row_of_the_headings_can_be_said(clerk):
    page = brings(clerk, workbook(row(1), above=("反映问题", "甲")))
    page = clerk.get(f"{page.path.split('?')[0]}?row=1")
    assert "来电时间" not in page.form().values.values()
    clerk.get(f"{page.path.split('?')[0]}?row=3")
    clerk.submit({})
    clerk.submit({})
    assert session().query(Report).count() == 1


def test_a_file_that_is_no_sheet_is_told_on_the_page(clerk):
    assert "另存为 .xlsx" in brings(clerk, b"x", "台账.xls", status=422)
    clerk.get(SHEETS)
    clerk.submit({}, status=422)


def test_wrong_cells_and_numbers_can_be_had_as_sheets(clerk):
    brings(clerk, workbook(row(1), row(2, 县市区="月球", 联系电话="12")))
    page = clerk.submit({})
    wrong = cells(clerk.get(f"{page.path}/wrong.xlsx"))
    assert [line[:3] for line in wrong if line and line[0] == 3] == [[3, "D3", "联系电话"], [3, "F3", "县市区"]]
    clerk.get(f"{page.path}/numbers.xlsx", status=404)
    clerk.get(page.path)
    clerk.submit({"how": "good"})
    numbers = cells(clerk.get(f"{page.path}/numbers.csv".replace(".csv", ".xlsx")))
    assert [2, session().query(Report).one().number] in numbers


def test_the_empty_sheet_is_recognised_as_it_stands(clerk):
    lines = cells(clerk.get(f"{SHEETS}/template.xlsx"))
    headings = next(line for line in lines if line[0] == "序号")
    assert recognise(headings) == {one: at for at, one in enumerate((f for f in SheetField if f != "hour"), 1)}
    page = brings(clerk, clerk.get(f"{SHEETS}/template.xlsx").body)
    page = clerk.submit({})
    assert "没有新的内容可以导入" in page


def test_a_sheet_can_be_removed(clerk):
    page = brings(clerk, workbook(row(1)))
    page = clerk.submit({})
    clerk.post(f"{page.path}/remove")
    clerk.get(page.path, status=404)


def test_a_sheet_that_is_being_taken_says_how_far_it_is(clerk):
    page = brings(clerk, workbook(row(1), row(2)))
    page = clerk.submit({})
    sheet = session().query(Sheet).one()
    sheet.stage, sheet.done = str(SheetStage.TAKING), 1
    session().commit()
    assert "已导入1条，共2条" in clerk.get(page.path)
    clerk.get(f"{page.path}/columns", status=409)
