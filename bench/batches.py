"""Closing a day of 500 cases: closed, every document made, handed over, signed for; seconds of each part.

`python -m bench.batches [cases]`, on every database that is here.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.batches.queries.papers import papers, work_for
from app.batches.services import close_day, hand_over, sign_for, take_paper
from app.batches.services.documents import make_papers
from app.db import db, session, transaction
from app.domain.batch import Batch
from app.domain.case import Case
from app.domain.installation import Installation
from app.domain.papers.paper import BATCH_PAPERS, PaperKind
from app.domain.report import Channel, Report
from app.domain.workflow.vocabulary import CaseState, ReportState
from app.kernel import clock
from bench.__main__ import databases, say
from bench.installations import Bench, bench
from tests.support.cast import LUSONG, TIANYUAN

CASES, AIM = 500, 60
WORDS = "反映：㵲水河边某厂夜间十点以后排放黄烟，气味刺鼻，关窗也闻得到，已持续半个月；另反映设备噪声扰民。"


class Later:
    """A line that is looked after by hand, so that its work is timed apart."""

    def after_commit(self, *_words: Any) -> None:
        return


def fill(made: Bench, count: int) -> datetime:
    """Reports accepted, with texts approved, of yesterday; every tenth in two parts. Gives the moment to close at."""
    yesterday = clock.today() - timedelta(days=1)
    morning = clock.at_local(yesterday, datetime.min.time()) + timedelta(hours=9)
    with transaction() as writing:
        for number in range(count):
            writing.add(_case(made, number, morning))
    return morning + timedelta(hours=12)


def _case(made: Bench, number: int, moment: datetime) -> Case:
    area, zh = ((TIANYUAN, "天元区"), (LUSONG, "芦淞区"))[number % 2]
    report = Report(
        inspection_id=made.cast.ours,
        number=f"D2ZZ{moment:%Y%m%d}{number:04}",
        channel=str((Channel.CALL, Channel.LETTER, Channel.WEB)[number % 3]),
        received_at=moment + timedelta(seconds=number),
        description=WORDS,
        state=str(ReportState.ACCEPTED),
        state_since=moment,
        types=["air", "noise"],
    )
    return Case(
        inspection_id=made.cast.ours,
        report=report,
        part=1,
        number=report.number,
        area_code=area,
        area_printed=zh,
        key=False,
        types=["air", "noise"][: 1 + number % 2],
        handover_text=WORDS * (1 + number % 4),
        text_approved_at=moment,
        state=str(CaseState.PREPARED),
        state_since=moment,
    )


Cost = tuple[float, float]
"""Seconds on the wall, and of this process's CPU: on a busy machine the second is the one to compare."""


@contextmanager
def timed(parts: dict[str, Cost], name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    parts[name] = time.perf_counter() - wall, time.process_time() - cpu


def measure(database: str, count: int) -> None:
    with bench(database) as made, made.app.app_context():
        house: Installation = replace(made.app.extensions["installation"], jobs=Later())
        made.app.extensions["installation"] = house
        moment = fill(made, count)
        inspector, leader, city = (made.cast[login].at(moment) for login in ("inspector", "leader", "coordinator"))
        leader = leader.at(clock.now())
        parts: dict[str, Cost] = {}
        with timed(parts, "the day is closed"):
            batch = close_day(inspector, made.cast.ours, house=house)
        with timed(parts, "documents of it, before hand-over"):
            make_papers(house, batch)
        with timed(parts, "handed over, in one transaction"):
            hand_over(leader, batch, house=house)
        with timed(parts, "documents still missing after it"):
            make_papers(house, batch)
        with timed(parts, "signed for"):
            sign_for(city.at(clock.now()), batch)
        found = papers(made.cast["coordinator"], batch)
        copies: dict[str, Cost] = {}
        for kind in (PaperKind.ORDERS, PaperKind.LETTER, PaperKind.LIST):
            with timed(copies, f"a copy: {kind.en}"):
                take_paper(house, made.cast["coordinator"], batch, kind)
        say(f"\n{database}: a batch of {len(found.orders)} cases, {found.ready} of {len(found.rows)} documents ready")
        whole = sum(wall for wall, _ in parts.values()), sum(cpu for _, cpu in parts.values())
        for name, cost in {**parts, f"together (aim: at most {AIM} s)": whole, **copies}.items():
            say(line(name, cost))
        by_kind(batch)
        db.session.remove()


def line(name: str, cost: Cost) -> str:
    return f"  {name:42}{cost[0]:8.2f} s{cost[1]:8.2f} s CPU"


def by_kind(batch_id: int) -> None:
    """What one document of each kind costs to make, without keeping it."""
    batch = session().scalars(select(Batch).where(Batch.id == batch_id)).one()
    work = work_for(session(), batch)
    for kind in BATCH_PAPERS:
        number = work.facts.rows[0]["number"] if kind == PaperKind.ORDER else ""
        cost: dict[str, Cost] = {}
        with timed(cost, kind.en):
            content = work.content(kind, number)
        say(line(f"made once: {kind.en}", cost[kind.en]) + f"{len(content) / 1000:10.1f} kB")


if __name__ == "__main__":
    for each in databases():
        measure(each, int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
