"""How long the line looks at each new report for alarms: `python -m bench.alarms 1000000`, and 10,000 beside it."""

import sys
import time
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from app.db import db, table_of, transaction
from app.domain.alarm import Alarm, AlarmMark
from app.domain.installation import Installation
from app.domain.region import areas_of
from app.domain.report import Report
from app.triage.alarms.marking import marks
from app.triage.alarms.raising import READ, watch
from bench.installations import Bench, bench
from bench.million import CITY, fill, put

FRESH, CHUNK = 200, 20_000
MILLI = 1000.0


def measure_alarms(made: Bench, count: int) -> str:
    """`count` reports that were looked at long ago, and `FRESH` that were not: milliseconds for each of these."""
    with made.app.app_context():
        house: Installation = made.app.extensions["installation"]
        _fill(made, count)
        _mark()
        _fill(made, FRESH)
        wall, cpu = time.perf_counter(), time.process_time()
        watch(house)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        rung = db.session().scalar(select(func.count()).select_from(Alarm))
        db.session.remove()
    each, busy = wall / FRESH * MILLI, cpu / FRESH * MILLI
    return f"{made.database:12}{count:>10} reports: {each:7.2f} ms for each new one, {busy:7.2f} of CPU; {rung} alarms"


def _fill(made: Bench, count: int) -> None:
    with transaction() as session:
        areas = [region.code for region in areas_of(session, CITY)]
        fill(session.connection(), [made.cast.ours], areas, count)


def _mark() -> None:
    """The marks that all those looks would have left, put straight into the table; their alarms are left out."""
    with transaction() as session:
        columns = (
            Report.id, Report.inspection_id, Report.received_at, Report.polluter, Report.area_code, Report.address,
            Report.place, Report.latitude, Report.longitude,
        )  # fmt: skip
        rows = iter(session.execute(select(*columns).order_by(Report.id)).all())
        while some := list(islice(rows, CHUNK)):
            put(session.connection(), table_of(AlarmMark), [mark for row in some for mark in _marks_of(row)])


def _marks_of(row: Any) -> list[dict[str, Any]]:
    left = [(READ, ""), *marks(row, ("株洲市", "株洲")).items()]
    same = {"report_id": row.id, "inspection_id": row.inspection_id, "received_at": row.received_at}
    return [same | {"kind": str(kind), "mark": mark} for kind, mark in left]


if __name__ == "__main__":
    for database in sys.argv[2:] or ["sqlite"]:
        for reports in (10_000, int(sys.argv[1])):
            with bench(database, reports=0) as installation:
                sys.stdout.write(measure_alarms(installation, reports) + "\n")
                sys.stdout.flush()
