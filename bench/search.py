"""Searching at scale: the page as an inspector gets it, the size of the index, what it costs to build and to follow."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from sqlalchemy import event, func, select, text

from app.db import session, transaction
from app.domain.region import areas_of
from app.domain.report import Report
from app.domain.search import find, rebuild_reports, report_index
from app.domain.search.rarity import count_again
from app.domain.search.words import is_han, runs
from app.kernel import clock
from bench.floors import bare_page
from bench.installations import Bench
from bench.measure import HEAD, line, paired
from bench.pages import signed_in

CITY = "430200"
TEXTS, CALLS = 400, 120
LENGTHS = (1, 2, 3, 4)
AIMS = {"sqlite": {1: 40, 2: 20, 3: 20, 4: 20}, "postgresql": dict.fromkeys(LENGTHS, 60)}
MEGABYTE = 1e6
SIZES = {
    "sqlite": "SELECT sum(length(block)) FROM report_index_data",
    "postgresql": "SELECT pg_total_relation_size('report_index')",
}
TEXT_SIZES = {
    "sqlite": "SELECT sum(length(CAST(text AS BLOB)) + length(CAST(marks AS BLOB))) FROM report_texts",
    "postgresql": "SELECT pg_total_relation_size('report_texts')",
}


def build_index(made: Bench) -> None:
    """As `hotline search rebuild` builds it; prints how long it took and how large it is."""
    with made.app.app_context():
        began, used = time.perf_counter(), time.process_time()
        with transaction() as writing:
            count = rebuild_reports(writing)
        took, cpu = time.perf_counter() - began, time.process_time() - used
        count_again(None)
        size = session().scalar(text(SIZES[made.database])) / MEGABYTE
        texts = session().scalar(text(TEXT_SIZES[made.database])) / MEGABYTE
        print(f"\n{made.database}: {count} reports indexed in {took:.0f} s ({cpu:.0f} s of CPU in this process)")
        print(f"index {size:.0f} MB, plain texts beside it {texts:.0f} MB")


def measure_search(made: Bench) -> None:
    """The search page against a bare one; words drawn from the texts, as frequent as they are, and absent ones."""
    print(f"\n{made.database}: search page, {CALLS} questions of each kind; milliseconds, the floor is a bare page")
    print(HEAD)
    with made.app.app_context():
        areas = [region.code for region in areas_of(session(), CITY)]
        said = _texts()
    client, floor = signed_in(made.app, made.cast.people["inspector"]), bare_page()
    for long in LENGTHS:
        for name, words in (("said", drawn(said, long)), ("absent", made_up(said, long))):
            for narrowed in (False, True):
                chance = random.Random(long)
                asked = [f"&area={chance.choice(areas)}" if narrowed else "" for _ in words]
                ways = [f"/staff/triage/search?q={quote(word)}{more}" for word, more in zip(words, asked, strict=True)]
                pair = paired(_ask(client, ways), floor, CALLS)
                aim = AIMS[made.database][long]
                print(line(f"{long} {name}{', one area' if narrowed else ''} (p95 {aim})", pair))
    _counted(made, said)
    _write_cost(made)


def _ask(client: Any, ways: list[str]) -> Callable[[], None]:
    turn = iter(ways * 2)

    def call() -> None:
        assert client.get(next(turn)).status_code == 200

    return call


def _texts() -> list[str]:
    top = session().scalar(select(func.max(Report.id))) or 1
    chance = random.Random(4)
    ids = [chance.randint(1, top) for _ in range(TEXTS)]
    found = session().scalars(select(Report.description).where(Report.id.in_(ids)).order_by(Report.id))
    return list(found)


def drawn(said: list[str], long: int) -> list[str]:
    """Stretches of texts, taken anywhere: what is said often is asked for often."""
    chance = random.Random(long)
    found: list[str] = []
    while len(found) < CALLS:
        some = [run for run in runs(chance.choice(said)) if is_han(run) and len(run) >= long]
        if some:
            run = chance.choice(some)
            at = chance.randint(0, len(run) - long)
            found.append(run[at : at + long])
    return found


def made_up(said: list[str], long: int) -> list[str]:
    """Characters that are used, in an order that mostly is not."""
    chance = random.Random(100 + long)
    letters = sorted({letter for one in said for run in runs(one) if is_han(run) for letter in run})
    if long == 1:
        return [chr(0x4E00 + chance.randrange(0x5000)) for _ in range(CALLS)]
    return ["".join(chance.choices(letters, k=long)) for _ in range(CALLS)]


def _counted(made: Bench, said: list[str]) -> None:
    """How many questions had more answers than are counted."""
    with made.app.app_context():
        actor = made.cast["inspector"]
        for long in LENGTHS:
            found = [find(session(), actor, made.cast.ours, word) for word in drawn(said, long)]
            many, none = sum(one.more for one in found), sum(not one.ids for one in found)
            print(f"{long}: of {len(found)} drawn words {many} are in more than 2,000 reports, {none} in none")
        session().rollback()


@contextmanager
def _not_followed() -> Iterator[None]:
    event.remove(Report, "after_insert", report_index.begin)
    yield
    event.listen(Report, "after_insert", report_index.begin)


def _write_cost(made: Bench) -> None:
    """One report kept durably, with the index and without."""
    with made.app.app_context():
        said, numbers = _texts(), iter(range(10**6))

        def keep() -> None:
            number = next(numbers)
            with transaction() as writing:
                report = Report(
                    inspection_id=made.cast.ours, number=f"BENCH{number:06}", channel="D", received_at=clock.now(),
                    description=said[number % len(said)], state="registered", state_since=clock.now(), version=1,
                )  # fmt: skip
                writing.add(report)

        def keep_alone() -> None:
            with _not_followed():
                keep()

        print(line("a report with the index / without", paired(keep, keep_alone, CALLS)))
        session().rollback()
