"""Handing over: frozen, hashed into the ledger, signed for; and the sums come out."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.batches.commands import TakeOut
from app.batches.queries.listing import batch_view
from app.batches.queries.sent import SentRow, is_sound, sums
from app.batches.services import hand_over, sign_for, take_out
from app.db import session
from app.domain.ledger import LedgerEntry, verify
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock, crypto
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from tests.support.reports import LUSONG, TIANYUAN, the_batch, the_case

DAY = clock.today() - timedelta(days=3)
MORNING, EVENING = clock.at_local(DAY, time(9)), clock.at_local(DAY, time(21))


@pytest.fixture
def cases(office):
    return [*office.ready(TIANYUAN, LUSONG, at=MORNING, key=True), *office.ready(at=MORNING)]


@pytest.fixture
def closed(office, cases):
    return office.closed(EVENING)


@pytest.fixture
def handed(office, closed):
    return office.handed_over(closed, EVENING)


def test_the_manifest_holds_what_is_sent_and_its_hash_stands_in_the_ledger(handed, cases):
    batch = the_batch(handed)
    assert [row["text"] for row in batch.manifest] == [the_case(case).handover_text for case in cases]
    entry = (
        session()
        .scalars(select(LedgerEntry).where(LedgerEntry.noun == "batch", LedgerEntry.action == "hand_over"))
        .one()
    )
    assert entry.facts["manifest_hash"] == batch.manifest_hash == crypto.digest(batch.manifest)
    assert is_sound(batch)
    assert verify(session()).sound


def test_a_changed_manifest_is_noticed(handed):
    batch = the_batch(handed)
    batch.manifest = [{**batch.manifest[0], "text": "别的话"}, *batch.manifest[1:]]
    assert not is_sound(batch)


def test_each_case_gets_its_feedback_date(handed, cases):
    due = DAY + timedelta(days=7)
    assert {(the_case(case).feedback_due_on, the_case(case).state) for case in cases} == {(due, "handed_over")}
    assert {row["due_on"] for row in the_batch(handed).manifest} == {due.isoformat()}


def test_a_frozen_batch_cannot_change(office, cast, handed, cases):
    before = the_batch(handed).manifest_hash
    with pytest.raises(NotAllowed):
        take_out(cast["leader"], TakeOut(handed, cases[0], "太晚了"))
    with pytest.raises(NotAllowed):
        office.approved(cases[0], "反映：换了说法。")
    for action in (A.UNDO, A.UNMARK_KEY):
        with pytest.raises(Refused):
            office.decide(the_case(cases[0]).report_id, action, by="leader", reason="太晚了")
    with pytest.raises(Refused):
        hand_over(cast["leader"], handed)
    assert the_batch(handed).manifest_hash == before


def test_only_the_leader_hands_over_and_only_the_city_signs(cast, closed, office):
    for login in ("inspector", "supervisor"):
        with pytest.raises(NotAllowed):
            hand_over(cast[login], closed)
    for login in ("coordinator", "foreign_leader"):
        with pytest.raises(NotFound):
            hand_over(cast[login], closed)
    with pytest.raises(NotFound):
        sign_for(cast["coordinator"], closed)
    office.handed_over(closed, EVENING)
    with pytest.raises(NotAllowed):
        sign_for(cast["leader"], closed)
    for login in ("officer", "foreign_coordinator"):
        with pytest.raises(NotFound):
            sign_for(cast[login], closed)


def test_signing_receives_every_case_once(office, cast, handed, cases):
    office.signed(handed)
    assert {the_case(case).state for case in cases} == {"received"}
    assert the_batch(handed).signed_by_id == cast.people["coordinator"]
    with pytest.raises(Refused):
        sign_for(cast["coordinator"], handed)


def test_a_text_that_changed_since_it_was_looked_through_is_stale(office, cast, closed, cases):
    team = batch_view(cast["leader"], closed).team
    assert team is not None
    office.approved(cases[0], "反映：换了说法。")
    with pytest.raises(Stale):
        hand_over(cast["leader"], closed, seen=team.seen)


def test_what_the_team_looks_through_is_what_is_sent(office, cast, closed):
    before = batch_view(cast["leader"], closed).rows
    office.handed_over(closed, EVENING)
    after = [SentRow.read(row) for row in the_batch(closed).manifest]
    assert [(row.number, row.text, row.sha256, row.area) for row in before] == [
        (row.number, row.text, row.sha256, row.area) for row in after
    ]


def test_areas_sum_to_the_batch_and_parts_to_the_cases(handed, cast):
    found = batch_view(cast["coordinator"], handed).sums
    assert (found.reports, found.parts, found.cases, found.key) == (2, 1, 3, 2)
    assert {(area.area, area.reports, area.parts) for area in found.areas} == {("天元区", 2, 0), ("芦淞区", 0, 1)}


def test_a_part_that_was_left_behind_does_not_spoil_the_sums(office, cast):
    first, second = office.accepted(office.report(at=MORNING), TIANYUAN, LUSONG, at=MORNING)
    office.approved(second, at=MORNING)
    one = office.closed(EVENING)
    office.approved(first, at=EVENING)
    two = office.closed(EVENING, supplementary=True)
    totals = [batch_view(cast["leader"], batch).sums for batch in (one, two)]
    assert [(found.reports, found.parts, found.cases) for found in totals] == [(0, 1, 1), (1, 0, 1)]


def test_the_city_is_sent_an_allow_list():
    assert set(SentRow.__annotations__) == {
        "number", "part", "area_code", "area", "types", "key", "shared", "received_on", "text", "sha256", "due_on", "due_announced",
        "item", "unit_id", "unit",
    }  # fmt: skip
    assert sums([]).cases == 0
