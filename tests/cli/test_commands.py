"""Every command helps, does what it says, or says in a sentence why not."""

import re
from datetime import date

import click
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import select, text

from app.cli import hotline as every_command
from app.domain import ledger
from app.domain.inspection import Inspection, InspectionSettings
from app.domain.workflow.vocabulary import Role
from app.kernel import clock

CODE = "ours"

pytestmark = pytest.mark.sqlite  # over an instance of its own: once is enough


def paths(command, *before):
    """Every command and group, as the words that are typed for it."""
    yield before
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from paths(one, *before, name)


@pytest.fixture(scope="module")
def inspected(hotline):
    """An inspection without a report."""
    with hotline.writing() as session:
        kept = InspectionSettings().keep()
        first, last = date(2024, 3, 14), date(2024, 4, 2)
        stay = {"region_code": "430200", "starts_on": first, "ends_on": last, "kept_settings": kept}
        session.add(Inspection(code=CODE, round="第二轮督察", team="督察组", **stay))
    return hotline


def test_every_command_helps(hotline):
    known = list(paths(every_command))
    assert ("db", "upgrade") in known
    for words in known:
        told = CliRunner().invoke(every_command, [*words, "--help"])
        assert (told.exit_code, told.output.startswith("Usage: ")) == (0, True), words
    hotline("--help").done("Usage: hotline")
    hotline("--version").done("hotline")


def test_every_command_says_in_a_line_what_it_does():
    def lines(command, *before):
        yield " ".join(before), command.get_short_help_str()
        for name, one in getattr(command, "commands", {}).items():
            yield from lines(one, *before, name)

    assert [words for words, line in lines(every_command) if not line] == []


@pytest.mark.parametrize(
    "words", [["nothing-like-it"], ["db", "nothing-like-it"], ["export", "nothing-like-it"], ["serve", "--port", "0"]]
)
def test_a_wrong_call_is_told_how_it_is_called(hotline, words):
    hotline(*words).refused("Usage: hotline", status=2)


# ── the database ──


def test_upgrading_twice_changes_nothing(hotline):
    told = hotline("db", "upgrade").done("newest migration")
    assert told.out.count("\n") == 1, "nothing else was done"


def test_keys_are_the_owners_alone(hotline):
    assert {file.stat().st_mode & 0o077 for file in (hotline.instance / "keys").iterdir()} == {0}


@pytest.mark.parametrize("words", [["ledger", "verify"], ["serve"], ["export", "summary", "--inspection", CODE]])
def test_what_needs_an_installation_says_how_to_make_one(bare, words):
    if words[0] == "export":
        words = [*words, "--out", str(bare.instance.parent / "table.xlsx")]
    bare(*words).refused("hotline db upgrade")


def test_a_database_that_was_never_upgraded_is_named_so(copied):
    copied.database.unlink()
    copied("ledger", "verify").refused("hotline db upgrade")
    copied("serve").refused("hotline db upgrade")


@pytest.mark.parametrize(
    "url",
    [
        "no address at all",
        "nosuchkind://here",
        "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2",
        "sqlite:////proc/none/here.sqlite3",
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence(hotline, url):
    hotline("db", "upgrade", HOTLINE_DATABASE_URL=url).refused("hotline: ")


def test_a_file_that_is_no_database_is_one_sentence(hotline, tmp_path):
    file = tmp_path / "words.sqlite3"
    file.write_text("not a database, only words. " * 50)
    hotline("ledger", "verify", HOTLINE_DATABASE_URL=f"sqlite:///{file}").refused("cannot be used")


def test_production_refuses_to_start_without_a_secret_of_its_own(bare):
    for secret in ({}, {"HOTLINE_SECRET_KEY": "change-me"}, {"HOTLINE_SECRET_KEY": "short"}):
        bare("db", "upgrade", HOTLINE_ENV="production", **secret).refused("HOTLINE_SECRET_KEY")
    assert not bare.instance.exists()


def test_production_asks_for_the_vaults_passphrase_and_takes_it_once(bare):
    settings = {"HOTLINE_ENV": "production", "HOTLINE_SECRET_KEY": "a secret of production, long enough"}
    bare("db", "upgrade", **settings).refused("HOTLINE_VAULT_PASSPHRASE")
    bare("db", "upgrade", "--vault-passphrase", "the custodian's own", **settings).done("keys were made")
    bare("db", "upgrade", **settings).done("newest migration")


# ── the ledger ──


def test_a_ledger_that_was_tampered_with_names_the_entry(copied):
    with copied.writing() as session:
        for number in range(3):
            now = clock.now()
            ledger.append(session, ledger.Happening(0, None, Role.CLOCK, now, "person", number, "sign_in"))
        second = session.scalars(select(ledger.LedgerEntry.id)).all()[1]
    copied("ledger", "verify").done("3 entries, every one sound")
    with copied.writing() as session:
        session.execute(text("DROP TRIGGER ledger_entries_no_update"))
        session.execute(text(f"UPDATE ledger_entries SET noun_id = 99 WHERE id = {second}"))
    copied("ledger", "verify").refused(f"entry {second}: it was changed")


# ── tables and documents ──


def test_a_table_is_written_whole(inspected, tmp_path):
    for name in ("disclosure.xlsx", "handover.xlsx", "summary.csv"):
        file = tmp_path / name
        inspected("export", file.stem, "--inspection", CODE, "--out", str(file)).done(f"{file}: ", " rows.")
    assert load_workbook(tmp_path / "disclosure.xlsx").active["A1"].value
    assert (tmp_path / "summary.csv").read_text("utf-8-sig").startswith("行政区域,")
    assert {one.name for one in tmp_path.iterdir()} == {"disclosure.xlsx", "handover.xlsx", "summary.csv"}


def test_a_refused_table_leaves_what_was_there(inspected, tmp_path):
    file = tmp_path / "table.xlsx"
    file.write_bytes(b"as it was")
    inspected("export", "disclosure", "--inspection", "theirs", "--out", str(file)).refused("theirs", CODE)
    inspected("export", "disclosure", "--inspection", CODE, "--format", "ods", "--out", str(file)).refused(status=2)
    inspected("export", "disclosure", "--inspection", CODE, "--out", str(tmp_path / "table.ods")).refused("--format")
    inspected("export", "disclosure", "--inspection", CODE, "--out", str(tmp_path / "no" / "t.csv")).refused("folder")
    assert file.read_bytes() == b"as it was"
    assert [one.name for one in tmp_path.iterdir()] == ["table.xlsx"]


def test_rows_come_from_a_file_that_is_there(inspected, tmp_path):
    inspected("import", str(tmp_path / "none.csv"), "--inspection", CODE).refused("none.csv")
    inspected("import", str(tmp_path), "--inspection", CODE).refused("no file")
    sheet = tmp_path / "rows.csv"
    sheet.write_text("其他,表头\n1,2\n", encoding="utf-8")
    inspected("import", str(sheet), "--inspection", "theirs").refused("theirs")
    inspected("import", str(sheet), "--inspection", CODE).refused("受理编号")


def test_the_generated_documents_are_fresh(bare):
    bare("docs", "build", "--check").done()


# ── serving ──


def test_it_serves_and_stops_when_told_to(hotline):
    with hotline.serving() as served:
        assert served.get("/healthz") == 200
        assert served.get("/") == 200
        assert served.stop() == 0
    log = (hotline.instance / "serving.log").read_text()
    assert re.match(r"督察热线  http://127\.0\.0\.1:\d+\n", log)
    assert "Traceback" not in log


def test_the_pulse_stops_while_the_database_is_gone(copied):
    with copied.serving() as served:
        assert served.get("/healthz") == 200
        away = copied.database.rename(copied.database.with_suffix(".away"))
        assert served.get("/healthz") == 503
        assert served.get("/") == 500
        away.replace(copied.database)
        assert served.get("/healthz") == 200
