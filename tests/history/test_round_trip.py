"""What was imported comes out again, fact by fact; and what came out can be imported elsewhere."""

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from app.cli import figures as command
from app.domain.tables import disclosure
from app.domain.tables.reading import read_table
from app.history.importing import Fate
from app.kernel.errors import Refused
from tests.history.published import ROWS, WITHOUT_WORDS, facts, lines

HEADINGS = [column.heading for column in disclosure.COLUMNS]


@pytest.fixture
def hotline(app, monkeypatch):
    """The command over the test's database."""
    monkeypatch.setattr(command, "create_app", lambda: app)

    def run(*words, status=0):
        name, *rest = words
        done = CliRunner().invoke(
            {one.name: one for one in command.COMMANDS}[name], [str(word) for word in rest], standalone_mode=False
        )
        if done.exception is not None:
            raise done.exception
        assert (done.return_value or 0) == status, done.output
        return done.output

    return run


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_disclosure_gives_the_same_facts_back(hotline, cast, tmp_path, kind):
    hotline("import", lines(tmp_path, *ROWS), "--inspection", "ours")
    out = tmp_path / f"out.{kind}"
    assert f"{len(ROWS)} of {len(ROWS)} rows" in hotline("export", "disclosure", "--inspection", "ours", "--out", out)
    printed = {row.cells["交办问题基本情况"]: row.cells for row in read_table(out, HEADINGS)}
    assert len(printed) == len(ROWS)
    for row in ROWS:
        assert printed[row["description"]].items() >= facts(row).items()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_came_out_can_be_imported_elsewhere(hotline, bring, cast, tmp_path, kind):
    bring(lines(tmp_path, *ROWS))
    first, second = tmp_path / f"first.{kind}", tmp_path / f"second.{kind}"
    hotline("export", "disclosure", "--inspection", "ours", "--out", first)
    assert {outcome.fate for outcome in bring(first, inspection="theirs")} == {Fate.IMPORTED}
    assert {outcome.fate for outcome in bring(first, inspection="theirs")} == {Fate.ALREADY}
    hotline("export", "disclosure", "--inspection", "theirs", "--out", second)
    one, two = ([row.cells for row in read_table(file, HEADINGS)] for file in (first, second))
    assert one == two


def test_what_came_out_is_already_there_in_its_own_inspection(hotline, bring, cast, tmp_path):
    bring(lines(tmp_path, *ROWS))
    hotline("export", "disclosure", "--inspection", "ours", "--out", tmp_path / "out.xlsx")
    assert {outcome.fate for outcome in bring(tmp_path / "out.xlsx")} == {Fate.ALREADY}


def test_the_command_names_refused_rows_and_says_so_by_its_status(hotline, cast, tmp_path):
    said = hotline("import", lines(tmp_path, ROWS[0], WITHOUT_WORDS), "--inspection", "ours", status=1)
    assert said.splitlines() == [
        "row 2: it has no description",
        "2 rows: 1 imported, 0 already there, 1 refused.",
    ]
    dry = hotline("import", lines(tmp_path, ROWS[1]), "--inspection", "ours", "--dry-run")
    assert dry == "1 rows: 1 would be imported, 0 already there, 0 refused. Nothing was written.\n"


def test_what_is_not_there_is_one_sentence(hotline, cast, tmp_path):
    for words in (
        ("import", tmp_path / "none.jsonl", "--inspection", "ours"),
        ("export", "summary", "--inspection", "nowhere", "--out", tmp_path / "a.csv"),
        ("export", "summary", "--inspection", "ours", "--out", tmp_path / "no" / "a.csv"),
        ("export", "summary", "--inspection", "ours", "--out", tmp_path / "a.txt"),
    ):
        with pytest.raises(Refused):
            hotline(*words)


def sheet(folder, headings, *rows):
    book = Workbook()
    for line in (["一个标题"], headings, *rows):
        book.active.append(line)
    book.save(folder / "sheet.xlsx")
    return folder / "sheet.xlsx"


def test_a_wrong_heading_is_named(bring, tmp_path):
    wrong = ["是否属实吗" if heading == "是否属实" else heading for heading in HEADINGS]
    with pytest.raises(Refused, match="是否属实"):
        bring(sheet(tmp_path, wrong))


def test_other_columns_are_left_alone_and_order_does_not_matter(bring, tmp_path):
    values = {"受理编号": 4260, "交办问题基本情况": "黑烟", "污染类型": "大气、扬尘", "受理方式": "来信"}
    headings = ["备注", *reversed(HEADINGS[1:])]
    file = sheet(tmp_path, headings, [values.get(heading, "") for heading in headings])
    (outcome,) = bring(file)
    assert (outcome.fate, outcome.number, outcome.place) == (Fate.IMPORTED, "4260", 3)


def test_a_number_the_sheet_has_rounded_is_named(bring, tmp_path):
    values = {"受理编号": 170808530522011789, "交办问题基本情况": "黑烟"}
    (outcome,) = bring(sheet(tmp_path, HEADINGS, [values.get(heading, "") for heading in HEADINGS]))
    assert outcome.fate == Fate.REFUSED
    assert "受理编号" in outcome.reason


def test_a_sheet_in_gb18030_is_read(bring, tmp_path):
    file = tmp_path / "old.csv"
    values = {"受理编号": "D1", "交办问题基本情况": "㵲水河边", "污染类型": "水"}
    text = ",".join(HEADINGS) + "\n" + ",".join(values.get(heading, "") for heading in HEADINGS)
    file.write_bytes(text.encode("gb18030"))
    assert [outcome.fate for outcome in bring(file)] == [Fate.IMPORTED]


def test_a_file_that_only_calls_itself_a_workbook_is_refused(bring, tmp_path):
    with pytest.raises(Refused, match="workbook"):
        bring(lines(tmp_path, "no workbook", name="a.xlsx"))


def test_the_exported_workbook_opens_elsewhere(hotline, bring, cast, tmp_path):
    bring(lines(tmp_path, *ROWS))
    hotline("export", "disclosure", "--inspection", "ours", "--out", tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").active.max_row == len(ROWS) + 4
