"""Files of tables: text stays text, every row is counted, and a file is whole or not there."""

import csv
import json
import tracemalloc
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.domain.papers.bound import pages_of
from app.domain.tables.json_file import write_json
from app.domain.tables.kinds import ON_PAPER, WRITERS
from app.domain.tables.money import in_ten_thousands
from app.domain.tables.printing import MOST_PRINTED, write_docx
from app.domain.tables.safety import guarded, unguarded
from app.domain.tables.table import closing
from app.domain.tables.writing import write_csv, write_xlsx
from app.kernel.errors import Refused

DANGEROUS = [
    "=1+1", "+8613900000000", "-2", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠a", " =1", "\n=1",
    '=HYPERLINK("x","y")', "007", "430211199001011234", "25-11", "1E5", "3/4", "'=1",
]  # fmt: skip
PLAIN = ["第一行\n第二行", "𠮷野㵲水", "<b>&amp;", "无", "http://a.example/", "D2ZZ202403150001"]


def cells(file):
    return [list(row) for row in load_workbook(file).active.iter_rows()]


def test_text_never_becomes_a_formula_in_a_workbook(table, tmp_path):
    words = [*DANGEROUS, *PLAIN]
    write_xlsx(table(*((n, word, word) for n, word in enumerate(words, 1))), tmp_path / "a.xlsx")
    body = cells(tmp_path / "a.xlsx")[3 : 3 + len(words)]
    assert [row[1].value for row in body] == words
    assert {cell.data_type for row in body for cell in row[1:]} == {"s"}
    assert all(cell.quotePrefix and cell.number_format == "@" for row in body for cell in row[1:])
    assert [row[0].value for row in body] == list(range(1, len(words) + 1))


def test_text_that_a_spreadsheet_would_change_is_guarded_in_csv(table, tmp_path):
    words = [*DANGEROUS, *PLAIN]
    write_csv(table(*((n, word, word) for n, word in enumerate(words, 1))), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [line[1] for line in csv.reader(file) if len(line) == 3][1:]
    assert all(cell.startswith("'") for cell in written[: len(DANGEROUS)])
    assert written[len(DANGEROUS) :] == PLAIN
    assert [unguarded(cell) for cell in written] == words


@given(st.text(alphabet=st.sampled_from("'=+-@＝\t \n1a文")))
def test_guarding_loses_nothing(words):
    assert unguarded(guarded(words)) == words


def test_title_date_headings_notes_and_count_stand_in_their_places(table, tmp_path):
    write_xlsx(table((1, "D1", "文"), (2, "D2", "字"), total=5), tmp_path / "a.xlsx")
    read = [[cell.value for cell in row if cell.value is not None] for row in cells(tmp_path / "a.xlsx")]
    assert read == [
        ["情况表"], ["某督察　制表时间：2024-03-15 09:20"], ["序号", "受理编号", "内容"], [1, "D1", "文"], [2, "D2", "字"],
        ["一个说明"], ["共 5 条，本表 2 条（2 of 5 rows）"],
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(WRITERS))
def test_an_empty_table_has_its_headings_and_says_that_it_is_empty(table, tmp_path, kind):
    assert WRITERS[kind](table(), tmp_path / f"a.{kind}") == 0
    content = (tmp_path / f"a.{kind}").read_bytes()
    if kind == "xlsx":
        read = [cell.value for row in cells(tmp_path / "a.xlsx") for cell in row]
        assert "受理编号" in read
        assert "共 0 条，本表 0 条（0 of 0 rows）" in read
    elif kind == "docx":
        document = Document(BytesIO(content))
        assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["序号", "受理编号", "内容"]]
        assert document.paragraphs[-1].text == "共 0 条，本表 0 条（0 of 0 rows）"
    elif kind == "json":
        assert json.loads(content)["rows"] == []
    elif kind == "pdf":
        assert pages_of(content) == 1
    else:
        assert content.startswith(b"\xef\xbb\xbf" + "序号,受理编号,内容\r\n".encode())
        assert "0 of 0 rows" in content.decode()


def test_a_word_table_holds_every_text_as_it_is_under_headings_that_stand_on_every_page(table, tmp_path):
    words = [*DANGEROUS, *PLAIN, "前\x0b后"]
    assert write_docx(table(*((n, word, word) for n, word in enumerate(words, 1))), tmp_path / "a.docx") == len(words)
    document = Document(tmp_path / "a.docx")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    kept = [*words[:-1], "前后"]
    assert rows == [["序号", "受理编号", "内容"], *([str(n), word, word] for n, word in enumerate(kept, 1))]
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "情况表", "某督察　制表时间：2024-03-15 09:20", "一个说明", closing(len(words), len(words)),
    ]  # fmt: skip
    assert document.tables[0].rows[0]._tr.trPr.xpath("w:tblHeader")
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE


def test_a_table_for_programs_gives_every_cell_and_says_how_many_there_are(table, tmp_path):
    words = [*DANGEROUS, *PLAIN]
    lines = [(n, word, Decimal("680000.00")) for n, word in enumerate(words, 1)]
    write_json(table(*lines, total=99), tmp_path / "a.json")
    read = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert read["rows"] == [[n, word, "680000.00"] for n, word, _ in lines]
    assert (read["shown"], read["total"], read["headings"]) == (len(words), 99, ["序号", "受理编号", "内容"])
    assert (read["title"], read["made_at"]) == ("情况表", "2024-03-15T09:20+08:00")


@pytest.mark.parametrize("kind", sorted(ON_PAPER))
def test_what_is_too_long_for_paper_says_so_and_leaves_nothing(table, tmp_path, kind):
    rows = lambda: ((n, f"D{n}", "问题") for n in range(MOST_PRINTED + 1))  # noqa: E731
    with pytest.raises(Refused, match=str(MOST_PRINTED)):
        WRITERS[kind](table(rows=rows, total=MOST_PRINTED + 1), tmp_path / f"a.{kind}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", list(WRITERS))
def test_a_failure_leaves_what_was_there_and_nothing_beside_it(table, tmp_path, kind):
    def breaks():
        yield (1, "D1", "文")
        raise RuntimeError

    target = tmp_path / f"a.{kind}"
    target.write_text("yesterday's")
    with pytest.raises(RuntimeError):
        WRITERS[kind](table(rows=breaks), target)
    assert [file.name for file in tmp_path.iterdir()] == [target.name]
    assert target.read_text() == "yesterday's"


def test_what_does_not_fit_into_a_cell_says_how_much_is_missing(table, tmp_path):
    write_xlsx(table((1, "D1", "文" * 40_000)), tmp_path / "a.xlsx")
    assert "原文 40000 字" in cells(tmp_path / "a.xlsx")[3][2].value


@pytest.mark.parametrize("kind", sorted(WRITERS.keys() - ON_PAPER))
def test_a_long_table_needs_no_more_memory_than_a_short_one(table, tmp_path, kind):
    def peak(length):
        tracemalloc.start()
        rows = lambda: ((n, f"D{n}", "问题" * 50) for n in range(length))  # noqa: E731
        WRITERS[kind](table(rows=rows, total=length), tmp_path / f"a.{kind}")
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(20_000) < peak(200) + 2_000_000


@pytest.mark.parametrize(
    ("yuan", "printed"),
    [
        ("0", "0.00"),
        ("680000", "68.00"),
        ("12345", "1.2345"),
        ("60001.50", "6.0002"),
        ("100", "0.01"),
        ("123400", "12.34"),
    ],
)
def test_sums_are_printed_in_ten_thousands_with_two_to_four_decimals(yuan, printed):
    assert str(in_ten_thousands(Decimal(yuan))) == printed
