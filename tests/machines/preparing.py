"""What a machine begins with, brought about by its own steps."""

from datetime import timedelta
from typing import Any

from app.domain.workflow.vocabulary import CaseAction as C
from app.domain.workflow.vocabulary import RectificationAction as R
from app.domain.workflow.vocabulary import ReportAction as A
from tests.machines.effects import opened
from tests.machines.machine import Machine
from tests.machines.ways import Attempt, open_cycle, register

TIANYUAN, TRUE = 0, 1
"""What is chosen where there is a choice (ways.Attempt)."""
SETTLED = (
    (C.ASSIGN, "coordinator"), (C.PASS_DOWN, "officer"), (C.DISPUTE, "sub_officer"), (C.SETTLE_DISPUTE, "officer"),
)  # fmt: skip
BY_THE_CITY = (
    (C.ASSIGN, "coordinator", TIANYUAN), (C.INVESTIGATE, "officer", 0), (C.REPLY, "officer", TRUE),
    (C.SIGN_REPLY, "unit_leader", 0), (C.CITY_PASS, "coordinator", 0), (C.PASS, "inspector", 0),
    (C.PUBLISH, "inspector", 0),
)  # fmt: skip


def handed_over(machine: Machine, number: int = 3) -> None:
    """So many cases that the city has signed for."""
    for named in range(number):
        report = register(machine.house, machine.world, "clerk", named=named == 0)
        machine.world.begins("clerk", report, A.REGISTER)
        machine.attempt(Attempt(report, A.ACCEPT, "inspector"))
    for case in machine.world.cases:
        machine.attempt(Attempt(case, C.APPROVE_TEXT, "inspector"))
        if not case.ready:
            machine.attempt(Attempt(case, C.SECOND_APPROVE, "inspector2"))
    a_day_later(machine)
    first, last = machine.world.cases[0], machine.world.cases[-1]
    machine.attempt(Attempt(first, C.BATCH, "inspector"))
    machine.attempt(Attempt(last, C.TAKE_OUT, "inspector"))
    a_day_later(machine)
    machine.attempt(Attempt(last, C.BATCH, "inspector"))
    for case in (first, last):
        machine.attempt(Attempt(case, C.HAND_OVER, "leader"))
        machine.attempt(Attempt(case, C.SIGN_FOR, "coordinator"))


def a_day_later(machine: Machine) -> None:
    machine.world.moment += timedelta(days=1)
    machine.traveller.move_to(machine.world.moment)


def at_work(machine: Machine) -> None:
    """Cases that were signed for; of one of them two levels of a county have fallen out with each other."""
    handed_over(machine)
    case: Any = machine.world.cases[0]
    for action, login in SETTLED:
        machine.attempt(Attempt(case, action, login))


def published(machine: Machine) -> None:
    """Cases whose results everybody may read, and a rectification of each."""
    handed_over(machine, 2)
    for case in machine.world.cases:
        for action, login, chance in BY_THE_CITY:
            machine.attempt(Attempt(case, action, login, chance))
        attempt = Attempt(case, R.OPEN, "inspector")
        opened(machine.world, attempt, open_cycle(machine.house, machine.world, attempt))
