"""A million reports, or ten thousand of the same kind, put straight into the tables; on SQLite or PostgreSQL.

Only for measuring reading: the rows are such as the services write, but nobody wrote them, so the ledger knows
nothing of them. What follows a report by an event of the mapper (its search text) has to be rebuilt afterwards.
"""

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from json import dumps
from time import perf_counter
from typing import Any

from sqlalchemy import JSON, Table, func, select, text
from sqlalchemy.engine import Connection

from app.db import table_of, transaction
from app.domain.case import Case
from app.domain.region import areas_of
from app.domain.report import Channel, Report, ReportType
from app.domain.workflow.vocabulary import CaseState, ReportState
from app.kernel import clock
from bench.installations import bench
from bench.words import OFTEN, SINCE, Told, description, matters, popularity

SEED = 20240314
CITY = "430200"
CHUNK = 20_000
MATTERS_IN_TEN = 4
CHANNELS = (Channel.CALL, Channel.WEB, Channel.LETTER, Channel.VISIT, Channel.PASSED_ON)
CHANNEL_SHARES = (48, 34, 12, 2, 4)
STATES = (
    ReportState.REGISTERED, ReportState.ASKED, ReportState.ACCEPTED, ReportState.REFERRED, ReportState.MERGED,
    ReportState.VOIDED, ReportState.WITHDRAWN, ReportState.ANSWERED,
)  # fmt: skip
STATE_SHARES = (10, 1, 28, 15, 8, 2, 1, 35)
ACCEPTED = {ReportState.ACCEPTED, ReportState.ANSWERED}
KEY_IN, EVERY_SECONDS = 11, 30
"""Published rounds name 2,573 key ones of 27,268. What waits is a tenth: a page of it is full at 10,000 as well."""


Laid = Callable[[Mapping[str, Any]], dict[str, Any]]
"""A case as it is laid beside its report's row."""


def fill(
    connection: Connection,
    inspections: Sequence[int],
    areas: Sequence[str],
    count: int,
    *,
    over: timedelta | None = None,
    case: Laid | None = None,
) -> None:
    """`count` reports with their types and cases, in the caller's transaction. Inspections get uneven shares.

    Ids go on from those that are there. The newest was received a minute ago, the others evenly before it, `over` so
    long a time; half a minute apart where nothing is said.
    """
    chance = random.Random(SEED)
    every = matters(areas, max(1000, count * MATTERS_IN_TEN // 10), chance)
    apart = over / count if over else timedelta(seconds=EVERY_SECONDS)
    reports = _reports(connection, inspections, every, count, apart, chance)
    while chunk := list(islice(reports, CHUNK)):
        put(connection, table_of(Report), chunk)
        put(connection, table_of(ReportType), [_type(row) for row in chunk])
        if cases := [(case or case_of)(row) for row in chunk if row["state"] in ACCEPTED]:
            put(connection, table_of(Case), cases)
    if connection.dialect.name == "postgresql":  # rows that brought their own ids took none from the sequences
        for table in (table_of(Report), table_of(Case)):
            last = select(func.max(table.c.id)).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
        connection.execute(text("ANALYZE"))


def _reports(
    connection: Connection,
    inspections: Sequence[int],
    every: Sequence[Told],
    count: int,
    apart: timedelta,
    chance: random.Random,
) -> Iterator[dict[str, Any]]:
    first = (connection.scalar(select(func.max(Report.id))) or 0) + 1
    begins = clock.now() - apart * count - timedelta(minutes=1)
    weights, shares = popularity(len(every)), [1 / (place + 1) for place in range(len(inspections))]
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        told = chance.choices(every, cum_weights=weights, k=size)
        channels = chance.choices(CHANNELS, CHANNEL_SHARES, k=size)
        states = chance.choices(STATES, STATE_SHARES, k=size)
        where = chance.choices(inspections, shares, k=size)
        for at, one in enumerate(told):
            received = begins + apart * (start + at)
            yield _report(first + start + at, where[at], channels[at], states[at], one, received, chance)


def _report(
    number: int, inspection: int, channel: Channel, state: ReportState, told: Told, received: datetime,
    chance: random.Random,
) -> dict[str, Any]:  # fmt: skip
    waits = state in {ReportState.REFERRED, ReportState.ASKED}
    return DEFAULTS[Report.__tablename__] | {
        "id": number,
        "inspection_id": inspection,
        "number": f"{channel}2ZZ{clock.local_date(received):%Y%m%d}{number:07}",
        "channel": str(channel),
        "received_at": received,
        "description": description(told, chance),
        "area_code": told.area,
        "place": told.place,
        "latitude": round(told.point[0], 6) if chance.random() < 0.4 else None,
        "longitude": round(told.point[1], 6) if chance.random() < 0.4 else None,
        "polluter": told.polluter if chance.random() < 0.7 else "",
        "since": chance.choice(SINCE),
        "frequency": chance.choice(OFTEN),
        "types": [told.kind],
        "key": number % KEY_IN == 0,
        "state": str(state),
        "state_since": received,
        "due_on": clock.local_date(received) + timedelta(days=15) if waits else None,
    }


def _type(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"report_id": row["id"], "code": row["types"][0], "position": 1}


def case_of(row: Mapping[str, Any]) -> dict[str, Any]:
    answered = row["state"] == ReportState.ANSWERED
    return DEFAULTS[Case.__tablename__] | {
        "inspection_id": row["inspection_id"],
        "report_id": row["id"],
        "part": 1,
        "number": row["number"],
        "area_code": row["area_code"],
        "key": row["key"],
        "types": row["types"],
        "handover_text": row["description"],
        "state": str(CaseState.PUBLISHED if answered else CaseState.ASSIGNED),
        "state_since": row["received_at"],
        "handed_over_at": row["received_at"],
        "feedback_due_on": clock.local_date(row["received_at"]) + timedelta(days=7),
    }


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows of one shape, as fast as the database takes them: COPY on PostgreSQL. Defaults are the caller's."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(table.insert(), [*rows])


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    names = list(rows[0])
    kinds = {name: table.c[name].type.dialect_impl(connection.dialect) for name in names}
    binds = {name: kind.bind_processor(connection.dialect) for name, kind in kinds.items()}
    json = {name for name, kind in kinds.items() if isinstance(kind, JSON)}
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.connection.cursor().copy(f"COPY {table.name} ({listed}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row([_kept(row[name], binds[name], json=name in json) for name in names])


def _kept(value: Any, bind: Any, *, json: bool) -> Any:
    if json:
        return None if value is None else dumps(value)
    return bind(value) if bind else value


def _defaults(table: Table) -> dict[str, Any]:
    """What a row has where nobody says otherwise: the models' own defaults."""
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.primary_key:
            continue
        default: Any = column.default
        if default is None:
            found[column.name] = None
        elif default.is_callable:
            found[column.name] = default.arg(None)
        else:
            found[column.name] = default.arg
    return found


DEFAULTS: dict[str, dict[str, Any]] = {
    table.name: _defaults(table) | {"version": 1} for table in (table_of(Report), table_of(Case))
}


if __name__ == "__main__":
    for database in sys.argv[2:] or ["sqlite"]:
        with bench(database, reports=0) as made, made.app.app_context():
            began = perf_counter()
            with transaction() as session:
                areas = [region.code for region in areas_of(session, CITY)]
                fill(session.connection(), [made.cast.ours], areas, int(sys.argv[1]))
            took = perf_counter() - began
            print(f"{database}: {sys.argv[1]} reports in {took:.1f} s")
