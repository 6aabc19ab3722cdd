"""Migrations: up, down, up again with data in between; the newest equals the models. On SQLite and PostgreSQL."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from app.casework import services
from app.casework.commands import Contest, Extend
from app.cli.database import alembic_config
from app.db import engine_options, prepare, session
from app.domain.nouns import METADATA, is_declared
from app.kernel import clock
from tests.casework.office import Office, happened_otherwise
from tests.support import databases


@pytest.fixture
def empty(own_database, tmp_path):
    """The address of an empty database of the kind this run is about."""
    with own_database(tmp_path) as found:
        yield found.url


def engine_of(url):
    engine = create_engine(url, **engine_options(sqlite=url.startswith("sqlite")))
    prepare(engine)
    return engine


def checks_and_triggers(engine):
    """What autogenerate does not compare: the words of CHECK constraints, and the triggers."""
    reader = inspect(engine)
    checks = {
        (table, check["name"]): sorted(re.findall(r"'([^']*)'", check["sqltext"]))
        for table in reader.get_table_names()
        for check in reader.get_check_constraints(table)
    }
    queries = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    }
    with engine.connect() as connection:
        triggers = [tuple(row) for row in connection.execute(text(queries[engine.dialect.name]))]
    return checks, triggers


def test_there_is_one_head_and_the_revisions_are_numbered():
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert len(script.get_heads()) == 1
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert sorted(revisions) == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_no_migration_imports_the_application():
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    for revision in script.walk_revisions():
        source = Path(revision.path).read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) app\b", source, re.MULTILINE)


def test_the_newest_migration_equals_the_models(empty, tmp_path):
    command.upgrade(alembic_config(empty), "head")
    engine = engine_of(empty)
    with engine.connect() as connection:
        how = {"compare_type": True, "compare_server_default": True, "include_name": is_declared}
        context = MigrationContext.configure(connection, opts=how)
        assert compare_metadata(context, METADATA) == []
    migrated = checks_and_triggers(engine)
    command.downgrade(alembic_config(empty), "base")
    METADATA.create_all(engine)
    created = checks_and_triggers(engine)
    engine.dispose()
    assert migrated == created
    assert migrated[0]
    assert migrated[1]


def test_up_down_up_leaves_nothing_behind(empty):
    config = alembic_config(empty)
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    engine = engine_of(empty)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    command.upgrade(config, "head")


def test_each_migration_goes_down_and_up_with_data_in_it(app, cast, laid):
    """The cast is data; what is still there after a step down must be there, unchanged, after the step up."""
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    steps = list(script.walk_revisions())
    before = rows_of(laid.url)
    session().rollback()
    config = alembic_config(laid.url)
    if databases.TABLES == "created":
        command.stamp(config, "head")
    for revision in steps[:-1]:  # the first one, at the end, drops everything
        command.downgrade(config, revision.down_revision)
        command.upgrade(config, "head")
        assert rows_of(laid.url) == before
    command.downgrade(config, "base")
    command.upgrade(config, "head")
    assert set(rows_of(laid.url)) == set(before)


def rows_of(url):
    engine = engine_of(url)
    with engine.connect() as connection:
        counted = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar()
            for name in inspect(engine).get_table_names()
            if name != "alembic_version"
        }
    engine.dispose()
    return counted


def test_levels_disputes_and_lapsed_days_are_read_from_what_was_there(app, cast, installation, laid):
    """Down to 0026 and up again: who leads was assigned by the city, what is disputed waits, a day that lapsed did."""
    office = Office(cast, installation)
    disputed, late = office.brought_to("assign"), office.brought_to("investigate", "two")
    services.dispute(cast["officer"], Contest(disputed, "不在我区"))
    lapsed = clock.today() - timedelta(days=2)
    happened_otherwise(late, feedback_due_on=lapsed)
    services.extend(cast["inspector"], Extend(late, clock.today() + timedelta(days=3), "补充监测"))
    wanted = {"given": [(disputed, None), (late, None)], "waits": [(disputed, None)], "lapsed": [(late, str(lapsed))]}
    assert _read(laid.url) == wanted
    session().rollback()
    config = alembic_config(laid.url)
    if databases.TABLES == "created":
        command.stamp(config, "head")
    command.downgrade(config, "0026")
    command.upgrade(config, "head")
    assert _read(laid.url) == wanted


def _read(url):
    engine = engine_of(url)
    questions = {
        "given": "SELECT case_id, by_unit_id FROM assignments WHERE ended_at IS NULL AND entry_id > 0 ORDER BY case_id",
        "waits": "SELECT case_id, superior_id FROM disputes WHERE decided_at IS NULL AND raised_by_id > 0",
        "lapsed": "SELECT case_id, CAST(due_on AS VARCHAR) FROM docket_lines WHERE heading = '' AND behind AND "
        "case_id IN (SELECT id FROM cases WHERE lapsed_on IS NOT NULL)",
    }
    with engine.connect() as connection:
        found = {name: [tuple(row) for row in connection.execute(text(asked))] for name, asked in questions.items()}
    engine.dispose()
    return found
