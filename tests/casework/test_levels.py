"""Levels of assignment, who decides a dispute, days nobody can count yet, and lateness that stays."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from app.casework import services
from app.casework.commands import Assign, Contest, Extend, Step
from app.casework.queries.filters import Filters, Standing, cut
from app.db import session, transaction
from app.domain.assignment import Dispute, above_both
from app.domain.holidays import CalendarYear
from app.domain.inspection import Inspection
from app.domain.people import Appointment, Unit
from app.domain.tables.figures import CaseFigure, added, tally_cases
from app.domain.workflow.vocabulary import CaseAction, Role
from app.domain.workflow.vocabulary import CaseState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.web.paging import read_cut
from tests.casework.office import happened_otherwise, the
from tests.support.browsing import browse
from tests.support.cast import TIANYUAN

LIST = "/staff/casework/"


@pytest.fixture
def road(cast) -> int:
    """Another unit below 天元, with nobody's account."""
    with transaction() as s:
        county = s.get_one(Unit, cast.units["tianyuan"])
        unit = Unit(code="road", name="泰山路街道办事处", kind="street", region_code=TIANYUAN, parent=county)
        s.add(unit)
        s.flush()
        unit.path = f"{county.path}{unit.id}/"
        return unit.id


@pytest.fixture
def passed(office, cast) -> int:
    """A case that 天元 was given and passed down to its branch of the environment bureau."""
    key = office.brought_to("assign")
    services.pass_down(cast["officer"], Assign(key, cast.units["tianyuan-eco"]))
    return key


def holders(key) -> list[str]:
    return [one.unit.code for one in the(key).holders]


def waits_for(actor, inspection_id) -> list[int]:
    rows = read_cut(session(), cut(actor, inspection_id, Filters(mine=True)), "").rows
    session().rollback()
    return list(rows)


def test_a_unit_passes_a_case_down_and_everybody_on_the_way_keeps_seeing_it(app, office, cast, passed):
    assert holders(passed) == ["tianyuan", "tianyuan-eco"]
    assert (the(passed).lead_unit.code, the(passed).status) == ("tianyuan-eco", S.ASSIGNED)
    services.investigate(cast["sub_officer"], Step(passed))
    for login in ("coordinator", "officer", "sub_officer", "unit_leader", "inspector"):
        page = browse(app).as_(cast, login).get(f"{LIST}{passed}")
        assert "天元区人民政府转交" in page
        assert "由市级分办" in page
    browse(app).as_(cast, "other_officer").get(f"{LIST}{passed}", 404)


def test_a_mornings_cases_are_passed_down_together(app, office, cast):
    keys = [office.brought_to("assign", name) for name in ("one", "two")]
    browser = browse(app).as_(cast, "officer")
    assert "together/pass_down" in browser.get(LIST).text
    ticked = [f"{key}-{the(key).version}" for key in keys]
    page = browser.post(f"{LIST}together/pass_down", {"start": "yes", "chosen": ticked}, status=200)
    assert "市生态环境局天元分局" in page
    assert "芦淞区人民政府" not in page
    browser.submit({"lead": str(cast.units["tianyuan-eco"])}, action=f"{LIST}together/pass_down")
    assert [holders(key) for key in keys] == [["tianyuan", "tianyuan-eco"]] * 2


def test_only_who_was_given_a_case_and_has_units_below_passes_it_down(office, cast, road):
    key = office.brought_to("assign")
    down = Assign(key, cast.units["tianyuan-eco"])
    for login in ("coordinator", "inspector", "city_leader"):
        with pytest.raises(NotAllowed):
            services.pass_down(cast[login], down)
    with pytest.raises(NotFound):
        services.pass_down(cast["other_officer"], down)
    with pytest.raises(Refused) as refused:
        services.pass_down(cast["officer"], replace(down, lead_unit_id=cast.units["lusong"]))
    assert "lead" in refused.value.fields
    services.pass_down(cast["unit_leader"], down)
    with pytest.raises(Refused):
        services.pass_down(cast["officer"], replace(down, lead_unit_id=road))  # it has been passed down
    with pytest.raises(Refused):
        services.pass_down(cast["sub_officer"], down)  # nothing below


def test_what_the_city_gave_to_a_department_is_not_its_countys_to_give_on(office, cast, road):
    (key,) = office.handed_over()
    office.assign(key, "tianyuan-eco")
    with pytest.raises(NotAllowed):
        services.pass_anew(cast["officer"], Assign(key, road, reason="街道更合适"))


def test_passing_anew_needs_a_reason_and_keeps_the_history(app, office, cast, passed, road):
    with pytest.raises(Refused) as refused:
        services.pass_anew(cast["officer"], Assign(passed, road))
    assert "reason" in refused.value.fields
    services.investigate(cast["sub_officer"], Step(passed))
    services.pass_anew(cast["officer"], Assign(passed, road, reason="属街道日常监管"))
    assert (holders(passed), the(passed).status) == (["tianyuan", "road"], S.ASSIGNED)
    assert [one.unit.code for one in the(passed).assignments] == ["tianyuan", "tianyuan-eco", "road"]
    page = browse(app).as_(cast, "coordinator").get(f"{LIST}{passed}")
    assert page.text.count("属街道日常监管") >= 2  # beside the unit, and in what happened
    browse(app).as_(cast, "sub_officer").get(f"{LIST}{passed}", 404)


def test_taking_a_case_back_gives_no_new_time_to_dispute(cast, passed):
    first = the(passed).holders[0].dispute_by
    happened_otherwise(passed, dispute_by=first + timedelta(days=9))
    services.pass_anew(cast["officer"], Assign(passed, cast.units["tianyuan"], reason="自办"))
    case = the(passed)
    assert (holders(passed), case.lead_unit.code) == (["tianyuan"], "tianyuan")
    assert case.dispute_by == case.due_on == first


def test_the_city_assigns_anew_over_every_level_and_helpers_elsewhere_stay(office, cast, road):
    key = office.brought_to("assign")
    office.assign(key, supporting_ids=(cast.units["lusong"],), reason="补充配合单位")
    services.pass_down(cast["officer"], Assign(key, cast.units["tianyuan-eco"], (road,)))
    assert {one.unit.code for one in the(key).supporting} == {"lusong", "road"}
    office.assign(key, "lusong", reason="属芦淞区")
    assert holders(key) == ["lusong"]
    assert the(key).supporting == []


def test_who_stands_lowest_above_both_units():
    assert above_both("/1/2/3/", "/1/2/4/") == 2
    assert above_both("/1/2/3/", "/1/2/3/9/") == above_both("/1/2/3/9/", "/1/2/3/") == 2
    assert above_both("/1/2/3/", "/1/5/") == 1
    assert above_both("/1/", "/1/2/") is None


@pytest.mark.parametrize(
    ("lead", "named", "decides"),
    [
        ("passed", None, "tianyuan"),
        ("passed", "road", "tianyuan"),
        ("passed", "lusong", None),
        ("passed", "tianyuan", None),
        ("assigned", None, None),
        ("assigned", "road", "tianyuan"),
        ("county", "lusong", None),
    ],
)
def test_a_dispute_is_decided_by_the_common_superior(office, cast, road, lead, named, decides):
    (key,) = office.handed_over()
    office.assign(key, "tianyuan-eco" if lead == "assigned" else "tianyuan")
    if lead == "passed":
        services.pass_down(cast["officer"], Assign(key, cast.units["tianyuan-eco"]))
    who = cast["officer" if lead == "county" else "sub_officer"]
    units = cast.units | {"road": road}
    services.dispute(who, Contest(key, "不归我单位管", units[named] if named else None))
    waiting = the(key).dispute
    assert (waiting.superior.code if waiting.superior else None) == decides
    assert waiting.decide_by == the(key).due_on is not None


def test_a_county_decides_between_its_units_and_nobody_their_own(app, office, cast, passed, road):
    services.dispute(cast["sub_officer"], Contest(passed, "属街道职责", road))
    for login in ("coordinator", "sub_officer", "city_leader"):
        with pytest.raises(Refused):
            services.dismiss_dispute(cast[login], Step(passed, "维持"))
    page = browse(app).as_(cast, "sub_officer").get(f"{LIST}{passed}")
    assert "由天元区人民政府决定" in page
    assert passed in waits_for(cast["unit_leader"], cast.ours)
    assert passed in waits_for(cast["officer"], cast.ours)
    assert passed not in waits_for(cast["sub_officer"], cast.ours)
    assert passed not in waits_for(cast["coordinator"], cast.ours)
    leader = browse(app).as_(cast, "unit_leader")
    form = leader.get(f"{LIST}{passed}/settle_dispute")
    assert f'value="{road}" selected' in form.text or f'selected value="{road}"' in form.text
    assert f'value="{cast.units["tianyuan-eco"]}"' not in form.text.partition("<select")[2].partition("</select>")[0]
    leader.submit({"reason": "街道负责日常监管"})
    assert (holders(passed), the(passed).status) == (["tianyuan", "road"], S.ASSIGNED)
    assert the(passed).disputes[0].upheld is True
    assert "异议成立" in browse(app).as_(cast, "coordinator").get(f"{LIST}{passed}")


def test_who_raised_a_dispute_for_a_unit_below_does_not_decide_it(cast, passed):
    services.dispute(cast["officer"], Contest(passed, "分局无权管辖"))
    with pytest.raises(Refused):
        services.dismiss_dispute(cast["officer"], Step(passed, "维持"))
    assert passed not in waits_for(cast["officer"], cast.ours)
    services.dismiss_dispute(cast["unit_leader"], Step(passed, "维持"))
    assert (holders(passed), the(passed).status) == (["tianyuan", "tianyuan-eco"], S.ASSIGNED)
    assert the(passed).disputes[0].upheld is False


def test_a_dispute_that_is_not_decided_in_time_falls_to_the_city(app, cast, passed):
    services.dispute(cast["sub_officer"], Contest(passed, "属街道职责"))
    with transaction() as s:
        s.query(Dispute).filter_by(case_id=passed).one().decide_by = clock.today() - timedelta(days=1)
    assert passed in waits_for(cast["coordinator"], cast.ours)
    assert "市协调联络组可以代为决定" in browse(app).as_(cast, "officer").get(f"{LIST}{passed}")
    services.uphold_dispute(cast["coordinator"], Step(passed, "由市级重新分办"))
    assert (holders(passed), the(passed).status) == ([], S.RECEIVED)


def test_between_counties_the_city_decides_and_a_unit_below_cannot_be_named(app, office, cast):
    key = office.brought_to("assign")
    with pytest.raises(Refused):
        services.dispute(cast["officer"], Contest(key, "由分局办", cast.units["tianyuan-eco"]))
    officer = browse(app).as_(cast, "officer")
    officer.get(f"{LIST}{key}/dispute")
    officer.submit({"reason": "门店在芦淞区", "other": str(cast.units["lusong"])})
    page = browse(app).as_(cast, "officer").get(f"{LIST}{key}")
    assert "由市协调联络组决定" in page
    assert "应由芦淞区人民政府承办" in page
    assert waits_for(cast["coordinator"], cast.ours) == [key]
    assert waits_for(cast["unit_leader"], cast.ours) == []
    services.uphold_dispute(cast["coordinator"], Step(key, "确属芦淞区"))
    browse(app).as_(cast, "officer").get(f"{LIST}{key}", 404)
    office.assign(key, "lusong")
    assert "认为应由芦淞区人民政府承办" in browse(app).as_(cast, "other_officer").get(f"{LIST}{key}")


def test_the_unit_that_the_city_assigned_signs_whoever_below_it_replied(office, cast, passed):
    services.investigate(cast["sub_officer"], Step(passed))
    office.reply(passed, by="sub_officer")
    below = Appointment(Role.UNIT_LEADER, cast.ours, cast.units["tianyuan-eco"], the(passed).lead_unit.path)
    leader_below = replace(cast["acceptor"], appointments=(below,))
    with pytest.raises(Refused):
        services.sign_reply(leader_below, Step(passed))
    assert waits_for(leader_below, cast.ours) == []
    assert waits_for(cast["unit_leader"], cast.ours) == [passed]
    services.sign_reply(cast["unit_leader"], Step(passed))
    assert the(passed).status == S.CITY_REVIEW


def test_the_buttons_are_those_that_can_be_pressed_at_ones_level(app, office, cast, passed):
    offered = {login: {offer.action for offer in the(passed).offers(cast[login]) if not offer.blocked}
               for login in ("officer", "sub_officer", "unit_leader", "coordinator")}  # fmt: skip
    assert CaseAction.PASS_ANEW in offered["officer"] & offered["unit_leader"]
    assert {CaseAction.PASS_DOWN, CaseAction.PASS_ANEW}.isdisjoint(offered["sub_officer"] | offered["coordinator"])
    assert CaseAction.DISPUTE in offered["sub_officer"]


def test_a_year_nobody_has_announced_is_said_wherever_a_day_reaches_into_it(app, office, cast):
    with transaction() as s:
        for year in s.query(CalendarYear):
            year.announced = False
    key = office.brought_to("assign")
    assert the(key).due_announced is False
    said = {"zh": "尚未公布放假安排", "en": "whose holidays have not been announced yet"}
    for language, words in said.items():
        for way in ("", "/dispute", "/investigate"):
            page = browse(app).as_(cast, "officer").get(f"{LIST}{key}{way}?lang={language}")
            assert words in page, way
            assert "†" in page
    services.dispute(cast["officer"], Contest(key, "不在我区"))
    assert "†" in browse(app).as_(cast, "coordinator").get(f"{LIST}{key}/uphold_dispute")
    services.dismiss_dispute(cast["coordinator"], Step(key, "维持"))
    services.investigate(cast["officer"], Step(key))


def test_every_extension_stays_readable_with_its_reason_and_who_allowed_it(app, office, cast):
    key = office.brought_to("assign")
    days = [the(key).feedback_due_on + timedelta(days=n) for n in (0, 5, 9)]
    services.extend(cast["inspector"], Extend(key, days[1], "需专家论证"))
    services.extend(cast["inspector2"], Extend(key, days[2], "汛期停工"))
    page = browse(app).as_(cast, "officer").get(f"{LIST}{key}?lang=en")
    told = page.text.partition("Later days that were allowed")[2].partition("What happened")[0]
    assert told.index("需专家论证") < told.index("汛期停工")
    assert told.count("→") == 2
    assert "Inspector" in told
    assert the(key).lapsed_on is None


def test_an_extension_after_the_fact_does_not_wipe_the_lateness(app, office, cast):
    key = office.brought_to("investigate")
    due = clock.today() - timedelta(days=4)
    happened_otherwise(key, feedback_due_on=due)
    services.extend(cast["inspector"], Extend(key, clock.today() + timedelta(days=6), "补充监测"))
    assert (the(key).lapsed_on, the(key).late_days()) == (due, 4)
    office.reply(key)
    office.sign_reply(key)
    office.city_pass(key)
    services.pass_reply(cast["inspector"], Step(key))
    office.publish(key)
    happened_otherwise(key, published_at=clock.now() + timedelta(days=30))
    inspection = session().get_one(Inspection, cast.ours)
    tallies = tally_cases(session(), inspection, clock.today())
    assert added(tallies, [CaseFigure.LATE, CaseFigure.OVERDUE]) == {CaseFigure.LATE: 1, CaseFigure.OVERDUE: 0}
    late = Filters(state=Standing.EVERY, late=True)
    for login in ("inspector", "coordinator", "officer"):
        assert list(read_cut(session(), cut(cast[login], cast.ours, late), "").rows) == [key]
        browser = browse(app).as_(cast, login)
        assert "逾期4天" in browser.get(f"{LIST}?state=all")
        assert "逾期4天" in browser.get(f"{LIST}{key}")
    assert "逾期4天" in browse(app).as_(cast, "supervisor").get("/staff/supervision/behind/late")


def test_the_ledger_of_cases_says_days_extensions_and_lateness_of_what_one_may_see(app, office, cast):
    key = office.brought_to("investigate")
    (foreign,) = office.handed_over("two")
    office.assign(foreign, "lusong")
    happened_otherwise(key, feedback_due_on=clock.today() - timedelta(days=4), feedback_announced=False)
    listed = browse(app).as_(cast, "officer").get(LIST)
    assert "†" in listed
    assert "尚未公布放假安排" in listed
    assert "†" in browse(app).as_(cast, "officer").get(f"{LIST}search?q={the(key).number}")
    services.extend(cast["inspector"], Extend(key, clock.today() + timedelta(days=6), "补充监测"))
    browser = browse(app).as_(cast, "officer")
    assert f"{LIST}ledger.xlsx" in browser.get(LIST).text
    heading, line, *rest = csv.reader(browser.get(f"{LIST}ledger.csv").text.lstrip("\ufeff").splitlines())
    told = dict(zip(heading, line, strict=True))
    assert told["受理编号"] == the(key).number
    assert (told["延期次数"], told["逾期天数"], told["办理状态"]) == ("1", "4", "调查核实中")
    assert told["延期批准前已过的期限"].lstrip("'") == str(the(key).lapsed_on)
    assert the(foreign).number not in str(rest)
    assert "共 1 条，本表 1 条" in str(rest)


def test_a_later_first_answer_was_late_even_when_more_time_was_given_after_it(office, cast):
    key = office.brought_to("reply")
    happened_otherwise(key, feedback_due_on=clock.today() - timedelta(days=3))
    services.send_back(cast["unit_leader"], Step(key, "请补充"))
    services.extend(cast["inspector"], Extend(key, clock.today() + timedelta(days=5), "补充材料"))
    assert the(key).late_days() == 3
