"""A process that is killed at its n-th step, and what it left behind."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, select

from app.casework import services as casework
from app.casework.commands import Step
from app.db import db, session
from app.domain.changes import changes
from app.domain.ledger import verify
from app.domain.nouns import METADATA
from app.domain.rectification import Progress, Rectification
from app.kernel import clock
from app.rectification import services as rectification
from app.rectification.commands import AddMeasure, AdoptPlan, OpenCycle, ReportProgress, Submit
from tests.casework.office import Office as Casework

BROKEN = 3
MOST = 3000
"""A use case that takes more steps than this would never come to its end here."""


@dataclass(frozen=True)
class Left:
    """What is in the database: of every table its rows; and how many they are."""

    rows: dict[str, tuple[Any, ...]]

    @property
    def shape(self) -> dict[str, int]:
        return {table: len(rows) for table, rows in self.rows.items()}


def look() -> Left:
    let_go()
    found = {}
    for table in METADATA.sorted_tables:
        rows = session().execute(select(*table.columns))
        found[table.name] = tuple(sorted(repr(tuple(row)) for row in rows))
    let_go()
    return Left(found)


def let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def killed_at(nth: int, do: Callable[[], Any]) -> bool:
    """Do it in a process of its own, which is killed at its n-th step; whether it was.

    A step: a statement is about to be sent, has been carried out, or a transaction is about to be committed or is.
    """
    let_go()
    child = os.fork()
    if child == 0:
        _die_at(nth, do)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "it failed, and was not killed"
    return False


def _die_at(nth: int, do: Callable[[], Any]) -> None:
    steps = count(1)

    def step(*_said: Any, **_more: Any) -> None:
        if next(steps) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(db.engine, name, step)
        event.listen(session(), "after_commit", step)
        do()
        os._exit(0)
    except BaseException:  # noqa: BLE001  (whatever it is, this process must not live on as the test)
        traceback.print_exc(file=sys.__stderr__)
        os._exit(BROKEN)


class Killing:
    """Kills what is done at each of its steps in turn, and looks at what is left each time."""

    def __init__(self, laid: Any) -> None:
        self.laid = laid
        self.kills = self.nothing = self.whole = 0

    def keep(self) -> None:
        let_go()
        self.laid.keep("before")

    def lay(self) -> None:
        let_go()
        self.laid.lay_anew("before")
        changes.note()

    def each_step(self, do: Callable[[], Any]) -> Iterator[Left]:
        """What is left after each death; at last what is there when nobody died."""
        self.keep()
        for nth in range(1, MOST):
            self.lay()
            died = killed_at(nth, do)
            self.kills += died
            yield look()
            if not died:
                return
        raise AssertionError("it never came to its end")

    def whole_or_none(self, do: Callable[[], Any]) -> None:
        """Whenever it is killed, everything is there or nothing; and what was not done is done by doing it again."""
        self.keep()
        before = look()
        do()
        after = look()
        assert after.shape != before.shape, "it does something"
        self.lay()
        for left in self.each_step(do):
            if left != before:
                self.whole += 1
                self.is_whole(left, after)
                continue
            self.nothing += 1
            if self.nothing % AGAIN == 1:
                do()
                self.is_whole(look(), after)
        assert self.nothing > self.whole > 1

    def is_whole(self, left: Left, after: Left) -> None:
        assert left.shape == after.shape, "half of it is there"
        assert verify(session()).sound


AGAIN = 7
"""Every so often it is also done again."""


@pytest.fixture
def killing(app: Any, cast: Any, laid: Any) -> Iterator[Killing]:
    made = Killing(laid)
    yield made
    let_go()


@pytest.fixture
def climbing(cast: Any, installation: Any) -> int:
    """A rectification that waits for its first signature."""
    office = Casework(cast, installation)
    case = office.brought_to("city_pass")
    casework.pass_reply(cast["inspector"], Step(case))
    cycle = rectification.open_cycle(cast["coordinator"], OpenCycle(case))
    officer, day = cast["officer"], clock.today()
    measure = AddMeasure(cycle, text="更换活性炭", unit_id=cast.units["tianyuan"], due_on=day)
    rectification.add_measure(officer, measure)
    rectification.adopt_plan(officer, AdoptPlan(cycle, target="达标", target_on=day))
    let_go()
    (kept,) = session().get_one(Rectification, cycle).measures
    done = ReportProgress(cycle, measure_id=kept.id, progress=Progress.DONE, note="完成")
    rectification.report_progress(officer, done)
    rectification.submit(officer, Submit(cycle, evidence="材料"))
    return cycle
