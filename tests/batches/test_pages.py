"""The pages of batches: looked through, handed over, signed for; the city sees what was sent and nothing beside it."""

from datetime import time, timedelta

import pytest

from app.kernel import clock
from tests.support.browsing import browse
from tests.support.reports import LUSONG, TIANYUAN, WORDS, the_case

HOME = "/staff/batches/"
DAY = clock.today() - timedelta(days=2)
MORNING = clock.at_local(DAY, time(9, 41))
SENT = "反映：某厂夜间排放黄烟。"


@pytest.fixture
def cases(office):
    return office.ready(TIANYUAN, LUSONG, at=MORNING, key=True)


def test_a_day_is_looked_through_closed_handed_over_and_signed_for(app, cast, office, cases):
    unapproved = office.accepted(office.report(at=MORNING), at=MORNING)
    leader, city = browse(app).as_(cast, "leader"), browse(app).as_(cast, "coordinator")
    page = leader.get(HOME + "close")
    assert the_case(unapproved[0]).number in page
    assert "转办文本尚未审定" in page
    leader.submit({})
    city.get(HOME + "1", status=404)
    assert "第1批" not in city.get(HOME)
    assert SENT in leader.get(HOME + "1")
    leader.submit({}, HOME + "1/hand-over")
    assert "第1批" in city.get(HOME)
    assert SENT in city.get(HOME + "1")
    assert "已签收" in city.submit({}, HOME + "1/sign-for")
    assert {the_case(case).state for case in cases} == {"received"}


def test_the_city_never_gets_the_reporters_words_nor_the_hour(app, cast, office, cases):
    office.handed_over(office.closed())
    city = browse(app).as_(cast, "coordinator")
    for page in (city.get(HOME), city.get(HOME + "1")):
        assert WORDS not in page
        assert "09:41" not in page
        assert "9:41" not in page


def test_a_case_is_taken_out_with_its_reason(app, cast, office, cases):
    office.closed()
    inspector = browse(app).as_(cast, "inspector")
    inspector.get(f"{HOME}1/take-out/{cases[0]}")
    inspector.submit({"reason": ""}, status=422)
    inspector.submit({"reason": "地点待核"})
    assert the_case(cases[0]).batch_id is None
    inspector.get(f"{HOME}1/take-out/{cases[0]}", status=404)


def test_what_changed_after_it_was_looked_through_is_not_handed_over(app, cast, office, cases):
    office.closed()
    leader = browse(app).as_(cast, "leader")
    leader.get(HOME + "1")
    office.approved(cases[0], "反映：换了说法。")
    leader.submit({}, HOME + "1/hand-over", status=409)


def test_a_closed_day_offers_a_supplementary_batch(app, cast, office):
    office.closed()
    inspector = browse(app).as_(cast, "inspector")
    assert "增补批次" in inspector.get(HOME + "close")
    inspector.post(HOME + "close", {}, status=422)
    inspector.get(HOME + "close?supplementary=yes")
    assert "1-1" in inspector.submit({}, HOME + "close?supplementary=yes")


def test_a_supervisor_reads_and_a_stranger_finds_nothing(app, cast, office, cases):
    office.closed()
    supervisor = browse(app).as_(cast, "supervisor")
    assert "hand-over" not in supervisor.get(HOME + "1")
    supervisor.get(HOME + "close", status=403)
    for login in ("foreign_leader", "foreign_coordinator"):
        browse(app).as_(cast, login).get(HOME + "1", status=404)


@pytest.mark.parametrize("login", ["clerk", "officer", "custodian", "auditor", "administrator"])
def test_batches_are_open_to_team_and_city_alone(app, cast, login):
    browse(app).as_(cast, login).get(HOME, status=403)
