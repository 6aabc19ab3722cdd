"""A crowd counts senders and knows none of them."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.pressure import Crowd, arriving, sender_of
from app.kernel import clock
from tests.support.reports import Office

NOON = datetime(2024, 3, 15, 4, 1, tzinfo=UTC)
ADDRESS, NEIGHBOUR, STRANGER = "203.0.114.9", "203.0.114.200", "2408:8400:1::5"


@pytest.fixture
def crowd():
    made = Crowd()
    for address in (ADDRESS, ADDRESS, NEIGHBOUR):
        made.add(address, NOON)
    return made


def test_neighbours_are_one_sender_and_strangers_another(crowd):
    assert crowd.count(ADDRESS, NOON) == crowd.count(NEIGHBOUR, NOON) == 3
    assert crowd.count(STRANGER, NOON) == 0


def test_after_ten_minutes_nothing_is_known(crowd):
    assert crowd.count(ADDRESS, NOON + timedelta(minutes=5)) == 3
    assert crowd.count(ADDRESS, NOON + timedelta(minutes=10)) == 0
    crowd.add(STRANGER, NOON + timedelta(minutes=10))
    assert crowd.count(ADDRESS, NOON + timedelta(minutes=10)) == 0


def test_a_counter_tells_nobody_whose_it_is(crowd):
    other = Crowd()
    other.add(ADDRESS, NOON)
    assert [place for place, n in enumerate(other._counts) if n == 1] != [
        place for place, n in enumerate(crowd._counts) if n == 3
    ]
    assert ADDRESS.encode() not in bytes(crowd._counts)


@pytest.mark.parametrize("address", ["", "127.0.0.1", "10.1.2.3", "::1", "nonsense", "fe80::1"])
def test_an_address_that_tells_nothing_is_nobodys(address):
    assert sender_of(address) == ""


def test_a_sender_is_wide_enough_to_be_nobodys_own():
    assert sender_of(ADDRESS) == "203.0.114.0/24"
    assert sender_of(STRANGER) == "2408:8400:1::/48"


def test_reports_of_the_last_minute_are_counted_as_far_as_it_matters(app, cast, installation):
    office = Office(installation, cast)
    for _ in range(6):
        office.report()
    from app.db import session

    assert arriving(session(), cast.ours, clock.now(), 10) == 6
    assert arriving(session(), cast.ours, clock.now(), 1) == 4
    assert arriving(session(), cast.ours, clock.now() + timedelta(minutes=2), 10) == 0
    assert arriving(session(), cast.theirs, clock.now(), 10) == 0


def test_workers_that_were_forked_count_together(crowd):
    worker = os.fork()
    if worker == 0:
        crowd.add(ADDRESS, NOON)
        os._exit(0)
    os.waitpid(worker, 0)
    assert crowd.count(ADDRESS, NOON) == 4
