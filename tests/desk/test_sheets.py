"""Ledger sheets: headings are recognised, wrong cells named, rows taken once however often a sheet comes."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.db import session
from app.desk.sheets import checking, queries, services, taking
from app.desk.sheets.columns import SheetField as F
from app.desk.sheets.columns import find_headings, letters_of, recognise
from app.desk.sheets.commands import BringSheet, NameColumns
from app.desk.sheets.moments import read_day, read_hour
from app.desk.sheets.tidying import tidy
from app.domain import ledger
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.people import Person
from app.domain.receiving import receive
from app.domain.report import Channel, Precision, Report
from app.domain.reporter import Identity
from app.domain.sheet import Sheet, SheetStage
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from tests.desk.sheets import HEADINGS, day, row, text, workbook
from tests.support.cast import TIANYUAN


@pytest.fixture
def desk(cast, installation):
    """`desk(content)` brings a sheet and has it checked; gives its id."""

    def bring(content, name="台账.xlsx", by="clerk", columns=None, channel=Channel.CALL):
        sheet_id = services.bring(installation, cast[by], BringSheet(cast.ours, name, content))
        sheet = session().get_one(Sheet, sheet_id)
        known = {F(code): at for code, at in sheet.columns.items()} | (columns or {})
        services.name_columns(installation, cast[by], NameColumns(sheet_id, sheet.heading_row, known, channel))
        return sheet_id

    return bring


@pytest.fixture
def take(cast, installation):
    def whole_or_good(sheet_id, by="clerk", *, whole=False):
        services.take_rows(installation, cast[by], sheet_id, whole=whole)
        return queries.sheet_page(installation, cast[by], sheet_id)

    return whole_or_good


@pytest.fixture
def page(cast, installation):
    return lambda sheet_id, by="clerk": queries.sheet_page(installation, cast[by], sheet_id)


def reports():
    session().rollback()
    return list(session().scalars(select(Report).order_by(Report.id)))


def wrong(page):
    return {(cell.row, cell.field): cell.reason for cell in page.wrong_cells}


# ── headings ──


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("来电时间", F.RECEIVED), ("受理日期（必填）", F.RECEIVED), ("举报人", F.NAME), ("举报人姓名", F.NAME),
        ("来电号码", F.PHONE), ("举报人联系电话", F.PHONE), ("反映问题*", F.WORDS), ("反映的主要内容", F.WORDS),
        ("被举报单位", F.POLLUTER), ("被举报人", F.POLLUTER), ("污染类型", F.TYPES), ("问题 地址", F.PLACE),
        ("乡镇（街道）", F.TOWN), ("工单编号", F.FOREIGN), ("是否匿名", F.ANONYMOUS),
    ],
)  # fmt: skip
def test_headings_of_offices_are_recognised(heading, field):
    assert recognise(["序号", heading]) == {field: 1}


@pytest.mark.parametrize("heading", ["被举报人姓名", "被反映人联系电话", "备注", "办理情况", ""])
def test_what_names_the_accused_or_nothing_is_no_column_about_the_reporter(heading):
    assert not set(recognise([heading])) & {F.NAME, F.PHONE, F.HOME}


def test_a_time_beside_a_date_is_the_hour():
    assert recognise(["日期", "时间", "内容"]) == {F.RECEIVED: 0, F.HOUR: 1, F.WORDS: 2}
    assert recognise(["时间", "内容"])[F.RECEIVED] == 0


def test_headings_are_found_below_a_title():
    rows = [["某督察组来电台账"], ["2024年3月"], list(HEADINGS), ["1"]]
    assert find_headings(rows) == 2
    assert find_headings([["", ""], ["甲", "乙"]]) == 1


def test_columns_are_called_as_a_spreadsheet_calls_them():
    assert [letters_of(at) for at in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2024-03-15 09:20", "2024-03-15 09:20"), ("2024/3/15 9:20:05", "2024-03-15 09:20"),
        ("2024年3月15日 9时20分", "2024-03-15 09:20"), ("2024.3.15", "2024-03-15"), ("3月15日 下午2点", "2024-03-15 14:00"),
        ("2024-03-15T09:20:00", "2024-03-15 09:20"), (20240315, "2024-03-15"), (45366.25, "2024-03-15 06:00"),
        ("20240315 晚上11:05", "2024-03-15 23:05"),
    ],
)  # fmt: skip
def test_days_and_hours_are_read_as_offices_write_them(cell, said):
    found, hour = read_day(cell, 2024)
    assert f"{found}{f' {hour:%H:%M}' if hour else ''}" == said


@pytest.mark.parametrize("cell", ["上周", "2024-13-01", "15", 3.5, 10**9, "2024-03-15 二十点", "2024-03-15 25:00"])
def test_what_is_no_day_is_none(cell):
    with pytest.raises(ValueError):
        read_day(cell, 2024)


def test_an_hour_may_stand_in_a_cell_of_its_own():
    assert read_hour(0.75).hour == 18
    assert read_hour(timedelta(hours=9)).hour == 9


# ── rows ──


def test_a_row_becomes_a_report_like_one_that_was_taken_down(desk, take, cast):
    found = take(desk(workbook(row(1))))
    [report] = reports()
    assert (found.taken, found.stage) == (1, SheetStage.TAKEN)
    assert report.number == f"D2ZZ{day():%Y%m%d}0001"
    assert clock.local(report.received_at).replace(tzinfo=None) == day(1, 9, 1)
    assert (report.channel, report.area_code, report.place) == ("D", TIANYUAN, "泰山路1号")
    assert (report.polluter, report.types, report.history) == ("某化工厂", ["air", "noise"], False)
    assert report.taken_by_id == cast.people["clerk"]


def test_the_ledger_says_when_it_was_entered_not_when_somebody_called(desk, take):
    before = clock.now()
    take(desk(workbook(row(1))))
    entry = session().scalars(select(LedgerEntry).where(LedgerEntry.noun == "report")).one()
    assert before <= entry.at <= entry.recorded_at
    actions = list(session().scalars(select(LedgerEntry.action).where(LedgerEntry.noun == "sheet")))
    assert actions == ["take_sheet", "sheet_taken"]
    assert ledger.verify(session()).sound


def test_who_reported_goes_into_the_vault_and_nowhere_else(desk, take, files):
    sheet_id = desk(workbook(row(1, 来电人="欧阳测试", 联系电话="0731-2868 0230")))
    kept = [file.read_bytes() for file in files.rglob("*") if file.is_file()]
    assert kept
    assert not any(word.encode() in content for content in kept for word in ("欧阳测试", "28680230"))
    take(sheet_id)
    identity = session().scalars(select(Identity)).one()
    assert (identity.has_name, identity.has_phone, identity.phone_tail) == (True, True, "30")
    sheet = session().get_one(Sheet, sheet_id)
    assert sheet.locked_name is None
    assert len([file for file in files.rglob("*") if file.is_file()]) == 1, "only the numbers are left"


def test_nobodys_name_is_no_name(desk, take):
    rows = [row(number, 来电人=name, 联系电话="无") for number, name in enumerate(("匿名", "不愿透露", ""), 1)]
    take(desk(workbook(*rows)))
    kept = [(one.anonymous, one.has_name, one.has_phone) for one in session().scalars(select(Identity))]
    assert kept == [(True, False, False)] * 3


WRONG = (
    ("来电时间", "", F.RECEIVED, "it is empty"),
    ("来电时间", "上周二", F.RECEIVED, "it is no date"),
    ("来电时间", "2019-01-01", F.RECEIVED, "not within the days"),
    ("来电时间", day(-1), F.RECEIVED, "has not come"),
    ("反映问题", " ", F.WORDS, "it is empty"),
    ("反映问题", "烟" * 10001, F.WORDS, "longer than"),
    ("联系电话", "1380013", F.PHONE, "no telephone number"),
    ("联系电话", 73128680230, F.PHONE, "no telephone number"),
    ("联系电话", 1.234567890123456e17, F.PHONE, "more digits"),
    ("县市区", "长沙县", F.AREA, "none of the areas"),
    ("污染类型", "大气、噪音扰民", F.TYPES, "none of the pollution types"),
    ("详细地址", "某" * 201, F.PLACE, "longer than"),
)


def test_each_wrong_cell_is_named_with_its_row_and_reason(desk, page):
    found = page(desk(workbook(row(1), *(row(2, **{heading: said}) for heading, said, _, _ in WRONG))))
    assert (found.rows, found.good, found.wrong) == (1 + len(WRONG), 1, len(WRONG))
    told = wrong(found)
    assert list(told) == [(number, field) for number, (_, _, field, _) in enumerate(WRONG, 3)]
    assert all(reason in why for why, (_, _, _, reason) in zip(told.values(), WRONG, strict=True))


def test_what_a_reporter_said_of_themselves_is_not_shown_where_it_is_wrong(desk, page):
    found = page(desk(workbook(row(1, 联系电话="1380013", 县市区="月球"))))
    assert {cell.field: cell.said for cell in found.wrong_cells} == {F.PHONE: "", F.AREA: "月球"}


def test_a_row_that_says_no_hour_is_of_its_day_and_not_outside_hours(desk, take):
    take(desk(workbook(row(1, 来电时间=day().date()))))
    [report] = reports()
    assert (report.precision, report.out_of_hours, report.call_started_at) == (str(Precision.DAY), False, None)
    assert report.number.startswith(f"D2ZZ{day():%Y%m%d}")


def test_a_call_of_the_night_is_marked(desk, take):
    take(desk(workbook(row(1, 来电时间=day(1, 22)))))
    assert reports()[0].out_of_hours


def test_an_address_that_begins_with_an_area_names_it(desk, take):
    take(desk(workbook(row(1, 县市区="", 详细地址="株洲市天元区泰山路1号"))))
    assert reports()[0].area_code == TIANYUAN


def test_a_channel_may_stand_in_the_row_or_be_said_for_all(desk, take):
    headings = (*HEADINGS, "受理方式")
    take(desk(workbook([*row(1), "来信"], [*row(2), ""], headings=headings), channel=Channel.VISIT))
    assert [report.channel for report in reports()] == ["X", "F"]
    assert reports()[0].arrived_on == day().date()


def test_blank_rows_and_columns_without_a_meaning_are_left_alone(desk, page):
    found = page(desk(workbook(row(1), [""] * 9, ["合计", *[""] * 8], row(2), above=("某督察组来电台账",))))
    assert (found.rows, found.good) == (2, 2)


# ── files ──


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_of_either_kind_is_read(desk, take, encoding):
    take(desk(text(row(1, 反映问题="𬒈山村烟㵲弥漫"), encoding=encoding), "台账.csv"))
    assert reports()[0].description == "𬒈山村烟㵲弥漫"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("台账.xls", b"x", "ends in"),
        ("台账.xlsx", b"no workbook", "cannot be read"),
        ("台账.csv", b"\xff\xff\xff", "neither UTF-8"),
        ("台账.csv", b"\n\n", "empty"),
        ("台账.xlsx", workbook(headings=()), "empty"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(cast, installation, files, name, content, said):
    with pytest.raises(Exception, match=said):
        services.bring(installation, cast["clerk"], BringSheet(cast.ours, name, content))
    assert not [file for file in files.rglob("*") if file.is_file()]


@pytest.mark.parametrize("cell", ["P1048576", "XFD1048576"])
def test_a_word_far_from_the_table_is_named_before_it_costs_the_memory_of_it(cast, installation, cell):
    book = load_workbook(io.BytesIO(workbook(row(1))))
    book.worksheets[0][cell] = "x"
    book.worksheets[0]["Z1048000"].number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match=cell):
        services.bring(installation, cast["clerk"], BringSheet(cast.ours, "台账.xlsx", out.getvalue()))


def test_a_formula_is_words(desk, take):
    take(desk(text(row(1, 反映问题='=HYPERLINK("http://x")'), encoding="utf-8"), "台账.csv"))
    assert reports()[0].description == '=HYPERLINK("http://x")'


# ── once ──


def test_a_second_import_of_the_same_sheet_changes_nothing(desk, take, page):
    take(desk(workbook(row(1), row(2))))
    again = page(desk(workbook(row(1), row(2)), by="clerk2"), "clerk2")
    assert (again.good, again.known, again.fresh) == (2, 2, 0)
    entries = session().scalar(select(func.count(LedgerEntry.id)).where(LedgerEntry.noun == "report"))
    found = take(again.id, "clerk2")
    assert (found.taken, found.known, len(reports())) == (0, 2, 2)
    assert session().scalar(select(func.count(LedgerEntry.id)).where(LedgerEntry.noun == "report")) == entries


def test_of_a_sheet_with_rows_added_only_the_new_ones_are_taken(desk, take):
    take(desk(workbook(row(1), row(2))))
    found = take(desk(text(row(2, 被举报单位="另一厂", 污染类型="水"), row(3), row(1), encoding="gb18030"), "更正.csv"))
    assert (found.taken, found.known, len(reports())) == (1, 2, 3)


def test_rows_that_say_the_same_are_reports_of_their_own_and_known_again(desk, take, page):
    content = workbook(row(1), row(1), row(1))
    assert page(desk(content)).alike == 2
    assert take(desk(content)).taken == 3
    assert take(desk(content)).taken == 0


def test_the_same_row_in_another_inspection_is_another_report(desk, take, cast, installation):
    take(desk(workbook(row(1))))
    actor = cast["foreign_clerk"]
    sheet_id = services.bring(installation, actor, BringSheet(cast.theirs, "a.xlsx", workbook(row(1))))
    known = {F(code): at for code, at in session().get_one(Sheet, sheet_id).columns.items()}
    services.name_columns(installation, actor, NameColumns(sheet_id, 1, known, Channel.CALL))
    services.take_rows(installation, actor, sheet_id, whole=True)
    assert {report.inspection_id for report in reports()} == {cast.ours, cast.theirs}


# ── all or none, and being cut short ──


def test_the_good_rows_are_taken_or_all_are_refused_as_chosen(desk, take):
    sheet_id = desk(workbook(row(1), row(2, 联系电话="1"), row(3)))
    with pytest.raises(Refused):
        take(sheet_id, whole=True)
    assert reports() == []
    found = take(sheet_id)
    assert (found.taken, found.wrong, len(reports())) == (2, 1, 2)


def test_all_or_none_takes_none_when_the_inspection_changed_after_the_check(
    desk, take, cast, monkeypatch, installation
):
    sheet_id = desk(workbook(row(1), row(2)))
    monkeypatch.setattr(installation.jobs.__class__, "after_commit", lambda *_: None)
    services.take_rows(installation, cast["clerk"], sheet_id, whole=True)
    ours = session().get_one(Inspection, cast.ours)
    ours.kept_settings = {**ours.kept_settings, "types": ["water"]}
    session().commit()
    taking.take(installation, sheet_id)
    assert reports() == []
    assert queries.sheet_page(installation, cast["clerk"], sheet_id).stopped


def test_what_a_crash_cut_short_is_taken_up_where_it_stopped(desk, cast, installation, monkeypatch):
    sheet_id = desk(workbook(*(row(number) for number in range(1, 61))))
    there, count = receive, []

    def fails(*told):
        count.append(told)
        if len(count) == 31:
            raise MemoryError
        return there(*told)

    monkeypatch.setattr(taking, "receive", fails)
    monkeypatch.setattr(taking, "stop", lambda *_: None)  # the power went: nobody could write down that it stopped
    with monkeypatch.context() as lost:
        lost.setattr(installation.jobs.__class__, "after_commit", lambda *_: None)
        services.take_rows(installation, cast["clerk"], sheet_id, whole=True)
    with pytest.raises(MemoryError):
        taking.take(installation, sheet_id)
    assert len(reports()) == 25, "whole steps stay, a half one leaves nothing"
    taking.catch_up(installation)
    found = queries.sheet_page(installation, cast["clerk"], sheet_id)
    assert (found.stage, found.taken, len(reports())) == (SheetStage.TAKEN, 60, 60)
    numbers = [number for _, number in queries.numbers_of(installation, cast["clerk"], sheet_id)]
    assert sorted(numbers) == sorted({report.number for report in reports()})


def test_a_place_in_the_line_may_come_twice(desk, take, installation):
    sheet_id = desk(workbook(row(1)))
    checking.check(installation, sheet_id)
    take(sheet_id)
    taking.take(installation, sheet_id)
    checking.check(installation, sheet_id)
    taking.catch_up(installation)
    assert len(reports()) == 1


def test_who_takes_no_reports_any_more_takes_no_sheet_either(desk, cast, installation, monkeypatch):
    sheet_id = desk(workbook(row(1)))
    session().get_one(Person, cast.people["clerk"]).active = False
    session().commit()
    services.take_rows(installation, cast["clerk"], sheet_id, whole=True)
    assert queries.sheet_page(installation, cast["clerk"], sheet_id).stopped
    assert reports() == []


# ── whose ──


def test_a_sheet_is_its_bringers_alone(desk, cast, installation):
    sheet_id = desk(workbook(row(1)))
    for login in ("clerk2", "inspector", "leader", "foreign_clerk"):
        with pytest.raises(NotFound):
            queries.sheet_page(installation, cast[login], sheet_id)
    with pytest.raises(NotAllowed):
        services.bring(installation, cast["inspector"], BringSheet(cast.ours, "a.csv", text(row(1))))


def test_a_sheet_that_was_removed_is_gone_with_its_file(desk, cast, installation, files):
    sheet_id = desk(workbook(row(1)))
    services.remove_sheet(installation, cast["clerk"], sheet_id)
    assert not [file for file in files.rglob("*") if file.is_file()]
    with pytest.raises(NotFound):
        queries.sheet_page(installation, cast["clerk"], sheet_id)
    with pytest.raises(Stale):
        services.take_rows(installation, cast["clerk"], sheet_id, whole=True)


def test_nobody_came_back_for_it(desk, take, installation, files):
    left, taken = desk(workbook(row(1))), desk(workbook(row(2)))
    take(taken)
    for sheet in session().scalars(select(Sheet)):
        sheet.brought_at -= timedelta(hours=73)
    session().commit()
    tidy(installation)
    session().expire_all()
    assert session().get_one(Sheet, left).stands is SheetStage.REMOVED
    assert session().get_one(Sheet, taken).told_name
    assert len([file for file in files.rglob("*") if file.is_file()]) == 1
