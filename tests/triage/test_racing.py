"""Two people, one report, one moment: one decision, and the others are told."""

import threading

from sqlalchemy import func, select

from app.db import db, session
from app.domain.case import Case
from app.domain.ledger import verify
from app.kernel.errors import NotAllowed, Stale
from app.triage.commands import Accept, Part
from app.triage.services import accept
from tests.support.reports import TIANYUAN, the_report


def test_racing_acceptances_make_one_case(app, cast, office):
    report, gate = office.report(), threading.Barrier(5)
    outcomes: list[object] = []
    words = Accept(report, ("air",), (Part(TIANYUAN, ("黄烟",)),))

    def race(login):
        with app.app_context():
            gate.wait()
            try:
                outcomes.append(len(accept(cast[login], words)))
            except (Stale, NotAllowed) as told:
                outcomes.append(type(told))
            db.session.remove()

    threads = [threading.Thread(target=race, args=(login,)) for login in ("inspector", "inspector2") * 2]
    for thread in threads:
        thread.start()
    gate.wait()
    for thread in threads:
        thread.join()
    assert outcomes.count(1) == 1
    assert len(outcomes) == 4
    assert the_report(report).state == "accepted"
    assert session().scalar(select(func.count()).select_from(Case)) == 1
    assert verify(session()).sound
