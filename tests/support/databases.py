"""Databases for tests: SQLite with created tables, or PostgreSQL with migrated ones (HOTLINE_TEST_DATABASE)."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import create_engine

from app.cli.database import alembic_config
from app.db import engine_options, prepare
from app.domain.nouns import METADATA

WHICH = os.environ.get("HOTLINE_TEST_DATABASE", "sqlite-created")
KIND, TABLES = WHICH.split("-")
MOST_FILLINGS = 60
"""Of one PostgreSQL database, before a new one is made."""

ORDINARY = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
PLACES = """
    SELECT 'SELECT ' || string_agg(
        format('setval(%L, %s, %L)', sequencename, coalesce(last_value, start_value), last_value IS NOT NULL), ', ')
    FROM pg_sequences"""
SHAPE = """
    SELECT md5((SELECT string_agg(c::text, ' ' ORDER BY oid) FROM pg_class c WHERE relnamespace = 'public'::regnamespace)
        || (SELECT string_agg(t::text, ' ' ORDER BY oid) FROM pg_trigger t WHERE NOT tgisinternal))"""
"""Changes with every table, index, sequence and trigger that is made, altered, truncated, analysed or dropped."""

ALONE = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


def make_tables(url: str) -> None:
    """The tables, created from the models or by the migrations."""
    if TABLES == "migrated":
        from alembic import command

        command.upgrade(alembic_config(url), "head")
        return
    engine = create_engine(url, **engine_options(sqlite=url.startswith("sqlite")))
    prepare(engine)
    METADATA.create_all(engine)
    engine.dispose()


class SqliteFiles:
    """One database file, laid anew from a kept one before each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "test.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def keep(self, name: str) -> None:
        """Keep the database as it is now, with no connection open, to be laid again under this name."""
        shutil.copyfile(self.file, self._kept(name))

    def lay_anew(self, name: str) -> None:
        """A new file, not new content: a closed connection whose last cursor still waits to be collected keeps the old.

        SQLite knows files by their inode and shares what it knows of one among all connections of a process.
        """
        fresh = self.file.with_suffix(".fresh")
        shutil.copyfile(self._kept(name), fresh)
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        fresh.replace(self.file)

    def _kept(self, name: str) -> Path:
        return self.folder / f"{name}.kept"


@dataclass(frozen=True)
class Content:
    """All that is in a database: rows of the tables that have any, as COPY writes them; what sets its sequences."""

    rows: dict[str, bytes]
    sequences: str


class PostgresDatabases:
    """A database on the run's own server, its rows laid anew before each test.

    To make a database is dear (six hundred files), to empty one and fill it again is not. A new one is made where a test
    has touched more than rows, and now and then, so that what was deleted does not pile up.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self.url = f"postgresql+psycopg://postgres@/hotline?host={server}"
        self.kept: dict[str, Content] = {}
        self.shape = self.emptying = ""
        self.times = 0
        self.at_rest: tuple[str, int] | None = None
        """What was laid last, and the number of the transaction that would have come next."""
        self._run("CREATE DATABASE hotline TEMPLATE template0 ENCODING 'UTF8'")

    def keep(self, name: str) -> None:
        """Keep the database as it is now, with no connection open, to be laid again under this name."""
        if not self.kept:
            self._run("ALTER DATABASE hotline RENAME TO hotline_template")
            self._make_whole()
        with self._open("hotline") as connection:
            tables = [row[0] for row in connection.execute(ORDINARY)]
            rows = {table: _rows(connection, table) for table in tables}
            self.kept[name] = Content({table: told for table, told in rows.items() if told}, _one(connection, PLACES))
            self.shape = self.shape or _one(connection, SHAPE)
            self.emptying = "; ".join(f"DELETE FROM {table}" for table in tables)
        self.at_rest = None

    def lay_anew(self, name: str) -> None:
        """The kept rows and no others; nobody is connected any more."""
        with self._open("hotline") as connection:
            connection.execute(ALONE)
            if self.at_rest == (name, _one(connection, NEXT)):
                return  # no transaction has written since
            self.times += 1
            whole = self.times % MOST_FILLINGS == 0 or _one(connection, SHAPE) != self.shape
            if not whole:
                self._fill(connection, name)
        if whole:
            self._make_whole()
            with self._open("hotline") as connection:
                self._fill(connection, name)

    def _fill(self, connection: psycopg.Connection[Any], name: str) -> None:
        """Without the triggers: the ledger's forbid to delete, the keys' ask in which order."""
        connection.execute("SET session_replication_role = replica")
        with connection.transaction():
            connection.execute(self.emptying)
            for table, rows in self.kept[name].rows.items():
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as copying:
                    copying.write(rows)
        connection.execute(self.kept[name].sequences)
        self.at_rest = name, _one(connection, NEXT)

    def _make_whole(self) -> None:
        self._run(
            "DROP DATABASE IF EXISTS hotline WITH (FORCE)",
            "CREATE DATABASE hotline TEMPLATE hotline_template STRATEGY FILE_COPY",
        )

    def _run(self, *statements: str) -> None:
        with self._open("postgres") as connection:
            for statement in statements:
                connection.execute(statement)

    def _open(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(f"host={self.server} user=postgres dbname={database}", autocommit=True)


def _rows(connection: psycopg.Connection[Any], table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as copying:
        return b"".join(bytes(piece) for piece in copying)


def _one(connection: psycopg.Connection[Any], question: str) -> Any:
    row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """A server of its own for the run, as user postgres when we are root; gives the socket's folder.

    `durable` keeps what it was told through a power cut, as a server in service does; tests can do without.
    """
    binaries = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
    folder = tempfile.mkdtemp(prefix="hotline-pg-")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        subprocess.run([*as_postgres, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    data = f"{folder}/data"
    run(
        f"{binaries}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
    )
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=100"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
    run(f"{binaries}/pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{folder}/log", "start")
    try:
        yield folder
    finally:
        run(f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def databases(folder: Path) -> Iterator[SqliteFiles | PostgresDatabases]:
    """Whatever HOTLINE_TEST_DATABASE names."""
    if KIND == "sqlite":
        yield SqliteFiles(folder)
        return
    with postgres_server() as server:
        yield PostgresDatabases(server)


Making = Callable[[Path], AbstractContextManager[SqliteFiles | PostgresDatabases]]
