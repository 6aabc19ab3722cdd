"""The text of a key or real-name report is approved by two people; whatever changes it takes both approvals back."""

import pytest

from app.batches.queries.closing import Why, why_not
from app.db import session
from app.domain.reporter import Reporter
from app.domain.workflow.vocabulary import CaseAction
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from app.triage.commands import ApproveText, SecondApprove
from app.triage.services import approve_text, second_approve
from tests.support.browsing import browse
from tests.support.reports import the_case

TEXT = "反映：某厂夜间排放黄烟。"
NAMELESS = Reporter(anonymous=True, phone="19900000101")


def first_approved(office, **more):
    (case,) = office.accepted(office.report(**more))
    approve_text(office.cast["inspector"], ApproveText(case, TEXT))
    return case


def left_out(case):
    return why_not(the_case(case), clock.now())


def test_a_real_name_reports_text_waits_for_somebody_else(office, cast):
    case = first_approved(office)
    assert left_out(case) == Why.NOT_SECONDED
    with pytest.raises(Refused):
        second_approve(cast["inspector"], SecondApprove(case))
    second_approve(cast["inspector2"], SecondApprove(case, the_case(case).version))
    assert left_out(case) is None
    assert the_case(case).second_approved_by_id == cast.people["inspector2"]


def test_an_anonymous_reports_text_needs_one_person_until_it_becomes_key(office, cast):
    case = first_approved(office, reporter=NAMELESS)
    assert left_out(case) is None
    office.decide(the_case(case).report_id, A.MARK_KEY, by="leader", reason="涉饮用水源")
    assert left_out(case) == Why.NOT_SECONDED
    second_approve(cast["leader"], SecondApprove(case))
    assert left_out(case) is None


def test_a_text_that_changes_has_lost_both_approvals(office, cast):
    case = first_approved(office)
    second_approve(cast["inspector2"], SecondApprove(case))
    approve_text(cast["inspector2"], ApproveText(case, "反映：某厂夜间排放黄烟，气味刺鼻。"))
    assert left_out(case) == Why.NOT_SECONDED
    with pytest.raises(Refused):
        second_approve(cast["inspector2"], SecondApprove(case))
    second_approve(cast["inspector"], SecondApprove(case))
    assert left_out(case) is None


def test_nobody_seconds_what_nobody_approved_nor_a_text_they_have_not_seen(office, cast):
    (case,) = office.accepted(office.report())
    with pytest.raises(Refused):
        second_approve(cast["inspector2"], SecondApprove(case))
    seen = the_case(case).version
    approve_text(cast["inspector"], ApproveText(case, TEXT))
    with pytest.raises(Stale):
        second_approve(cast["inspector2"], SecondApprove(case, seen))
    session().rollback()
    for login, told in (("supervisor", NotAllowed), ("foreign_inspector", NotFound), ("coordinator", NotFound)):
        with pytest.raises(told):
            second_approve(cast[login], SecondApprove(case))


def test_without_the_second_approval_nothing_goes_into_a_batch_by_any_way(office, cast):
    case = the_case(first_approved(office))
    with pytest.raises(Refused):
        case.perform(CaseAction.BATCH, cast["inspector"])


def test_the_second_person_presses_once_on_the_texts_page(app, cast, office):
    case = first_approved(office)
    first = browse(app).as_(cast, "inspector")
    assert "复核转办文本" in first.get(f"/staff/triage/case/{case}/text")
    assert not [form for form in first.page.forms() if form.action.endswith("/second")]
    reader = browse(app).as_(cast, "supervisor")
    assert "复核" not in reader.get(f"/staff/triage/case/{case}/text")
    assert "复核" not in reader.get(f"/staff/triage/report/{the_case(case).report_id}")
    other = browse(app).as_(cast, "inspector2")
    other.get(f"/staff/triage/case/{case}/text")
    other.submit(action=f"/staff/triage/case/{case}/second")
    assert the_case(case).second_approved_by_id == cast.people["inspector2"]
    reader.post(f"/staff/triage/case/{case}/second", {}, status=403)
