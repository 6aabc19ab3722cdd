"""A temporary installation with the tests' cast and ten thousand reports, on SQLite or PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert

from app.cli.database import upgrade_installation
from app.db import db, transaction
from app.domain.report import Channel, Report
from app.domain.workflow.vocabulary import ReportState
from app.factory import build
from app.kernel import clock
from app.settings import Settings
from tests.support.cast import TIANYUAN, Cast, assemble
from tests.support.databases import postgres_server

REPORTS = 10_000
SECRET = "a secret that only the bench knows, long enough"
PASSPHRASE = "bench"
STATES = [*ReportState]


@dataclass(frozen=True)
class Bench:
    """What is measured against."""

    app: Flask
    cast: Cast
    url: str
    database: str


@contextmanager
def bench(database: str, reports: int = REPORTS) -> Iterator[Bench]:
    """`database` is sqlite or postgresql; durable as in service. Everything is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-bench-"))
    try:
        if database == "sqlite":
            yield _made(folder, f"sqlite:///{folder / 'hotline.sqlite3'}", database, reports)
        else:
            with postgres_server(durable=True) as server:
                yield _made(folder, f"postgresql+psycopg://postgres@/postgres?host={server}", database, reports)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path, url: str, database: str, reports: int) -> Bench:
    settings = Settings(
        instance=folder, database_url=url, secret_key=SECRET, production=False, pressure_reports=0, pressure_sender=0
    )
    upgrade_installation(settings, PASSPHRASE)
    app = build(settings)
    with app.app_context():
        with transaction() as session:
            cast = assemble(session)
            if reports:
                session.execute(insert(Report), [_report(cast.ours, number) for number in range(reports)])
        db.session.remove()
    return Bench(app, cast, url, database)


def _report(inspection_id: int, number: int) -> dict[str, object]:
    received = clock.now() - timedelta(minutes=number)
    return {
        "inspection_id": inspection_id,
        "number": f"B{number:06}",
        "channel": str(Channel.CALL),
        "received_at": received,
        "precision": "moment",
        "description": f"反映：第{number}号地块附近夜间有刺激性气味，持续多日。",
        "area_code": TIANYUAN,
        "polluter": f"某厂{number % 97}",
        "types": ["air"],
        "wants_answer": False,
        "history": False,
        "key": number % 20 == 0,
        "out_of_hours": False,
        "state": str(STATES[number % len(STATES)]),
        "state_since": received,
        "version": 1,
        **dict.fromkeys(
            ("area_printed", "place", "since", "frequency", "earlier", "foreign_number", "received_printed"), ""
        ),
    }
