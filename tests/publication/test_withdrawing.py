"""Unpublishing leaves a trace: the address says that it was taken down, everything else forgets it, a log keeps the day."""

import pytest

from app.casework import services
from app.casework.commands import Publish, Step
from app.domain.workflow.vocabulary import CaseAction
from app.kernel import clock
from tests.support.browsing import browse

PROBLEM = "反映某拌和站夜间生产。"
EVERYWHERE = (
    "/public/?inspection=ours", "/public/cases?inspection=ours", "/public/cases?inspection=ours&q=拌和站",
    "/public/feed.atom?inspection=ours", "/public/cases.json?inspection=ours", "/public/cases.geojson?inspection=ours",
    "/public/cases.csv?inspection=ours", "/public/disclosure.csv?inspection=ours", "/public/map?inspection=ours",
    "/public/places.geojson?inspection=ours",
)  # fmt: skip
CHANGES = "/public/changes?inspection=ours"


def test_a_case_that_was_taken_down_is_gone_and_says_since_when(reader, published, withdraw, number):
    case = published()
    withdraw(case)
    page = reader.get(f"/public/cases/{number(case)}", 410)
    assert f"{clock.today().day}日撤下" in page
    assert "有误" not in page
    assert PROBLEM not in page


@pytest.mark.parametrize("address", EVERYWHERE)
def test_nothing_else_holds_it_any_more(reader, published, withdraw, number, address):
    case = published(point=(27.8283, 113.1127))
    name = number(case)
    assert name in reader.get(address).text
    withdraw(case)
    assert name not in reader.get(address).text


def test_the_old_address_of_a_withdrawn_case_is_nothing(reader, published, withdraw):
    case = published()
    withdraw(case)
    reader.get(f"/public/{case}", 404)


def test_the_log_keeps_each_withdrawal_and_each_new_publication(reader, office, published, withdraw, number):
    case = published()
    assert number(case) not in reader.get(CHANGES)
    withdraw(case)
    assert "撤下公开内容" in reader.get(CHANGES).words
    services.publish(office.cast["inspector"], Publish(case, PROBLEM, "经查，属实，已更正。"))
    page = reader.get(CHANGES)
    assert "重新公开" in page.words
    assert "有误" not in page
    assert "重新公开" in reader.get(f"/public/cases/{number(case)}").words


def test_what_is_published_anew_without_a_withdrawal_is_a_change_too(reader, office, published, number):
    case = published()
    services.reopen(office.cast["inspector"], Step(case, words="再核实"))
    services.pass_reply(office.cast["inspector"], Step(case))
    services.publish(office.cast["inspector"], Publish(case, PROBLEM, "经查，改了一个字。"))
    assert "重新公开" in reader.get(CHANGES).words


def test_the_leader_takes_it_down_by_a_button_and_says_why(app, cast, reader, published, number):
    case = published()
    leader = browse(app).as_(cast, "leader")
    address = f"/staff/casework/{case}/{CaseAction.UNPUBLISH}"
    assert address in leader.get(f"/staff/casework/{case}")
    leader.get(address)
    leader.submit({"reason": ""}, address, 422)
    leader.submit({"reason": "文字有误"}, address)
    reader.get(f"/public/cases/{number(case)}", 410)


def test_only_what_was_public_once_is_said_to_have_been(reader, office, number):
    reader.get(f"/public/cases/{number(office.brought_to('city_pass', 'never'))}", 404)
