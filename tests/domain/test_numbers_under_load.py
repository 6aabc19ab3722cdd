"""Gapless and never twice: sixteen processes, two hundred submits each, some of them rolled back."""

import multiprocessing
import random
import sys
from collections import defaultdict

import pytest
from sqlalchemy import select

from app.db import db, session, transaction
from app.domain.inspection import Inspection
from app.domain.ledger import verify
from app.domain.people import CITIZEN
from app.domain.receiving import Statement, receive
from app.domain.report import Channel, Report
from app.domain.reporter import Reporter
from app.factory import build

PROCESSES, SUBMITS, FEW = 16, 200, 12
CHANNELS = (Channel.WEB, Channel.CALL, Channel.LETTER)


class PowerCut(Exception):
    """A submit that is rolled back after its number was given."""


def cut_off_sometimes(chance):
    if chance.random() < 0.2:
        raise PowerCut


def submit_many(settings, inspection_id, clerk, seed, submits):
    """One process: its own engine, made after the fork."""
    chance = random.Random(seed)
    app = build(settings)
    with app.app_context():
        installation = app.extensions["installation"]
        for turn in range(submits):
            channel = chance.choice(CHANNELS)
            actor = CITIZEN if channel == Channel.WEB else clerk
            try:
                with transaction() as s:
                    where = s.get(Inspection, inspection_id)
                    words = Statement(channel, f"{seed} {turn}")
                    receive(s, installation, where, actor, words, Reporter(), f"{seed}-{turn}")
                    cut_off_sometimes(chance)
            except PowerCut:
                continue
        db.session.remove()
        db.engine.dispose()


def gaps_and_doubles(numbers):
    """Series whose serials are not 1, 2, 3 … n."""
    series = defaultdict(list)
    for number in numbers:
        series[number[:-4]].append(int(number[-4:]))
    return {name: serials for name, serials in series.items() if sorted(serials) != list(range(1, len(serials) + 1))}


def run(settings, cast, processes, submits):
    db.session.remove()
    db.engine.dispose()
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=submit_many, args=(settings, cast.ours, cast["clerk"], seed, submits))
        for seed in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * processes
    numbers = list(session().scalars(select(Report.number)))
    assert 0 < len(numbers) < processes * submits
    assert gaps_and_doubles(numbers) == {}
    assert verify(session()).sound
    return len(numbers)


def test_numbers_have_no_gap_and_no_double(app, cast, settings):
    run(settings, cast, 3, FEW)


@pytest.mark.proof
def test_numbers_have_no_gap_and_no_double_under_sixteen_processes(app, cast, settings, capsys):
    kept = run(settings, cast, PROCESSES, SUBMITS)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{db.engine.dialect.name}: {PROCESSES} x {SUBMITS} submits, {kept} kept, no gap, no double\n"
        )
