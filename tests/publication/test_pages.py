"""What everybody reads: published cases, nothing of the report, and files that say how much they hold."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.casework import services
from app.casework.commands import Step
from app.db import session
from app.domain.case import Case
from app.history.importing import Import
from tests.casework.office import HANDED, SPOKEN
from tests.history.published import ROWS, lines
from tests.support.cast import LUSONG, TIANYUAN

SECRETS = (SPOKEN, HANDED, "上报的办理情况", "给举报人的答复", "拟公开的核实情况")
TABLE = "/public/cases?inspection=ours"


def address_of(case: int) -> str:
    return f"/public/cases/{session().get_one(Case, case).number}"


def test_before_anything_is_published_the_page_says_so(reader):
    assert "目前还没有公开件" in reader.get(TABLE)


def test_the_table_holds_what_is_published_and_no_more(reader, office, published):
    published()
    office.brought_to("city_pass", "unpublished")
    page = reader.get(TABLE)
    assert "反映某拌和站夜间生产。" in page
    assert "显示1条，共1条" in page.words
    assert not [secret for secret in SECRETS if secret in page]


def test_a_case_has_a_page_of_its_own_at_an_address_that_stays(reader, office, published):
    case = published()
    address = address_of(case)
    assert address in reader.get(TABLE)
    page = reader.get(address)
    assert "经查，属实。" in page
    assert not [secret for secret in SECRETS if secret in page]
    services.reopen(office.cast["inspector"], Step(case, words="复核"))
    assert "经查，属实。" in reader.get(address)


def test_the_time_of_receipt_is_told_by_its_day_only(reader, published):
    case = session().get_one(Case, published())
    page = reader.get(address_of(case.id))
    assert f"{case.report.received_on.day}日" in page
    assert f"{case.report.received_at:%H:%M:%S}" not in page
    assert f"{case.report.received_at:%H:%M}Z" not in page


def test_what_is_not_published_and_what_is_not_there_look_alike(reader, office):
    hidden = office.brought_to("city_pass", "hidden")
    addresses = (f"/public/{hidden}", "/public/999999", address_of(hidden), "/public/cases/999999")
    assert len({reader.get(address, 404).words for address in addresses}) == 1


@pytest.mark.parametrize("number", ["访受〔2021〕0517031号", "30*", "25-11"])
def test_a_number_may_be_written_in_any_way(reader, installation, tmp_path, number):
    list(Import(installation, "ours").run(lines(tmp_path, *ROWS)))
    page = reader.get(TABLE + f"&number={number}")
    (link,) = [a.get("href") for a in page.all("a") if "".join(a.itertext()) == number]
    assert number in reader.get(link)


def test_a_printed_row_says_that_it_is_history_and_what_was_not_stated(reader, installation, tmp_path):
    list(Import(installation, "ours").run(lines(tmp_path, ROWS[2], ROWS[1])))
    cases = session().scalars(select(Case.id).order_by(Case.id)).all()
    first, second = (reader.get(f"/public/{case}", follow=True).words for case in cases)
    assert "由以往公开的材料录入" in first
    assert "2018-11" in first
    assert "未载明" in second


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [(f"area={TIANYUAN}", True), (f"area={LUSONG}", False), ("kind=air", True), ("verdict=true", True),
     ("verdict=unfounded", False), ("batch=1", True), ("area=nonsense&verdict=1", True), ("number=%25", False)],
)  # fmt: skip
def test_the_table_is_narrowed_by_what_the_reader_chooses(reader, published, narrowed, fits):
    published()
    page = reader.get(f"{TABLE}&{narrowed}")
    assert ("反映某拌和站夜间生产。" in page) is fits
    assert fits or "没有符合条件的公开件" in page


def test_a_long_table_turns_its_pages(reader, installation, tmp_path):
    rows = [{"case_no": f"A{n}", "description": f"第{n}件", "pollution_types": ["水"]} for n in range(60)]
    list(Import(installation, "ours").run(lines(tmp_path, *rows)))
    page, seen = reader.get(TABLE), set()
    assert "显示50条，共60条" in page.words
    seen |= {a.get("href") for a in page.all("a") if "/public/cases/" in a.get("href")}
    (later,) = [a.get("href") for a in page.all("a") if a.get("rel") == "next"]
    page = reader.get(f"/public/cases{later}")
    assert "显示10条，共60条" in page.words
    assert not seen & {a.get("href") for a in page.all("td") if a.get("href")}


def test_the_file_holds_what_the_page_shows_and_says_of_how_many(reader, published):
    published("one", "反映甲厂。")
    published("two", "反映乙厂。")
    first = session().get_one(Case, 1).number
    page = reader.get(f"{TABLE}&number={first}")
    (link,) = [a.get("href") for a in page.all("a") if "disclosure.xlsx" in a.get("href", "")]
    answer = reader.get(link)
    cells = [cell for row in load_workbook(io.BytesIO(answer.body)).active.iter_rows(values_only=True) for cell in row]
    assert "反映甲厂。" in cells
    assert "反映乙厂。" not in cells
    assert "共 2 条，本表 1 条（1 of 2 rows）" in cells
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not [secret for secret in SECRETS if secret in str(cells)]


def test_the_file_of_an_empty_table_is_a_table(reader):
    answer = reader.get("/public/disclosure.csv?inspection=ours")
    assert "0 of 0 rows" in answer.text
    assert reader.get("/public/disclosure.pdf", 404).status == 404


def test_the_pages_speak_english_too(reader, published):
    case = published()
    assert "Tianyuan District" in reader.get(TABLE + "&lang=en")
    assert "What was found" in reader.get(f"{address_of(case)}?lang=en")
