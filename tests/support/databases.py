"""Databases for tests: SQLite with created tables, or PostgreSQL with migrated ones (HOTLINE_TEST_DATABASE)."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

from app.cli.database import alembic_config
from app.db import engine_options, prepare
from app.domain.nouns import METADATA

WHICH = os.environ.get("HOTLINE_TEST_DATABASE", "sqlite-created")
KIND, TABLES = WHICH.split("-")


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
    """One database file, laid anew from a template before each test."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.sqlite3"
        self.template = folder / "template.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def keep_as_template(self) -> None:
        shutil.copyfile(self.file, self.template)

    def lay_anew(self) -> None:
        """A new file, not new content: a closed connection whose last cursor still waits to be collected keeps the old.

        SQLite knows files by their inode and shares what it knows of one among all connections of a process.
        """
        fresh = self.file.with_suffix(".fresh")
        shutil.copyfile(self.template, fresh)
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        fresh.replace(self.file)


class PostgresDatabases:
    """A database on the run's own server, made anew from a template before each test."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.url = f"postgresql+psycopg://postgres@/hotline?host={server}"
        self._run("CREATE DATABASE hotline TEMPLATE template0 ENCODING 'UTF8'")

    def _run(self, *statements: str) -> None:
        with psycopg.connect(f"host={self.server} user=postgres dbname=postgres", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def keep_as_template(self) -> None:
        self._run("ALTER DATABASE hotline RENAME TO hotline_template")
        self.lay_anew()

    def lay_anew(self) -> None:
        self._run(
            "DROP DATABASE IF EXISTS hotline WITH (FORCE)",
            "CREATE DATABASE hotline TEMPLATE hotline_template STRATEGY FILE_COPY",
        )


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
