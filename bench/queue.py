"""`python -m bench queue`: the queue at 10,000 and at 1,000,000 reports, page by page and pair by pair.

Each time stands beside that at the smaller. All reports in one inspection is the hard case; `skewed` spreads them over
many. Every call is the whole page, through the application. A pair whose page is not full at both sizes draws fewer
rows at one of them, and says so.
"""

import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from urllib.parse import urlencode

from flask import Flask, render_template_string
from sqlalchemy import create_engine, func, insert, select, text, update

from app.db import db, engine_options, prepare, session, transaction
from app.domain.inspection import Inspection
from app.domain.region import areas_of
from app.domain.report import Channel, Report, ReportRead
from app.domain.workflow.report import WAITING
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock
from bench.installations import Bench, bench
from bench.measure import MILLI, Sample, paired
from bench.million import CITY, fill
from bench.pages import signed_in, statements_of

SMALL, LARGE = 10_000, 1_000_000
ROUNDS, WARM = 15, 3
AIM_RATIO, AIM_STATEMENTS, AIM_CPU = 1.3, 8, 3.0
DEEP = 50_000
OVER = timedelta(days=347)
"""Both sizes are spread over the same days, so that a filter by days or deadlines finds the same share of both."""
HANDS, READ, OTHERS = 3, 100, 20
PAGE = "/staff/triage/"
COMMON = {
    "state": "answered", "channel": "D", "type": "air", "key": "yes", "late": "yes", "assigned": "nobody",
    "unread": "yes", "begins": "",
}  # fmt: skip
ROWS = text(
    "SELECT reports.id, number, received_at, channel, substr(description, 1, 200) AS words, regions.zh AS area, "
    "reports.key, people.name AS hands, state, due_on, report_reads.report_id AS seen FROM reports "
    "LEFT JOIN regions ON regions.code = reports.area_code LEFT JOIN people ON people.id = reports.assigned_to_id "
    "LEFT JOIN report_reads ON report_reads.report_id = reports.id AND report_reads.person_id = :me "
    "WHERE reports.inspection_id = :here ORDER BY received_at DESC, reports.id DESC LIMIT 50"
)
BARE = """<!doctype html><html lang="zh-CN"><head><title>floor</title></head><body><h1>floor</h1><table><thead><tr>
<th></th><th>受理编号</th><th>收到时间</th><th>受理方式</th><th>反映的问题</th><th>区域</th><th>状态</th><th>领取人</th><th>期限</th>
</tr></thead><tbody>{% for row in rows %}<tr{% if not row.seen %} class="unread"{% endif %}>
<td><input type="checkbox" name="chosen" value="{{ row.id }}" aria-label="选择 {{ row.number }}"></td>
<td><a class="number" href="{{ url_for('report', report_id=row.id) }}">{{ row.number }}</a></td>
<td class="whole">{{ moment(row.received_at) }}</td><td>{{ channels[row.channel] }}</td>
<td>{% if row.key %}<span class="chop">重点件</span> {% endif %}
{% if not row.seen %}<span class="new">新</span> {% endif %}{{ row.words }}</td>
<td>{{ row.area or "" }}</td><td><span class="badge">{{ states[row.state] }}</span></td><td>{{ row.hands or "" }}</td>
<td class="whole">{{ row.due_on or "" }}{% if late(row.due_on) %} <span class="badge">逾期</span>{% endif %}</td></tr>
{% endfor %}</tbody></table></body></html>"""


@dataclass(frozen=True)
class Filled:
    """One size, ready to be asked: the page's caller by its query string, and the busiest area."""

    made: Bench
    size: int
    area: str
    begins: str
    path: str = PAGE
    person: str = "inspector"

    def page(self, **asked: str) -> Callable[[], None]:
        client = signed_in(self.made.app, self.made.cast.people[self.person])
        address = f"{self.path}?{urlencode(asked)}"

        def call() -> None:
            assert client.get(address).status_code == 200

        return call

    def rows(self, **asked: str) -> int:
        """How many rows the page has."""
        client = signed_in(self.made.app, self.made.cast.people[self.person])
        return client.get(f"{self.path}?{urlencode(asked)}").get_data(as_text=True).count('<a class="number"')


@contextmanager
def filled(database: str, size: int, *, skewed: bool) -> Iterator[Filled]:
    """Filled in a context of the application that has ended before anything is measured: requests share nothing."""
    with bench(database, reports=0) as made:
        with made.app.app_context():
            area, begins = _fill(made, size, skewed=skewed)
            db.session.remove()
        yield Filled(made, size, area, begins)


def _fill(made: Bench, size: int, *, skewed: bool) -> tuple[str, str]:
    """The busiest area, and the first day of the newest report's month."""
    ours = made.cast.ours
    with transaction() as current:
        areas = [region.code for region in areas_of(current, CITY)]
        inspections = [ours, *(_another(number) for number in range(OTHERS if skewed else 0))]
        fill(current.connection(), inspections, areas, size, over=OVER)
        _work_on(made)
    if made.database == "postgresql":  # what autovacuum does in service
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    counted = select(Report.area_code).where(Report.inspection_id == ours).group_by(Report.area_code)
    area = session().scalars(counted.order_by(func.count().desc()).limit(1)).one()
    newest = session().scalar(select(func.max(Report.received_at)).where(Report.inspection_id == ours))
    return str(area), clock.local_date(newest or clock.now()).replace(day=1).isoformat()


def _another(number: int) -> int:
    like = session().scalars(select(Inspection)).first()
    assert like is not None
    kept = {name: getattr(like, name) for name in ("round", "team", "region_code", "starts_on", "ends_on")}
    more = Inspection(code=f"more{number}", kept_settings=like.kept_settings, **kept)
    session().add(more)
    session().flush()
    return more.id


def _work_on(made: Bench) -> None:
    """Every third report that waits lies in the inspector's hands, and some have been read."""
    waits = Report.state.in_([str(state) for state in WAITING])
    mine = made.cast.people["inspector"]
    session().execute(update(Report).where(waits, Report.id % HANDS == 0).values(assigned_to_id=mine))
    read = session().scalars(select(Report.id).where(waits).order_by(Report.id).limit(READ)).all()
    if read:
        session().execute(insert(ReportRead), [{"person_id": mine, "report_id": one} for one in read])


def asked_pairs(one: Filled) -> list[dict[str, str]]:
    """Every pair of filters, each set to what is common; the area is the busiest, the days this month's."""
    values = COMMON | {"area": one.area, "begins": one.begins}
    pairs = pairs_of(values, waiting={"assigned", "unread"})
    rare = [{"state": "all", "channel": "F", "type": "radiation"}, {"state": "all", "area": "-", "channel": "D"}]
    return [*pairs, *rare, {"state": "withdrawn", "late": "yes"}, {"state": "all", "assigned": "me", "type": "soil"}]


def pairs_of(values: dict[str, str], waiting: AbstractSet[str] = frozenset()) -> list[dict[str, str]]:
    """Every two of the values, of all states; `waiting` are those that are asked of what waits."""
    pairs = []
    for first, second in combinations(values, 2):
        asked = {first: values[first], second: values[second]}
        pairs.append(({} if waiting & set(asked) or "state" in asked else {"state": "all"}) | asked)
    return pairs


def named(asked: dict[str, str]) -> str:
    return " + ".join(f"{name}={value}" for name, value in asked.items() if value != "all")


def deep(one: Filled) -> str:
    """The cursor of page 1,000 of all, or of the last page but one where there are fewer."""
    place = min(DEEP, one.size * 9 // 10) - 1
    newest = select(Report.id).where(Report.inspection_id == one.made.cast.ours)
    with one.made.app.app_context():
        found = session().scalar(newest.order_by(Report.received_at.desc(), Report.id.desc()).offset(place).limit(1))
        db.session.remove()
    return str(found or "")


def bare(one: Filled) -> Callable[[], None]:
    """A Flask application with one view that reads the same 50 rows by one statement and says the same of them.

    No sign-in, no scope, no languages, no views, filters or counts; nothing around the table.
    """
    engine = create_engine(one.made.url, **engine_options(sqlite=one.made.url.startswith("sqlite")))
    prepare(engine)
    app, today = Flask("floor"), clock.today().isoformat()
    asked = {"here": one.made.cast.ours, "me": one.made.cast.people["inspector"]}

    def moment(kept: datetime | str) -> str:
        at = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
        return f"{clock.local(at.replace(tzinfo=UTC) if at.tzinfo is None else at):%m-%d %H:%M}"

    words = {
        "channels": {str(channel): channel.zh for channel in Channel},
        "states": {str(state): state.zh for state in ReportState},
        "moment": moment,
        "late": lambda day: bool(day) and str(day) < today,
    }

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            rows = connection.execute(ROWS, asked).all()
        return render_template_string(BARE, rows=rows, **words)

    @app.get("/report/<int:report_id>")
    def report(report_id: int) -> str:
        return str(report_id)

    client = app.test_client()

    def call() -> None:
        assert client.get("/").status_code == 200

    return call


def side_by_side(small: Callable[[], None], large: Callable[[], None], rounds: int = ROUNDS) -> tuple[Sample, Sample]:
    """The same page at both sizes in turn, after a warm-up."""
    for _ in range(WARM):
        small()
        large()
    samples = (Sample([], []), Sample([], []))
    for _ in range(rounds):
        for call, sample in ((small, samples[0]), (large, samples[1])):
            cpu, wall = time.process_time(), time.perf_counter()
            call()
            sample.wall.append((time.perf_counter() - wall) * MILLI)
            sample.cpu.append((time.process_time() - cpu) * MILLI)
    return samples


def measure_queue(database: str, say: Callable[[str], None], large: int = LARGE, *, skewed: bool = False) -> None:
    """Print every page at both sizes with their ratio; the aims stand beside the worst of each."""
    with ExitStack() as stack:
        few = stack.enter_context(filled(database, SMALL, skewed=skewed))
        began = time.perf_counter()
        many = stack.enter_context(filled(database, large, skewed=skewed))
        where = "20 inspections, the largest" if skewed else "one inspection"
        say(f"\nqueue, {database}, {SMALL} and {large} reports ({time.perf_counter() - began:.0f} s to fill), {where}")
        pages: Pages = {
            "first page": ({}, {}),
            "all, first page": ({"state": "all"}, {"state": "all"}),
            "all, page 1,000": ({"state": "all", "page": deep(few)}, {"state": "all", "page": deep(many)}),
        }
        pages |= {named(a): (a, b) for a, b in zip(asked_pairs(few), asked_pairs(many), strict=True)}
        compare(few, many, pages, say)
        costs(many, say)


Pages = dict[str, tuple[dict[str, str], dict[str, str]]]
"""By name, what each of the two is asked."""


def compare(few: Filled, many: Filled, pages: Pages, say: Callable[[str], None]) -> None:
    """Every page at both, in turn, and the worst ratio of those that show as many rows at both."""
    say(f"{'':44}{'ms at few':>11}{'ms at many':>12}{'ratio':>8}{'least':>8}{'p95':>8}   rows; medians, fastest, p95")
    worst = [_line(name, few, many, asked, say) for name, asked in pages.items()]
    say(f"worst of the pages that are full at both: {max(worst):.2f} times (aim: {AIM_RATIO})")


def _line(
    name: str, few: Filled, many: Filled, asked: tuple[dict[str, str], dict[str, str]], say: Callable[[str], None]
) -> float:
    at_few, at_many = side_by_side(few.page(**asked[0]), many.page(**asked[1]))
    least, ratio = min(at_many.wall) / min(at_few.wall), at_many.p50() / at_few.p50()
    rows = few.rows(**asked[0]), many.rows(**asked[1])
    p95 = at_many.p95() / at_few.p95()
    figures = f"{at_few.p50():11.1f}{at_many.p50():12.1f}{ratio:8.2f}{least:8.2f}{p95:8.2f}"
    say(f"{name:44}{figures}   {rows[0]}, {rows[1]}")
    return ratio if rows[0] == rows[1] else 0.0


def costs(many: Filled, say: Callable[[str], None]) -> None:
    page = many.page(state="all")
    say(f"statements: {statements_of(many.made, page)} (aim: at most {AIM_STATEMENTS})")
    beside = paired(page, bare(many), ROUNDS * 4)
    say(
        f"CPU: {beside.measured.cpu_p50():.1f} ms, a bare page of the same 50 rows {beside.floor.cpu_p50():.1f} ms: "
        f"{beside.cpu_ratio():.2f} times (aim: {AIM_CPU:.0f})"
    )
