"""Possible repeats: how quickly at scale, and how well on re-told reports; `python -m bench.repeats` for the latter.

A re-telling has half of the clauses in another order, other words for what has several, and lost characters.
"""

import json
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median, quantiles

from sqlalchemy import func, select

from app.db import session, transaction
from app.domain.region import areas_of
from app.domain.report import Channel, Report
from app.domain.search import Repeat, repeats
from app.domain.search.rarity import count_again
from app.domain.workflow.vocabulary import ReportState
from app.kernel import clock
from bench.data import DATA
from bench.installations import Bench, bench

MESSAGES = DATA / "messages.jsonl"
CITY, SHORTEST, ASKED, LOST = "430200", 30, 400, 0.15
CLAUSE = re.compile(r"[，。；！？、,.;!?\s]+")
OTHERWISE = (
    ("臭味", "异味", "难闻", "恶臭", "臭气", "刺鼻"), ("噪音", "噪声", "吵闹"), ("污水", "废水", "脏水"),
    ("扬尘", "灰尘", "粉尘"), ("扰民", "影响休息"), ("小区", "居民区"), ("餐馆", "饭店", "餐厅", "酒楼"),
    ("反映", "投诉", "举报"), ("晚上", "夜间", "半夜", "夜里"), ("工厂", "厂子", "企业"), ("垃圾", "废弃物"),
    ("倾倒", "偷倒", "乱倒"),
)  # fmt: skip


@dataclass
class Outcome:
    """Of each question: at which place the right one came (0: not at all), how many were offered, milliseconds."""

    places: list[int] = field(default_factory=list)
    offered: list[int] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def note(self, place: int, offered: int) -> None:
        self.places.append(place)
        self.offered.append(offered)

    def line(self, name: str) -> str:
        asked, right = len(self.places), sum(place > 0 for place in self.places)
        first = sum(place == 1 for place in self.places)
        return (
            f"{name:40} recall@5 {right / asked:.3f}, first {first / asked:.3f}, "
            f"precision {right / max(1, sum(self.offered)):.3f} of {sum(self.offered) / asked:.1f} offered; "
            f"p50 {median(self.wall):.0f} ms, p95 {quantiles(self.wall, n=20)[-1]:.0f} ms, "
            f"CPU {median(self.cpu):.0f} ms"
        )


def retold(said: str, chance: random.Random) -> str:
    clauses = [clause for clause in CLAUSE.split(said) if clause]
    told = "，".join(chance.sample(clauses, (len(clauses) + 1) // 2))
    for same in OTHERWISE:
        for word in same:
            if word in told:
                told = told.replace(word, chance.choice([other for other in same if other != word]))
                break
    return "".join(letter for letter in told if chance.random() >= LOST)


def ask(made: Bench, outcome: Outcome, words: str, area: str | None, besides: int | None = None) -> list[Repeat]:
    began, used = time.perf_counter(), time.process_time()
    found = repeats(session(), made.cast.ours, words, area_code=area, besides=besides)
    outcome.wall.append((time.perf_counter() - began) * 1000)
    outcome.cpu.append((time.process_time() - used) * 1000)
    return found


def measure_repeats(made: Bench) -> None:
    """At scale: re-told reports of those that are there. Right is whatever speaks of the same place and polluter."""
    with made.app.app_context():
        chance = random.Random(5)
        top = session().scalar(select(func.max(Report.id))) or 1
        query = select(Report.id, Report.description, Report.place, Report.area_code).where(Report.place != "")
        rows = session().execute(query.where(Report.id.in_([chance.randint(1, top) for _ in range(ASKED)]))).all()
        outcome = Outcome()
        for row in rows:
            matter = CLAUSE.split(row.description)[0]
            rest = row.description[len(matter) :]
            found = ask(made, outcome, f"{retold(matter, chance)}，{retold(rest, chance)}", row.area_code)
            ids = [one.report_id for one in found]
            told = session().execute(select(Report.id, Report.place).where(Report.id.in_(ids)))
            places = {one.id: one.place for one in told}
            right = [at for at, key in enumerate(ids, 1) if key == row.id or places[key] == row.place]
            outcome.note(right[0] if right else 0, len(found))
        session().rollback()
    print(f"\n{made.database}, {top} reports, {len(rows)} re-told: possible repeats (aim: p95 100 ms)")
    print(outcome.line("re-told, in its area"))


def messages() -> list[str]:
    """Citizens' own words, each once; none where they are not here."""
    if not MESSAGES.exists():
        return []
    told = [json.loads(row)["text"].strip() for row in MESSAGES.read_text(encoding="utf-8").splitlines()]
    return [said for said in dict.fromkeys(told) if len(said) >= SHORTEST]


def evaluate(database: str = "sqlite") -> None:
    """On real messages: each re-told must find itself; each by itself should find no other, unless it is a repeat."""
    said = messages()
    if not said:
        print(f"{MESSAGES} is not here: the quality on real messages is not measured")
        return
    with bench(database, reports=0) as made, made.app.app_context():
        areas, ids = _filled(made, said)
        chance = random.Random(7)
        asked = chance.sample(range(len(said)), min(ASKED, len(said)))
        print(f"\n{database}: {len(said)} real messages, {len(asked)} of them re-told")
        for name, known in (("re-told, area known", True), ("re-told, area unknown", False)):
            outcome, chance = Outcome(), random.Random(7)
            for at in asked:
                area = areas[at % len(areas)] if known else None
                found = [one.report_id for one in ask(made, outcome, retold(said[at], chance), area)]
                outcome.note(found.index(ids[at]) + 1 if ids[at] in found else 0, len(found))
            print(outcome.line(name))
        outcome = Outcome()
        alarms = [bool(ask(made, outcome, said[at], areas[at % len(areas)], ids[at])) for at in asked]
        print(
            f"others' messages: {sum(alarms) / len(alarms):.3f} of them are offered anything (true repeats among them)"
        )
        session().rollback()


def _filled(made: Bench, said: Sequence[str]) -> tuple[list[str], list[int]]:
    now = clock.now()
    with transaction() as writing:
        areas = [region.code for region in areas_of(writing, CITY)]
        rows = [
            Report(
                inspection_id=made.cast.ours, number=f"M{at:06}", channel=str(Channel.WEB), description=words,
                received_at=now - timedelta(hours=at), area_code=areas[at % len(areas)],
                state=str(ReportState.REGISTERED), state_since=now, version=1,
            )
            for at, words in enumerate(said)
        ]  # fmt: skip
        writing.add_all(rows)
        writing.flush()
        ids = [row.id for row in rows]
    count_again(None)
    return areas, ids


if __name__ == "__main__":
    for each in sys.argv[1:] or ["sqlite"]:
        evaluate(each)
