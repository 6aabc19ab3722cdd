"""The line: work nobody has to wait for. A job is a name and its numbers, and gets into the line after the commit.

What has to be done is said by the tables; a place in the line only makes it happen soon. So a job may come twice, or
get lost with the line, and the next `periodic` one finds what was left. Jobs take numbers and names, never personal
data: the line is written to a file (SQLite), to tables of its own (PostgreSQL), or to a queue server (Redis).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.kernel import crypto
from app.settings import Settings

FILE = "jobs.sqlite3"
WANTED = "hotline_jobs"
NAME = "hotline"
log = structlog.get_logger()


Doing = TypeVar("Doing", bound=Callable[..., None])


@dataclass(frozen=True)
class Job:
    """`every`: minutes between two times; 0 for one that is asked for."""

    name: str
    work: Callable[..., None]
    every: int = 0


JOBS: dict[str, Job] = {}


def job(name: str, every: int = 0) -> Callable[[Doing], Doing]:
    """Give a function a name in the line; `every` so many minutes also without being asked (1 to 60, or 1440)."""

    def enter(work: Doing) -> Doing:
        JOBS[name] = Job(name, work, every)
        return work

    return enter


class Line:
    """An installation's line. `attend` says what a job stands on: the application's context, and the installation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._huey: Huey | None = None
        self._around: Callable[[], AbstractContextManager[Any]] = nullcontext
        self._house: Any = None
        self._tasks: dict[str, Any] = {}

    def attend(self, around: Callable[[], AbstractContextManager[Any]], house: Any) -> None:
        self._around, self._house = around, house

    def after_commit(self, session: Session, name: str, *words: int | str) -> None:
        """Ask for a job once this transaction is committed; a transaction that fails asks for nothing."""
        session.info.setdefault(WANTED, []).append((self, name, words))

    def ask(self, name: str, *words: int | str) -> None:
        """Ask for a job now. A line that cannot be reached costs nobody anything: the next round finds the work."""
        if self._settings.jobs_at_once:
            self.carry_out(name, *words)
            return
        try:
            self.huey().enqueue(self._tasks[name].s(*words))
        except Exception as error:  # noqa: BLE001  (whatever keeps the line from answering)
            log.warning("line away", error=type(error).__name__)

    def carry_out(self, name: str, *words: int | str) -> None:
        """Do a job here and now."""
        with self._around():
            JOBS[name].work(self._house, *words)

    def huey(self) -> Huey:
        """The line itself, opened when it is first needed and with every job known to it."""
        if self._huey is None:
            self._huey = _open(self._settings)
            for one in JOBS.values():
                self._tasks[one.name] = self._huey.task(name=one.name)(_carrying(self, one.name))
                if one.every:
                    _tick(self._huey, self, one)
        return self._huey


def _open(settings: Settings) -> Huey:
    if settings.jobs_at_once:
        return MemoryHuey(NAME, results=False)
    if settings.queue:
        # A job is a pickle: whoever else writes to that server must not be able to have one carried out here.
        own, signed = (crypto.derive(settings.secret_key, f"queue {what}").hex() for what in ("name", "signature"))
        return RedisHuey(
            f"{NAME}-{own[:12]}", url=settings.queue, results=False, serializer=SignedSerializer(secret=signed)
        )
    if settings.sqlite:
        # Not in WAL: the interpreter's own SQLite is used here. Not fsynced: the tables hold the truth.
        return SqliteHuey(
            NAME, filename=str(settings.instance / FILE), journal_mode="delete", fsync=False, results=False
        )
    return PostgresHuey(NAME, dsn=settings.database_url.replace("+psycopg", ""), results=False, table_prefix="line")


def _carrying(line: Line, name: str) -> Callable[..., None]:
    def carry(*words: Any) -> None:
        line.carry_out(name, *words)

    return carry


def _tick(huey: Huey, line: Line, one: Job) -> None:
    hourly, daily = 60, 1440
    when = (
        crontab(minute=f"*/{one.every}")
        if one.every < hourly
        else crontab(minute="7", hour="3" if one.every >= daily else "*")
    )
    huey.periodic_task(when, name=f"{one.name} again")(_carrying(line, one.name))


@event.listens_for(Session, "after_commit")
def _ask_now(session: Session) -> None:
    """The session cannot be used in here; a job has one of its own."""
    for line, name, words in session.info.pop(WANTED, ()):
        line.ask(name, *words)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(WANTED, None)
