"""The three tables, driven through the services by people who try what is theirs and what is not.

Named in the machine: no step without its role, its turn and its words; no signature by the same person; no edit after a
signature; every refusal with a reason; the history of every record and cycle complete; lists and counts equal; what is
told, told once; the ledger sound.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.domain.workflow.vocabulary import Guard
from tests.machines.model import GUARDS, TABLES
from tests.machines.preparing import at_work, published
from tests.machines.ways import ELSEWHERE, FOLLOWING, SKIPPED, WAYS

pytestmark = pytest.mark.sqlite
LENGTH = 250
RUNS = {"report": 36, "case": 35, "rectification": 35}
STEPS = {"report": 7500, "case": 8750, "rectification": 8750}
"""Of one run; of one test: six tests take 50,000 steps and more together."""
KINDS_OF_REFUSAL = 4
"""Not there, not allowed, refused, overtaken."""
BEGINNINGS = {"report": None, "case": at_work, "rectification": published}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("noun", list(TABLES))
def test_nobody_gets_past_the_table(machine, noun, seed):
    made = machine(noun, seed, BEGINNINGS[noun])
    run_state_machine_as_test(
        made,
        settings=settings(
            derandomize=True, database=None, deadline=None, max_examples=RUNS[noun], stateful_step_count=LENGTH,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
        ),
    )  # fmt: skip
    assert made.steps >= STEPS[noun]
    taken = {action for about, _source, action in made.happened if about == noun}
    assert set(TABLES[noun].actions) - taken <= SKIPPED[noun], "every action was taken, not only refused"
    assert {(about, action) for about, _source, action in made.happened} >= FOLLOWING[noun]
    assert len(made.refused) == KINDS_OF_REFUSAL


def test_every_action_and_condition_of_the_tables_is_known_here():
    for noun, table in TABLES.items():
        assert set(WAYS[noun]) | ELSEWHERE[noun] == set(table.actions)
    assert set(GUARDS) == set(Guard)
