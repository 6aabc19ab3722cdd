"""The city assigns, the unit disputes or takes on, the team extends."""

from datetime import timedelta

import pytest

from app.casework import services
from app.casework.commands import Assign, Contest, Extend, Step
from app.db import session
from app.domain.ledger import LedgerEntry
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from tests.casework.office import days_ago, happened_otherwise, the


def test_assigning_names_who_leads_and_who_helps_and_starts_the_time_for_a_dispute(office, cast):
    (key,) = office.handed_over()
    office.assign(key, supporting_ids=(cast.units["tianyuan-eco"], cast.units["lusong"]))
    case = the(key)
    assert case.status == S.ASSIGNED
    assert case.lead_unit.code == "tianyuan"
    assert {s.unit.code for s in case.supporting} == {"tianyuan-eco", "lusong"}
    assert case.dispute_by == case.due_on is not None


def test_a_unit_that_leads_does_not_help_itself(office, cast):
    (key,) = office.handed_over()
    office.assign(key, supporting_ids=(cast.units["tianyuan"],))
    assert the(key).supporting == []


def test_the_city_itself_cannot_be_assigned(office, cast):
    (key,) = office.handed_over()
    with pytest.raises(Refused) as refused:
        office.assign(key, "city")
    assert "lead" in refused.value.fields
    assert the(key).status == S.RECEIVED


def test_assigning_anew_needs_a_reason(office, cast):
    key = office.brought_to("assign")
    with pytest.raises(Refused) as refused:
        office.assign(key, "lusong")
    assert "reason" in refused.value.fields
    office.assign(key, "lusong", reason="属芦淞区管辖")
    assert the(key).lead_unit.code == "lusong"


def test_only_the_coordinator_assigns(office, cast):
    (key,) = office.handed_over()
    with pytest.raises(NotAllowed):
        services.assign(cast["inspector"], Assign(key, cast.units["tianyuan"]))
    with pytest.raises(NotFound):
        services.assign(cast["foreign_coordinator"], Assign(key, cast.units["tianyuan"]))


def test_a_dispute_needs_a_reason(office, cast):
    key = office.brought_to("assign")
    with pytest.raises(Refused):
        services.dispute(cast["officer"], Contest(key, " "))


def test_a_dispute_after_five_working_days_is_refused(office, cast):
    key = office.brought_to("assign")
    happened_otherwise(key, dispute_by=clock.today() - timedelta(days=1))
    with pytest.raises(Refused):
        services.dispute(cast["officer"], Contest(key, "不归我区管辖"))


def test_a_dispute_that_is_upheld_takes_the_case_from_the_unit(office, cast):
    key = office.brought_to("assign")
    services.dispute(cast["officer"], Contest(key, "不归我区管辖"))
    services.uphold_dispute(cast["coordinator"], Step(key, "确属芦淞区"))
    case = the(key)
    assert (case.status, case.lead_unit, case.dispute_by) == (S.RECEIVED, None, None)
    with pytest.raises(NotFound):
        services.dispute(cast["officer"], Contest(key, "还是我的吗"))
    office.assign(key, "lusong")
    assert the(key).status == S.ASSIGNED


def test_a_dispute_that_is_dismissed_leaves_it_where_it_was(office, cast):
    key = office.brought_to("assign")
    services.dispute(cast["officer"], Contest(key, "不归我区管辖"))
    with pytest.raises(Refused):
        services.dismiss_dispute(cast["officer"], Step(key, "自己决定"))
    services.dismiss_dispute(cast["coordinator"], Step(key, "维持"))
    case = the(key)
    assert (case.status, case.lead_unit.code) == (S.ASSIGNED, "tianyuan")


@pytest.mark.parametrize("who", ["other_officer", "sub_officer", "clerk", "auditor", "administrator", "custodian"])
def test_whose_case_it_is_not_finds_nothing(office, cast, who):
    key = office.brought_to("assign")
    with pytest.raises(NotFound):
        services.investigate(cast[who], Step(key))


def test_the_officer_of_a_parent_unit_works_on_what_its_departments_lead(office, cast):
    (key,) = office.handed_over()
    office.assign(key, "tianyuan-eco")
    services.investigate(cast["officer"], Step(key))
    assert the(key).status == S.INVESTIGATING


def test_a_unit_that_helps_reads_and_does_not_act(office, cast):
    (key,) = office.handed_over()
    office.assign(key, supporting_ids=(cast.units["lusong"],))
    with pytest.raises(NotAllowed):
        services.investigate(cast["other_officer"], Step(key))


def test_an_extension_keeps_what_the_deadline_was(office, cast):
    key = office.brought_to("assign")
    before = the(key).feedback_due_on
    later = before + timedelta(days=10)
    services.extend(cast["inspector"], Extend(key, later, "需专家论证"))
    assert the(key).feedback_due_on == later
    entry = session().query(LedgerEntry).filter_by(action="extend").one()
    assert entry.facts == {"from": before.isoformat(), "to": later.isoformat(), "late_days": 0}


def test_an_extension_goes_forward(office, cast):
    key = office.brought_to("assign")
    with pytest.raises(Refused) as refused:
        services.extend(cast["inspector"], Extend(key, the(key).feedback_due_on, "同一天"))
    assert "new_date" in refused.value.fields
    with pytest.raises(NotAllowed):
        services.extend(cast["coordinator"], Extend(key, clock.today() + timedelta(days=90), "自己延期"))


def test_whoever_was_slower_is_told_so(office, cast):
    key = office.brought_to("assign")
    seen = the(key).version
    services.investigate(cast["officer"], Step(key, version=seen))
    with pytest.raises(Stale):
        services.dispute(cast["officer"], Contest(key, "晚了", version=seen))


def test_what_is_done_in_the_past_is_done_then(office, cast):
    (key,) = office.handed_over()
    past = days_ago(cast["coordinator"], 30)
    services.assign(past, Assign(key, cast.units["tianyuan"]))
    case = the(key)
    assert case.state_since == past.now()
    assert case.dispute_by < clock.today()
