"""Many inspectors on one queue, deciding at random: no update lost, nothing decided twice, counts as the ledger's."""

import random
import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.db import db, session, transaction
from app.domain.case import Case
from app.domain.filing import FiledType
from app.domain.ledger import LedgerEntry, verify
from app.domain.people import Person, PersonRole
from app.domain.report import Channel, Report
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import CaseState, Need, Role
from app.domain.workflow.vocabulary import ReportAction as A
from app.domain.workflow.vocabulary import ReportState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, Refused, Stale
from app.triage.commands import Accept, Act, Merge, Part, Refer, ShareOut
from app.triage.queries.filters import Filters, Order
from app.triage.queries.queue import count_each, queue
from app.triage.services import accept, act, merge, open_report, refer, share_out
from tests.support.reports import TIANYUAN

ORDERS = (Order.LONGEST, Order.NEWEST)


def hire(cast, number):
    """So many inspectors of our inspection, every third of whom also leads, so that decisions are undone in between."""
    with transaction() as s:
        people = []
        for one in range(number):
            roles = [Role.INSPECTOR, Role.LEADER] if one % 3 == 0 else [Role.INSPECTOR]
            held = [PersonRole(role=str(role), inspection_id=cast.ours) for role in roles]
            people.append(Person(login=f"many{one}", name=f"某{one}", password_hash="unset", roles=held))
        s.add_all(people)
        s.flush()
        return [person.actor() for person in people]


def lay_out(cast, number):
    moment = clock.now()
    with transaction() as s:
        rows = [
            Report(
                inspection_id=cast.ours, number=f"D2ZZM{serial:05}", channel=str(Channel.CALL), description="烟" * 30,
                received_at=moment, area_code=TIANYUAN, state=str(S.REGISTERED), state_since=moment, version=1,
                types=["air"],
            )
            for serial in range(number)
        ]  # fmt: skip
        s.add_all(rows)
        s.flush()
        return [row.id for row in rows]


def decide(actor, report, version, chance, numbers):
    """One random decision about one report, as its page would send it."""
    ways = {
        "take": lambda: share_out(actor, ShareOut(report, A.TAKE, version=version)),
        "release": lambda: share_out(actor, ShareOut(report, A.RELEASE, version=version)),
        "accept": lambda: accept(actor, Accept(report, ("air",), (Part(TIANYUAN, ("黄烟",)),), version=version)),
        "refer": lambda: refer(actor, Refer(report, "labour", "市人社局", "请联系", version)),
        "void": lambda: act(actor, Act(report, A.VOID, {Need.REASON: "广告"}, version)),
        "ask": lambda: act(actor, Act(report, A.ASK, {Need.QUESTION: "哪条路？"}, version)),
        "merge": lambda: merge(actor, Merge(report, chance.choice(numbers), version=version)),
        "mark_key": lambda: act(actor, Act(report, A.MARK_KEY, {Need.REASON: "水源"}, version)),
        "undo": lambda: act(actor, Act(report, A.UNDO, {Need.REASON: "有误"}, version)),
    }
    name = chance.choice(list(ways))
    ways[name]()
    return name


def work(app, actor, steps, seed, told):
    """Look at the queue, open a report of it, decide: what was done is told, what was refused is counted."""
    chance = random.Random(seed)
    with app.app_context():
        for _ in range(steps):
            try:
                state = S.REGISTERED if chance.random() < 0.6 else None
                rows = queue(actor, told["here"], Filters(state=state, order=chance.choice(ORDERS))).rows
                row = chance.choice(rows or queue(actor, told["here"], Filters(state=None)).rows)
                if chance.random() < 0.2:
                    open_report(actor, row.id, f"{seed}")
                done = decide(actor, row.id, row.version, chance, told["numbers"])
            except (Stale, NotAllowed, Refused) as error:
                told["refused"].append(type(error).__name__)
            else:
                told["done"].append((row.id, done))
            finally:
                db.session.remove()


def race(app, cast, people, steps, reports):
    actors, ids = hire(cast, people), lay_out(cast, reports)
    numbers = [f"D2ZZM{serial:05}" for serial in range(reports)]
    told = {"here": cast.ours, "numbers": numbers, "done": [], "refused": [], "broken": []}
    gate = threading.Barrier(people)

    def run(place):
        gate.wait()
        try:
            work(app, actors[place], steps // people, place, told)
        except BaseException as error:  # noqa: BLE001  (any way of breaking is told)
            told["broken"].append(repr(error))

    threads = [threading.Thread(target=run, args=(place,)) for place in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    return ids, told, actors


def check(ids, told, actors):
    """What services told, what the ledger holds, and what the reports say must be one and the same story."""
    assert told["broken"] == []
    entries = (
        session()
        .execute(
            select(LedgerEntry.noun_id, LedgerEntry.action, LedgerEntry.source, LedgerEntry.target)
            .where(LedgerEntry.noun == "report", LedgerEntry.noun_id.in_(ids))
            .order_by(LedgerEntry.chain, LedgerEntry.seq)
        )
        .all()
    )
    assert Counter((noun_id, action) for noun_id, action, _, _ in entries) == Counter(told["done"])
    states: dict[int, str | None] = dict.fromkeys(ids, str(S.REGISTERED))
    versions = dict.fromkeys(ids, 1)
    for noun_id, action, source, target in entries:
        assert source == states[noun_id], "two decisions from one state: one of them was lost"
        assert REPORT.row(S(source), A(action)) is not None
        states[noun_id], versions[noun_id] = target, versions[noun_id] + 1
    kept = {row.id: row for row in session().scalars(select(Report).where(Report.id.in_(ids))).unique()}
    assert {one: kept[one].state for one in ids} == states
    assert {one: kept[one].version for one in ids} == versions
    filed = dict(session().execute(select(FiledType.report_id, FiledType.state)).all())
    assert filed == {one: states[one] for one in ids}
    live = select(Case.report_id, func.count()).where(Case.state != CaseState.CANCELLED).group_by(Case.report_id)
    cases = dict(session().execute(live).all())
    assert cases == {one: 1 for one in ids if states[one] == S.ACCEPTED}
    views = {str(state): Filters(state=state) for state in S}
    counted = count_each(actors[1], told["here"], views)
    assert {name: number for name, number in counted.items() if number} == Counter(states.values())
    assert verify(session()).sound


def test_four_inspectors_lose_no_update_and_decide_nothing_twice(app, cast):
    check(*race(app, cast, people=4, steps=100, reports=40))


@pytest.mark.proof
def test_twenty_inspectors_lose_no_update_and_decide_nothing_twice(app, cast):
    ids, told, actors = race(app, cast, people=20, steps=5000, reports=400)
    check(ids, told, actors)
    assert len(told["done"]) + len(told["refused"]) == 5000
