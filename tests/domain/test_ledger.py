"""The ledger: written with the change, chained, unchangeable, and honest about what was done to it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.db import db, session, transaction
from app.domain import ledger
from app.domain.inspection import Inspection
from app.domain.people import CITIZEN
from app.domain.receiving import Statement, receive
from app.domain.report import Channel, Report
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel.errors import Refused


@pytest.fixture
def report(app, cast, installation) -> int:
    with transaction() as s:
        words = Statement(Channel.WEB, "河里有红水")
        kept = receive(s, installation, s.get(Inspection, cast.ours), CITIZEN, words, Reporter(), "key")
        kept.report.perform(ReportAction.ASK, cast["inspector"], {Need.QUESTION: "在哪一段？"})
    return kept.report.id


def test_each_change_has_its_entry_in_the_same_transaction(report, cast):
    entries = session().scalars(select(ledger.LedgerEntry).order_by(ledger.LedgerEntry.seq)).all()
    assert [(e.action, e.source, e.target, e.role) for e in entries] == [
        ("register", None, "registered", "citizen"),
        ("ask", "registered", "asked", "inspector"),
    ]
    assert entries[1].person_id == cast.people["inspector"]
    assert entries[1].previous == entries[0].hash
    assert [(w.need, w.text) for w in entries[1].words] == [("question", "在哪一段？")]


def test_the_reporters_words_are_bound_but_not_kept_twice(report):
    word = session().scalar(select(ledger.LedgerWord).where(ledger.LedgerWord.need == "description"))
    assert word.text is None
    assert len(word.digest) == 64


def test_a_refused_change_leaves_neither_state_nor_entry(report, cast):
    with pytest.raises(Refused), transaction() as s:
        s.get(Report, report).perform(ReportAction.LAPSE, cast["inspector"])
    assert session().get(Report, report).state == "asked"
    assert ledger.verify(session()).entries == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET role = 'leader'",
        "DELETE FROM ledger_entries",
        "DELETE FROM ledger_words",
        "UPDATE ledger_words SET digest = 'x'",
        "UPDATE reports SET description = 'nothing happened'",
        "DELETE FROM reports",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(report, statement):
    with pytest.raises(DBAPIError, match="cannot be changed"), transaction() as s:
        s.execute(text(statement))


def unprotected(statement: str) -> None:
    """What somebody with the database file in their hands can do."""
    with transaction() as s:
        if db.engine.dialect.name == "sqlite":
            for name in ("ledger_entries_no_update", "ledger_entries_no_delete", "ledger_words_no_delete"):
                s.execute(text(f"DROP TRIGGER {name}"))
        else:
            s.execute(text("SET LOCAL session_replication_role = replica"))
        s.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE ledger_entries SET role = 'leader' WHERE seq = 1", "was changed"),
        ("UPDATE ledger_words SET text = 'another question' WHERE need = 'question'", "words were changed"),
        ("DELETE FROM ledger_words WHERE need = 'question'", "words were changed"),
        ("UPDATE ledger_entries SET seq = 7 WHERE seq = 2", "missing"),
    ],
)
def test_verify_names_the_first_bad_entry(report, statement, what):
    assert ledger.verify(session()).sound
    session().rollback()
    unprotected(statement)
    verdict = ledger.verify(session())
    assert not verdict.sound
    assert what in verdict.what


def test_verify_notices_an_end_that_was_cut_off(report):
    unprotected("DELETE FROM ledger_words WHERE entry_id = (SELECT id FROM ledger_entries WHERE seq = 2)")
    with transaction() as s:
        s.execute(text("SET LOCAL session_replication_role = replica")) if db.engine.dialect.name != "sqlite" else None
        s.execute(text("DELETE FROM ledger_entries WHERE seq = 2"))
    assert "cut off" in ledger.verify(session()).what


def test_words_may_be_erased_without_breaking_the_chain(report):
    with transaction() as s:
        s.execute(text("UPDATE ledger_words SET text = NULL WHERE need = 'question'"))
    assert ledger.verify(session()).sound
