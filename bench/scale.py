"""`python -m bench million [count] [database …]`: what must be as quick at a million reports as at ten thousand."""

from collections.abc import Callable, Sequence
from time import perf_counter

from app.db import transaction
from app.domain.region import areas_of
from bench.installations import Bench, bench
from bench.million import CITY, fill
from bench.repeats import evaluate, measure_repeats
from bench.search import build_index, measure_search

MILLION = 1_000_000
MEASURED: tuple[Callable[[Bench], None], ...] = (build_index, measure_search, measure_repeats)
"""Each prints its figures beside their floor; in this order, since an index is built before it is searched."""


def measure_at_scale(databases: Sequence[str], count: int = MILLION) -> None:
    for database in databases:
        with bench(database, reports=0) as made:
            began = perf_counter()
            with made.app.app_context(), transaction() as session:
                areas = [region.code for region in areas_of(session, CITY)]
                fill(session.connection(), [made.cast.ours], areas, count)
            print(f"\n{database}: {count} reports laid in {perf_counter() - began:.0f} s")
            for measure in MEASURED:
                measure(made)
    evaluate()


def counts(words: Sequence[str]) -> list[int]:
    """The number of reports, where one was named."""
    return [int(word) for word in words if word.isdecimal()]
