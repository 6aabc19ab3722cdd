"""The machine: Hypothesis lets people try things, through the services; what came of it is held against the model."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import timedelta
from itertools import zip_longest
from typing import Any, ClassVar

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import func, select
from sqlalchemy import text as sql

from app.casework.queries.filters import Filters as CaseFilters
from app.casework.queries.filters import Standing
from app.casework.queries.listing import list_cases
from app.db import session
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry, verify
from app.domain.message import Outbox
from app.domain.workflow.case import CASE
from app.domain.workflow.vocabulary import CaseAction, CaseState, RectificationAction, ReportAction, ReportState
from app.kernel.errors import NotAllowed, NotFound, OfficeError, Refused, Stale
from app.rectification.commands import Wish
from app.rectification.queries.listing import listing
from app.triage.queries.filters import Filters
from app.triage.queries.queue import count_each
from tests.machines.effects import EFFECTS, opened
from tests.machines.model import TABLES, Record, World, may_close, may_open, seen_by
from tests.machines.ways import WAYS, Attempt, House, effective, open_cycle, register

REGISTERING, OPENING, SILENT, STALE, FITTING = 0.03, 0.05, 0.11, 0.15, 0.72
"""Of all steps: up to here a report comes in, a cycle is opened, nothing is said, an old page is sent, what is one's

own to do is done; beyond it anybody tries anything.
"""
FOCUSED, ONWARDS, WITH_WORDS, HOW_OFTEN_TIME_PASSES = 0.8, 0.65, 0.9, 0.12
HOW_MANY_NAMED, HOW_MANY_BLANK = 0.3, 0.1
MOST_REPORTS, TRIES, AT_A_LOOK = 8, 3, 3
LOOKED_AT = 110
"""Steps between one look at the lists and the next."""
SELDOM = {
    "withdraw", "undo", "unmark_key", "add", "take_out", "enter_history", "assign", "extend",
    "send_back", "city_return", "team_return", "unpublish", "reopen", "add_measure", "refuse", "object",
    "uphold_objection", "propose_change", "pass_anew", "confirm_same", "decline_same",
}  # fmt: skip
"""What leads back or aside: were it tried as often as the rest, nothing would ever be signed off."""
SIGNED = {
    "sign_reply": "SELECT * FROM replies WHERE id = (SELECT max(id) FROM replies WHERE case_id = :id)",
    **dict.fromkeys(
        ("self_check", "county_accept", "department_accept", "city_accept", "leader_sign", "sign_off", "file"),
        "SELECT * FROM ladder_steps WHERE id = (SELECT max(id) FROM ladder_steps WHERE rectification_id = :id "
        "AND signed_at IS NOT NULL)",
    ),
}
"""What a signature stands under, as it is kept."""
AGAIN = {
    "replies": "SELECT * FROM replies WHERE id = :id",
    "ladder_steps": "SELECT * FROM ladder_steps WHERE id = :id",
}
STATE = {
    "report": sql("SELECT state, version, due_on FROM reports WHERE id = :id"),
    "case": sql("SELECT state, version, due_on FROM cases WHERE id = :id"),
    "rectification": sql("SELECT state, version, due_on FROM rectifications WHERE id = :id"),
}
HEAD = sql("SELECT seq FROM ledger_heads WHERE chain = :chain")
READERS = ("inspector", "coordinator", "officer", "sub_officer", "other_officer", "unit_leader", "city_leader")


ALWAYS_SAID = {ReportAction.RING}
"""What became of a call is chosen from a list, and never left out."""


class Machine(RuleBasedStateMachine):
    """Everybody at work on reports, cases and rectifications. A step is one attempt of one person at one action."""

    house: ClassVar[House]
    start: ClassVar[World]
    lay: ClassVar[Callable[[], None]]
    focus: ClassVar[str]
    seed: ClassVar[int]
    steps: ClassVar[int]
    happened: ClassVar[Counter[tuple[str, Any, Any]]]
    refused: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.world = deepcopy(type(self).start)
        self.logins = list(self.world.people)
        self.under_signature: list[tuple[str, int, tuple[Any, ...]]] = []
        self.since = self.rolled = 0
        self.whole = True
        self.travelling = time_machine.travel(self.world.moment, tick=False)
        self.traveller = self.travelling.start()
        type(self).lay()

    # ── what people try ──

    @rule(chance=st.integers(0, 2**30))
    def somebody_tries_something(self, chance: int) -> None:
        """Mostly what is theirs to do; now and then what is not, or without words, or on an old page."""
        self.rolled, self.whole = self.rolled + 1, False
        dice = random.Random(f"{self.seed} {self.rolled} {chance}")
        if dice.random() < HOW_OFTEN_TIME_PASSES:
            self.time_passes(dice)
        kind, record = dice.random(), self.record(dice)
        if record is None or (len(self.world.reports) < MOST_REPORTS and kind < REGISTERING):
            self.register(dice)
        elif kind < OPENING and self.world.cases:
            self.open(dice)
        elif kind < FITTING and (fitting := self.fitting(dice)):
            record, action, login = fitting
            silent, stale = kind < SILENT, SILENT < kind < STALE
            self.attempt(Attempt(record, action, login, dice.getrandbits(16), full=not silent, stale=stale))
        else:
            action, login = dice.choice(list(WAYS[record.noun])), dice.choice(self.logins)
            self.attempt(Attempt(record, action, login, dice.getrandbits(16)))
        self.whole = True

    def time_passes(self, dice: random.Random) -> None:
        """Some hours; now and then some days."""
        self.world.moment += timedelta(days=dice.choice((0, 0, 1, 3, 8)), hours=dice.randrange(12))
        self.traveller.move_to(self.world.moment)

    def record(self, dice: random.Random) -> Any:
        """Mostly of the noun that this machine is about."""
        noun = self.focus if dice.random() < FOCUSED else dice.choice(list(TABLES))
        found = self.world.records(noun) or self.world.reports
        return dice.choice(found) if found else None

    def fitting(self, dice: random.Random) -> tuple[Any, Any, str] | None:
        """What somebody may do now; mostly what leads on, and half of it what was done least. Where nothing does, time must pass."""
        aside = dice.random() > ONWARDS
        for _ in range(TRIES):
            record = self.record(dice)
            found = self.open_to(record)
            actions = [action for action in found if aside or str(action) not in SELDOM]
            if actions:
                rarest = min(actions, key=lambda one: (self.world.times(record, one), dice.random()))
                action = dice.choice((rarest, dice.choice(actions)))
                return record, action, dice.choice(found[action])
        self.time_passes(dice)
        return None

    def open_to(self, record: Any) -> dict[Any, list[str]]:
        """What may be done with a record now, and by whom."""
        return {
            row.action: logins
            for row in TABLES[record.noun].rows_from(record.state)
            if row.action in WAYS[record.noun]
            and (logins := [one for one in self.world.holding(row.roles) if self.may(one, record, row.action)])
        }

    def may(self, login: str, record: Any, action: Any) -> Any:
        if action == CaseAction.BATCH:  # the whole day's, whatever case one speaks of
            row = CASE.row(CaseState.PREPARED, CaseAction.BATCH)
            held = row is not None and row.roles & self.world.roles(login, None)
            return row if held and may_close(self.world, record, login) else None
        return self.world.may(login, record, action)

    # ── trying it ──

    def register(self, dice: random.Random) -> None:
        """A report comes in; now and then a call of which nothing was heard."""
        type(self).steps += 1
        login, full = dice.choice(("clerk", "citizen", "clerk2")), dice.random() < WITH_WORDS
        how = {"named": dice.random() < HOW_MANY_NAMED, "blank": login != "citizen" and dice.random() < HOW_MANY_BLANK}
        record = self.carried_out(
            lambda: register(self.house, self.world, login, full=full, **how), allowed=full, about=f"report by {login}"
        )
        if record is not None:
            self.world.begins(login, record, ReportAction.REGISTER_BLANK if how["blank"] else ReportAction.REGISTER)
        self.compare(record)

    def open(self, dice: random.Random) -> None:
        type(self).steps += 1
        case, login = dice.choice(self.world.cases), dice.choice((*self.logins, *["inspector", "coordinator"] * 9))
        attempt, allowed = Attempt(case, RectificationAction.OPEN, login), may_open(self.world, case, login)
        id_ = self.carried_out(
            lambda: open_cycle(self.house, self.world, attempt), allowed=allowed, about=f"open a cycle by {login}"
        )
        if allowed:
            opened(self.world, attempt, id_)
        self.compare(case)

    def attempt(self, attempt: Attempt) -> None:
        type(self).steps += 1
        record, action = attempt.record, effective(attempt)
        row = self.may(attempt.login, record, action)
        silent = row is not None and row.needs and not attempt.full and action not in ALWAYS_SAID
        allowed = row is not None and not silent and not self.overtaken(attempt)
        way = WAYS[record.noun][attempt.action]
        about = f"{record.noun} {record.state} {attempt.action} by {attempt.login}"
        result = self.carried_out(lambda: way(self.house, self.world, attempt), allowed=allowed, about=about)
        if allowed:
            if action != CaseAction.BATCH:
                self.world.happens(attempt.login, record, row)
            effect = EFFECTS[record.noun].get(action)
            if effect is not None:
                effect(self.world, attempt, result)
            self.sign(record, action)
        self.compare(record)

    def overtaken(self, attempt: Attempt) -> bool:
        """Whether an old page is refused: pages of a whole batch, of citizens and of the telephone name no version."""
        whole = {"batch", "hand_over", "sign_for", "ring", "decline", "object", "rate", "enter_history"}
        return attempt.stale and str(attempt.action) not in whole and attempt.login != "citizen"

    def carried_out(self, do: Callable[[], Any], *, allowed: bool, about: str) -> Any:
        """What is allowed is done; everything else is refused with a sentence, and changes nothing."""
        result, refusal = None, None
        try:
            result = do()
        except OfficeError as told:
            refusal = told
        if refusal is None:
            assert allowed, f"{about}: no step without its role, its turn and its words; this one was taken"
        else:
            assert not allowed, f"{about}: should be taken, and is refused: {refusal!r} {vars(refusal)}"
            self.every_refusal_has_a_reason(refusal, about)
        return result

    # ── what must hold ──

    def every_refusal_has_a_reason(self, refusal: OfficeError, about: str) -> None:
        sentences = [refusal.message, *(refusal.fields.values() if isinstance(refusal, Refused) else ())]
        for sentence in sentences:
            assert sentence.endswith((".", "?")), f"{about}: {sentence!r} is no sentence"
            assert len(sentence.split()) > 2, f"{about}: {sentence!r} gives no reason"
        assert isinstance(refusal, NotAllowed | NotFound | Refused | Stale), about
        self.refused[type(refusal).__name__] += 1

    def compare(self, record: Record | None) -> None:
        """Of what was touched, state, version and day; of the ledger, that so much was written and no more."""
        touched = {id(one): one for one in [*self.world.touched, *([record] if record else [])]}
        self.world.touched.clear()
        for one in touched.values():
            state, version, due = session().execute(STATE[one.noun], {"id": one.id}).one()
            there = (state, version, str(due) if due else None)
            assert there == (str(one.state), one.version, str(one.due) if one.due else None), f"{one.noun} {one.id}"
        written = session().scalar(HEAD, {"chain": self.house.inspection}) or 0
        assert written == self.world.entries, "as many entries as steps that were taken"
        self.since += 1
        if self.since % LOOKED_AT == 0:
            self.counts_are_equal()

    def sign(self, record: Record, action: Any) -> None:
        query = SIGNED.get(str(action))
        if query is not None:
            row = session().execute(sql(query), {"id": record.id}).one()
            table = "replies" if action == CaseAction.SIGN_REPLY else "ladder_steps"
            self.under_signature.append((table, row.id, tuple(row)))

    def counts_are_equal(self) -> None:
        """Lists and counts as they are read, and as the model has them."""
        here, actors = self.house.inspection, self.house.actors
        session().rollback()
        views = {str(state): Filters(state=state) for state in ReportState}
        counted = count_each(actors["inspector"], here, views)
        expected = Counter(str(one.state) for one in self.world.reports)
        assert {name: int(str(number)) for name, number in counted.items()} == {
            name: expected.get(name, 0) for name in views
        }
        inspection = session().get_one(Inspection, here)
        for login in [READERS[(self.since + one) % len(READERS)] for one in range(AT_A_LOOK)]:
            seen = seen_by(self.world, login, self.world.cases)
            listed = list_cases(actors[login], here, CaseFilters(state=Standing.EVERY)).rows
            assert {row.id for row in listed} == seen, f"the cases of {login}"
            assert {row.id: str(row.state) for row in listed} == {
                one.id: str(one.state) for one in self.world.cases if one.id in seen
            }
            cycles = {one.id for one in self.world.cycles if one.case.id in seen}
            page, total = listing(actors[login], inspection, Wish())
            assert ({row.id for row in page.rows}, total) == (cycles, len(cycles)), f"the cycles of {login}"
        in_batches: dict[Any, Any] = dict(
            session()
            .execute(sql("SELECT batch_id, count(*) FROM cases WHERE batch_id IS NOT NULL GROUP BY batch_id"))
            .all()
        )
        assert in_batches == {one.id: len(one.cases) for one in self.world.sheaves if one.cases}

    def the_history_is_complete(self) -> None:
        """Every step of every record is in the ledger: who, in which role, what, from where, to where; in order."""
        query = select(
            LedgerEntry.noun, LedgerEntry.noun_id, LedgerEntry.person_id, LedgerEntry.role, LedgerEntry.action,
            LedgerEntry.source, LedgerEntry.target,
        )  # fmt: skip
        kept: dict[tuple[str, int], list[tuple[Any, ...]]] = {}
        for noun, id_, *told in session().execute(query.order_by(LedgerEntry.seq)):
            kept.setdefault((noun, id_), []).append(tuple(told))
        for record in (*self.world.reports, *self.world.cases, *self.world.cycles):
            missed = [pair for pair in zip_longest(kept[record.noun, record.id], record.history) if len(set(pair)) > 1]
            assert missed == [], f"{record.noun} {record.id}: the ledger, and what happened"

    def nobody_signed_twice(self) -> None:
        """Read from what is kept: of one climb no two steps by one person, none by whoever submitted it."""
        query = (
            "SELECT s.rectification_id, s.climb, s.signed_by_id FROM ladder_steps s WHERE s.signed_at IS NOT NULL "
            "UNION ALL SELECT noun_id, row_number() OVER (PARTITION BY noun_id ORDER BY seq), person_id "
            "FROM ledger_entries WHERE noun = 'rectification' AND action = 'submit'"
        )
        signed = Counter(tuple(row) for row in session().execute(sql(query)))
        assert [one for one, times in signed.items() if times > 1] == []

    def nothing_was_edited_after_its_signature(self) -> None:
        for table, id_, row in self.under_signature:
            assert tuple(session().execute(sql(AGAIN[table]), {"id": id_}).one()) == row, f"{table} {id_}"

    def everything_is_told_once(self) -> None:
        assert session().scalar(select(func.count()).select_from(Outbox)) == self.world.told

    def the_ledger_is_sound(self) -> None:
        assert verify(session()).sound

    def teardown(self) -> None:
        """What must hold of the whole; of a run that broke off, the step at which it did says enough."""
        try:
            if not self.whole:
                return
            self.counts_are_equal()
            self.the_history_is_complete()
            self.nobody_signed_twice()
            self.nothing_was_edited_after_its_signature()
            self.everything_is_told_once()
            self.the_ledger_is_sound()
            self.happened.update(self.world.happened)
        finally:
            with suppress(Exception):
                session().rollback()
            self.travelling.stop()
