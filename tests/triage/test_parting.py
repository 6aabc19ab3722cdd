"""A report falls into matters of its own (+N), or two areas share one and each counts a half."""

import pytest

from app.batches.queries.closing import Why, why_not
from app.domain.workflow.vocabulary import ReportAction
from app.kernel import clock
from app.kernel.errors import Refused
from app.triage.commands import Accept, Part
from app.triage.services import accept
from tests.support.browsing import browse
from tests.support.reports import LUSONG, TIANYUAN, WORDS, the_case, the_report

SHARED = (Part(TIANYUAN, ("臭气",)), Part(LUSONG, (), together=True))


def opened(office, *parts, types=("air",)):
    return [the_case(id_) for id_ in accept(office.cast["inspector"], Accept(office.report(), types, parts))]


def test_two_areas_that_share_a_matter_have_a_case_each_of_the_same_points(office):
    one, other = opened(office, *SHARED)
    assert [(case.item, case.shared, case.points) for case in (one, other)] == [(1, True, ["臭气"])] * 2
    assert [case.handover_text for case in (one, other)] == [WORDS] * 2
    assert other.number == f"{the_report(one.report_id).number}-2"


def test_a_further_matter_is_one_more_beside_a_shared_one(office):
    cases = opened(office, *SHARED, Part(TIANYUAN, ("噪声",), unit_id=office.cast.units["tianyuan"]))
    assert [(case.item, case.shared) for case in cases] == [(1, True), (1, True), (2, False)]
    assert cases[2].handover_text == "噪声"


def test_one_area_may_be_answered_by_two_units(office):
    units = [office.cast.units[name] for name in ("tianyuan", "lusong")]
    cases = opened(office, *(Part(TIANYUAN, (f"问题{unit}",), unit_id=unit) for unit in units))
    assert [case.named_unit_id for case in cases] == units
    assert [case.lead_unit_id for case in cases] == [None, None]


def test_a_part_has_the_types_it_was_given_and_the_report_all_of_them(office):
    one, other = opened(office, Part(TIANYUAN, ("烟",)), Part(LUSONG, ("吵",), types=("noise",)))
    assert (one.types, other.types) == (["air"], ["noise"])


@pytest.mark.parametrize(
    "parts",
    [
        (*SHARED, Part("430203", (), together=True)),
        (Part(TIANYUAN, ("烟",)), Part(TIANYUAN, (), together=True)),
        (Part(TIANYUAN, ("烟",), unit_id=99999),),
        (Part(TIANYUAN, ("烟",), types=("steam",)),),
    ],
)
def test_what_cannot_be_shared_or_named_is_refused(office, parts):
    with pytest.raises(Refused):
        opened(office, *parts)


def test_the_halves_of_a_shared_case_go_into_one_batch(office):
    one, other = (case.id for case in opened(office, *SHARED))
    office.approved(one)
    assert why_not(the_case(one), clock.now()) == Why.OTHER_HALF
    office.approved(other)
    assert why_not(the_case(one), clock.now()) is None


def test_parts_are_added_shared_and_removed_on_the_page_without_a_script(app, cast, office):
    report = office.report()
    page = browse(app).as_(cast, "inspector")
    page.get(f"/staff/triage/report/{report}/do/accept")
    page.submit({"types": ["air"], "parts-0-area": TIANYUAN, "parts-0-points": "臭气", "more": "yes"}, status=200)
    page.submit({"parts-1-area": LUSONG, "parts-1-points": "多余", "more": "yes"}, status=200)
    page.submit({"parts-2-area": LUSONG, "parts-2-together": "y", "remove": "1"}, status=200)
    assert page.page.form().values["parts-1-area"] == LUSONG
    page.submit({})
    assert [(case.area_code, case.item, case.shared) for case in the_report(report).cases] == [
        (TIANYUAN, 1, True),
        (LUSONG, 1, True),
    ]


def test_an_undone_acceptance_comes_back_as_it_was(app, cast, office):
    report = office.report()
    parts = (*SHARED, Part(LUSONG, ("噪声",), unit_id=office.cast.units["lusong"], types=("noise",)))
    accept(cast["inspector"], Accept(report, ("air",), parts))
    office.decide(report, ReportAction.UNDO, by="leader", reason="区域有误")
    page = browse(app).as_(cast, "inspector")
    page.get(f"/staff/triage/report/{report}/do/accept")
    page.submit({})
    again = [case for case in the_report(report).cases if case.is_live]
    assert [(case.area_code, case.item, case.shared, case.named_unit_id, case.types) for case in again] == [
        (TIANYUAN, 1, True, None, ["air"]),
        (LUSONG, 1, True, None, ["air"]),
        (LUSONG, 2, False, cast.units["lusong"], ["noise"]),
    ]
