"""The reply climbs: signed, reviewed by the city, reviewed by the team; 不属实 by two."""

import pytest

from app.casework import services
from app.casework.commands import Return, Step
from app.db import session
from app.domain.ledger import LedgerEntry, verify
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel.errors import NotAllowed, Refused
from tests.casework.office import the, unfounded


def test_the_units_leader_signs_the_version(office, cast):
    key = office.brought_to("sign_reply")
    case = the(key)
    assert case.status == S.CITY_REVIEW
    assert case.reply.signed_by_id == cast.people["unit_leader"]
    assert case.reply.signed_at is not None


def test_the_officer_does_not_sign(office, cast):
    key = office.brought_to("reply")
    with pytest.raises(NotAllowed):
        services.sign_reply(cast["officer"], Step(key))


@pytest.mark.parametrize(
    ("last", "who", "service"),
    [
        ("reply", "unit_leader", services.send_back),
        ("sign_reply", "coordinator", services.city_return),
        ("city_pass", "inspector", services.team_return),
    ],
)
def test_whoever_returns_a_reply_says_why(office, cast, last, who, service):
    key = office.brought_to(last)
    with pytest.raises(Refused):
        service(cast[who], Step(key))
    service(cast[who], Step(key, "照片不清，请补充。"))
    assert the(key).status == S.RETURNED
    office.reply(key)
    assert the(key).status == S.SIGNING


def test_each_point_keeps_the_reason_for_which_it_was_returned(office, cast):
    key = office.brought_to("sign_reply")
    with pytest.raises(Refused):
        services.city_return(cast["coordinator"], Return(key, "", ("", "")))
    services.city_return(cast["coordinator"], Return(key, "请补充。", ("没有监测报告", "")))
    case = the(key)
    assert [point.returned_for for point in case.reply.points] == ["没有监测报告", ""]
    entry = session().query(LedgerEntry).filter_by(action="city_return").one()
    assert entry.facts["points"] == [1]
    assert entry.words[0].text == "请补充。\n要点1：没有监测报告"
    office.reply(key)
    assert [point.returned_for for point in the(key).reply.points] == ["", ""], "a new version begins clean"
    services.send_back(cast["unit_leader"], Return(key, "", ("", "夜间未测")))
    assert the(key).reply.points[1].returned_for == "夜间未测"
    assert verify(session()).sound


def test_a_founded_reply_is_passed_by_one(office, cast):
    key = office.brought_to("city_pass")
    with pytest.raises(Refused):
        services.require_check(cast["inspector"], Step(key, "没有必要"))
    services.pass_reply(cast["inspector"], Step(key))
    assert the(key).status == S.PASSED


def test_an_unfounded_reply_is_checked_by_somebody_else(office, cast):
    key = office.brought_to("city_pass", **unfounded())
    with pytest.raises(Refused):
        services.pass_reply(cast["inspector"], Step(key))
    services.require_check(cast["inspector"], Step(key, "现场照片不足以支持"))
    assert the(key).checked_by_id == cast.people["inspector"]
    with pytest.raises(Refused):
        services.confirm_unfounded(cast["inspector"], Step(key, "我再看一遍"))
    services.confirm_unfounded(cast["inspector2"], Step(key, "现场复核无异味"))
    assert the(key).status == S.PASSED


def test_the_leader_may_be_the_second_to_check(office, cast):
    key = office.brought_to("city_pass", **unfounded())
    services.require_check(cast["inspector"], Step(key, "请复核"))
    services.confirm_unfounded(cast["leader"], Step(key, "同意"))
    assert the(key).status == S.PASSED


def test_a_supervisor_changes_nothing(office, cast):
    key = office.brought_to("city_pass")
    with pytest.raises(NotAllowed):
        services.pass_reply(cast["supervisor"], Step(key))


def test_a_supervisor_is_offered_nothing(app, office, cast):
    from app.casework.queries.page import case_page
    from app.casework.routes.bars import buttons_of

    key = office.brought_to("city_pass")
    with app.test_request_context():
        assert buttons_of(case_page(cast["supervisor"], key)) == []
        assert buttons_of(case_page(cast["inspector"], key)) != []
