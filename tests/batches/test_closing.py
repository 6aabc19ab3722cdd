"""Closing the day: what goes into a batch, what stays out and why."""

from datetime import time, timedelta

import pytest

from app.batches.commands import TakeOut
from app.batches.queries.closing import Why, proposal
from app.batches.services import close_day, take_out
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from tests.support.reports import LUSONG, TIANYUAN, the_batch, the_case, the_report

DAY = clock.today() - timedelta(days=3)


def moment(hour, day=DAY):
    return clock.at_local(day, time(hour))


@pytest.fixture
def evening():
    """After the cut-off of a day in the stay."""
    return moment(21)


def test_a_batch_takes_what_was_received_before_the_cut_off_and_approved(office, cast, evening):
    [ready] = office.ready(at=moment(9))
    [unapproved] = office.accepted(office.report(at=moment(10)), at=moment(10))
    [later] = office.ready(at=moment(20))
    found = proposal(cast["inspector"].at(evening), cast.ours)
    assert [(one.case_id, one.why) for one in found.left_out] == [(unapproved, Why.NOT_APPROVED), (later, Why.LATER)]
    batch = office.closed(evening)
    assert [case.id for case in the_batch(batch).cases] == [ready]
    assert the_case(ready).state == "batched"


def test_windows_follow_each_other_without_a_gap(office, evening):
    first = the_batch(office.closed(evening))
    second = the_batch(office.closed(evening + timedelta(days=1)))
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert second.window_from == first.window_to == moment(20)
    assert second.window_to == moment(20, DAY + timedelta(days=1))


def test_a_day_is_closed_once_and_what_came_too_late_goes_into_a_supplementary_batch(office, evening):
    [case] = office.accepted(office.report(at=moment(9)), at=moment(9))
    office.closed(evening)
    with pytest.raises(Refused):
        office.closed(evening)
    office.approved(case, at=evening)
    batch = the_batch(office.closed(evening, supplementary=True))
    assert (batch.label, [one.id for one in batch.cases]) == ("1-1", [case])


def test_what_was_left_out_is_taken_up_by_the_next_batch(office, evening):
    [case] = office.accepted(office.report(at=moment(9)), at=moment(9))
    office.closed(evening)
    office.approved(case, at=evening)
    next_evening = evening + timedelta(days=1)
    assert [one.id for one in the_batch(office.closed(next_evening)).cases] == [case]


def test_an_empty_batch_is_a_batch(office, evening):
    batch = office.closed(evening)
    office.signed(office.handed_over(batch, evening), evening)
    assert the_batch(batch).manifest == []


def test_a_proposal_that_has_changed_is_stale(office, cast, evening):
    seen = proposal(cast["inspector"].at(evening), cast.ours).seen
    office.ready(at=moment(9))
    with pytest.raises(Stale):
        office.closed(evening, seen=seen)


def test_only_inspector_and_leader_close(office, cast, evening):
    for login in ("supervisor", "clerk", "coordinator", "foreign_inspector"):
        with pytest.raises(NotAllowed):
            close_day(cast[login].at(evening), cast.ours)


def test_a_case_leaves_the_batch_with_a_reason(office, cast, evening):
    [case] = office.ready(at=moment(9))
    batch = office.closed(evening)
    with pytest.raises(Refused):
        take_out(cast["inspector"], TakeOut(batch, case, ""))
    take_out(cast["inspector"], TakeOut(batch, case, "地点待核"))
    assert (the_case(case).state, the_case(case).batch_id) == ("prepared", None)
    with pytest.raises(NotFound):
        take_out(cast["inspector"], TakeOut(batch, case, "再次移出"))


def test_an_undone_report_leaves_the_batch(office, cast, evening):
    report = office.report(at=moment(9))
    cases = [office.approved(case, at=moment(9)) for case in office.accepted(report, TIANYUAN, LUSONG, at=moment(9))]
    batch = office.closed(evening)
    office.decide(report, A.UNDO, by="leader", reason="应予移交")
    assert {the_case(case).state for case in cases} == {"cancelled"}
    assert the_batch(batch).cases == []
    assert the_report(report).state == "registered"


def test_letters_that_come_after_the_telephone_has_closed_make_a_batch_of_letters(office, cast, installation, evening):
    from app.batches.services import take_paper
    from app.db import session, transaction
    from app.domain.inspection import Inspection
    from app.domain.papers.paper import PaperKind
    from app.domain.report import Channel

    office.ready(at=moment(9, DAY - timedelta(days=2)))
    office.closed(evening - timedelta(days=2))
    with transaction() as writing:
        writing.get_one(Inspection, cast.ours).ends_on = DAY - timedelta(days=2)
    session().expire_all()
    [letter] = office.accepted(office.report(at=moment(9), channel=Channel.LETTER), at=moment(9))
    office.approved(letter, at=moment(9))
    found = proposal(cast["inspector"].at(evening), cast.ours)
    assert (found.after_stay, found.channels) == (True, [(Channel.LETTER, 1)])
    batch = office.closed(evening, house=installation)
    office.handed_over(batch, evening)
    from app.batches.services import ask_for_papers

    ask_for_papers(installation, cast["leader"], batch)
    text = take_paper(installation, cast["leader"], batch, PaperKind.BULLETIN).content.decode()
    assert "群众举报 1 件（来信 1 件）" in text
