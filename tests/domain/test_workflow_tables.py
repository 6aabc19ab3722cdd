"""The three tables, cell by cell: allowed cells succeed, every other one is refused."""

from itertools import product

import pytest

from app.domain.case import Case
from app.domain.rectification import Rectification
from app.domain.report import Report
from app.domain.workflow.diagram import TABLES, document
from app.domain.workflow.engine import decide, offers
from app.domain.workflow.rectification import RECTIFICATION, STEP_OF, signers
from app.domain.workflow.vocabulary import Guard, Need, RectificationAction, Role, StepKind
from app.kernel.errors import NotAllowed, Refused

EVERYTHING_SAID = dict.fromkeys(Need, "said")
CELLS = [
    pytest.param(table, state, action, id=f"{table.noun}-{state}-{action}")
    for table in TABLES
    for state, action in product([None, *table.states], table.actions)
]
NOUNS = {"report": Report, "case": Case, "rectification": Rectification}


def always(_guard, _action):
    return True


def all_but(missing):
    return lambda guard, _action: guard != missing


@pytest.mark.parametrize(("table", "state", "action"), CELLS)
def test_a_cell_is_open_to_the_roles_of_its_row_and_to_nobody_else(table, state, action):
    row = table.row(state, action)
    for role in Role:
        if row is not None and role in row.roles:
            found, acted_as = decide(table, state, action, frozenset({role}), EVERYTHING_SAID, always)
            assert (found, acted_as) == (row, role)
        else:
            with pytest.raises(NotAllowed):
                decide(table, state, action, frozenset({role}), EVERYTHING_SAID, always)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_what_must_be_said_is_asked_for_by_name(table):
    for row in table.rows:
        for need in row.needs:
            said = {**EVERYTHING_SAID, need: "  "}
            with pytest.raises(Refused) as refusal:
                decide(table, row.source, row.action, row.roles, said, always)
            assert set(refusal.value.fields) == {need}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_a_condition_that_does_not_hold_refuses_with_its_own_sentence(table):
    for row in table.rows:
        for guard in row.when:
            with pytest.raises(Refused) as refusal:
                decide(table, row.source, row.action, row.roles, EVERYTHING_SAID, all_but(guard))
            assert refusal.value.message == guard.en


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_the_buttons_are_the_rows(table):
    for state, role in product(table.states, Role):
        shown = [offer.action for offer in offers(table, state, frozenset({role}), always)]
        assert shown == [row.action for row in table.rows if row.source == state and role in row.roles]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_every_state_can_be_reached_and_every_action_is_used(table):
    reached, found = set(), {None}
    while found:
        reached |= found
        found = {row.target for row in table.rows if row.source in reached} - reached
    assert reached - {None} == set(table.states)
    assert {row.action for row in table.rows} == set(table.actions)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_every_condition_is_answered_by_the_noun(table):
    missing = [guard for guard in table.guards() if not hasattr(NOUNS[table.noun], f"guard_{guard}")]
    assert missing == []


def test_no_condition_and_no_need_is_left_over():
    assert {guard for table in TABLES for guard in table.guards()} == set(Guard)
    assert {need for table in TABLES for row in table.rows for need in row.needs} == set(Need)


def test_every_row_says_why():
    assert [row for table in TABLES for row in table.rows if not row.why] == []


def test_every_kind_of_step_has_somebody_to_sign_it():
    assert set(STEP_OF.values()) == set(StepKind)
    for kind in StepKind:
        assert signers(kind)
    every = frozenset(role for kind in StepKind for role in signers(kind))
    refuse = {role for row in RECTIFICATION.rows if row.action == RectificationAction.REFUSE for role in row.roles}
    assert refuse <= every


def test_the_matrix_names_every_row():
    text = document()
    assert all(f"`{row.action}`" in text for table in TABLES for row in table.rows)
