"""Accepting: points, types, areas; one case for each area; what is undone can be done again."""

import pytest
from sqlalchemy import select

from app.db import session
from app.domain.report import ReportType
from app.domain.workflow.vocabulary import ReportAction as A
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from app.triage.commands import Accept, Part
from app.triage.services import accept
from tests.support.reports import LUSONG, TIANYUAN, WORDS, the_case, the_report


def test_a_single_area_keeps_the_reports_number(office):
    report = office.report()
    [case] = office.accepted(report)
    kept = the_case(case)
    assert (kept.number, kept.part, kept.shared, kept.key) == (the_report(report).number, 1, False, False)
    assert (kept.area_code, kept.area_printed, kept.types) == (TIANYUAN, "天元区", ["air"])


def test_several_areas_get_numbered_parts_that_inherit_the_key_flag(office):
    report = office.report()
    cases = [the_case(case) for case in office.accepted(report, TIANYUAN, LUSONG, key=True)]
    number = the_report(report).number
    assert [(case.number, case.key, case.shared) for case in cases] == [
        (f"{number}-1", True, False),
        (f"{number}-2", True, False),
    ]
    assert [case.points for case in cases] == [[f"{TIANYUAN}的问题"], [f"{LUSONG}的问题"]]
    assert [point.text for point in the_report(report).points] == [f"{TIANYUAN}的问题", f"{LUSONG}的问题"]


def test_the_first_text_is_a_draft_that_nobody_has_approved(office):
    [case] = office.accepted(office.report())
    kept = the_case(case)
    assert (kept.handover_text, kept.text_approved_at, kept.publication_problem) == (WORDS, None, "")


def test_of_a_split_report_each_area_starts_from_its_own_points(office):
    cases = office.accepted(office.report(), TIANYUAN, LUSONG)
    assert [the_case(case).handover_text for case in cases] == [f"{TIANYUAN}的问题", f"{LUSONG}的问题"]


def test_types_and_sub_types_are_kept_apart(office):
    report = office.report()
    [case] = office.accepted(report, tags=("fumes",))
    kept = session().scalars(select(ReportType.code).order_by(ReportType.position)).all()
    assert (list(kept), the_case(case).types) == (["air", "fumes"], ["air"])


@pytest.mark.parametrize(
    ("types", "parts"),
    [
        ((), (Part(TIANYUAN, ("烟",)),)),
        (("steam",), (Part(TIANYUAN, ("烟",)),)),
        (("air",), ()),
        (("air",), (Part(TIANYUAN, ()),)),
        (("air",), (Part(None, ("烟",)),)),
        (("air",), (Part("999999", ("烟",)),)),
        (("air",), (Part(TIANYUAN, ("烟",)), Part(TIANYUAN, ("尘",)))),
    ],
)
def test_what_is_missing_is_refused_and_nothing_is_half_written(office, cast, types, parts):
    report = office.report()
    with pytest.raises(Refused):
        accept(cast["inspector"], Accept(report, types, parts))
    kept = the_report(report)
    assert (kept.state, kept.points, kept.cases, kept.version) == ("registered", [], [], 1)


def test_an_undone_acceptance_cancels_its_cases_and_can_be_made_again(office):
    report = office.report()
    first = office.accepted(report, TIANYUAN, LUSONG)
    office.decide(report, A.UNDO, by="leader", reason="区域有误")
    assert {the_case(case).state for case in first} == {"cancelled"}
    assert the_report(report).state == "registered"
    [second] = office.accepted(report, LUSONG)
    assert the_case(second).number == the_report(report).number
    assert [point.text for point in the_report(report).points] == [f"{LUSONG}的问题"]


def test_a_decision_on_an_outdated_page_is_stale(office, cast):
    report = office.report()
    seen = the_report(report).version
    office.decide(report, A.MARK_KEY, by="leader", reason="涉饮用水源")
    with pytest.raises(Stale):
        accept(cast["inspector"], Accept(report, ("air",), (Part(TIANYUAN, ("烟",)),), version=seen))


def test_only_the_inspections_own_inspectors_accept(office, cast):
    report = office.report()
    words = Accept(report, ("air",), (Part(TIANYUAN, ("烟",)),))
    for login in ("supervisor", "leader"):
        with pytest.raises(NotAllowed):
            accept(cast[login], words)
    for login in ("foreign_inspector", "coordinator", "officer", "clerk2"):
        with pytest.raises(NotFound):
            accept(cast[login], words)


def test_a_reports_key_flag_is_its_cases_key_flag(office):
    report = office.report()
    cases = office.accepted(report, TIANYUAN, LUSONG)
    office.decide(report, A.MARK_KEY, by="leader", reason="涉饮用水源")
    assert {the_case(case).key for case in cases} == {True}
    office.decide(report, A.UNMARK_KEY, by="leader", reason="核实后不涉及")
    assert {the_case(case).key for case in cases} == {False}
    with pytest.raises(NotAllowed):
        office.decide(report, A.MARK_KEY, reason="研判员自行标记")
