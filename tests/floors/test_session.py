"""One place that commits; SQLite's manners on every connection."""

import pytest
from sqlalchemy import event, text, update
from sqlalchemy.exc import IntegrityError

from app.db import db, session, transaction
from app.domain.people import Person


def test_a_use_case_is_kept_whole_or_not_at_all(app):
    with pytest.raises(IntegrityError), transaction() as s:
        s.add_all([Person(login=login, name="x", password_hash="x") for login in ("x", "x")])
    assert session().query(Person).filter_by(login="x").count() == 0


def test_a_use_case_reads_what_others_have_written_since_the_last_one(app):
    with transaction() as s:
        person = Person(login="x", name="before", password_hash="x")
        s.add(person)
    with db.engine.begin() as another:
        another.execute(update(Person).where(Person.id == person.id).values(name="since"))
    with transaction() as s:
        assert s.get_one(Person, person.id).name == "since"


def test_a_use_case_cannot_begin_inside_another(app):
    with pytest.raises(RuntimeError, match="inside"), transaction(), transaction():
        pass


def test_every_sqlite_connection_has_the_houses_manners(app):
    if db.engine.dialect.name != "sqlite":
        assert session().execute(text("SHOW synchronous_commit")).scalar() in {"on", "off"}
        return
    found = {
        name: session().execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30000,
    }
    version = tuple(map(int, session().execute(text("SELECT sqlite_version()")).scalar().split(".")))
    assert version > (3, 51, 2)  # older ones can lose a WAL at its reset


@pytest.mark.sqlite
def test_a_writing_transaction_begins_immediate_and_a_reading_one_does_not(app):
    seen = []
    listener = lambda _c, _cur, statement, *_: seen.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    session().execute(text("SELECT 1"))
    with transaction() as s:
        s.execute(text("SELECT 1"))
    session().rollback()
    event.remove(db.engine, "before_cursor_execute", listener)
    assert [statement for statement in seen if statement.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]
