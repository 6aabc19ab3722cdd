"""The session, and the only place that commits. Every writing transaction of SQLite begins IMMEDIATE (docs: trust)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, FromClause, MetaData, Table, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from app.kernel.errors import N_, Stale

WRITES, FILE = "hotline_writes", "hotline_file"
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every noun's table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Moment(),
            dict[str, Any]: JSON(),
            list[str]: JSON(),
            list[dict[str, Any]]: JSON(),
        },
    )


def table_of(noun: type[Base]) -> Table:
    """The table a noun is kept in."""
    table: FromClause = noun.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{table} is not a table")
    return table


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def session() -> Session:
    """The session of this request or command."""
    found: Session = db.session()
    return found


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case: everything in it is committed together, or nothing is.

    Ends the reading transaction first, so that what is read inside is what is changed (no lost update).
    Raises Stale when a record that is written was written by somebody else in between (PostgreSQL only).
    """
    current = session()
    if current.info.get(WRITES):
        raise RuntimeError("a use case cannot begin inside another one")
    current.rollback()
    current.expire_all()  # also what an earlier use case of this session has committed: others may have written since
    current.connection(execution_options={WRITES: True})
    current.info[WRITES] = True
    try:
        yield current
        current.commit()
    except StaleDataError as overtaken:
        current.rollback()
        raise Stale(N_("Somebody else has worked on this since you opened it.")) from overtaken
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info.pop(WRITES, None)


def engine_options(*, sqlite: bool) -> dict[str, Any]:
    """Options for the engine: the current SQLite library, or PostgreSQL with connections that are checked.

    A thread holds one connection at a time, and a server has so many threads and no more: none waits for the pool.
    """
    if not sqlite:
        return {"pool_pre_ping": True, "max_overflow": -1}
    import pysqlite3  # noqa: PLC0415  (only where SQLite is used)

    return {"module": pysqlite3.dbapi2, "connect_args": {"timeout": 30}}


def prepare(engine: Engine) -> None:
    """Give every connection of this engine the house's manners (ADR 0002)."""
    if engine.dialect.name != "sqlite":
        return

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions on its own
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    if engine.url.database:
        _watch_file(engine, engine.url.database)


def _watch_file(engine: Engine, file: str) -> None:
    """A file that was moved away or replaced is another database: what is still written to it would be lost."""

    def present() -> tuple[int, int] | None:
        try:
            found = Path(file).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def on_connect(_connection: Any, record: Any) -> None:
        record.info[FILE] = present()

    def on_checkout(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info[FILE] != present():
            raise DisconnectionError(f"{file} is no longer the file it was")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "checkout", on_checkout)
