"""Units, inspections and the calendar: a tree that holds together, settings that can be lived with."""

from dataclasses import replace
from datetime import date, time

import pytest
import time_machine

from app.administration.commands import DayWords, InspectionWords, UnitWords
from app.administration.services import calendar, inspections, units
from app.db import session
from app.domain.holidays import CalendarDay, DayKind, work_calendar
from app.domain.inspection import Inspection, InspectionSettings
from app.domain.ladder import DEFAULT_LADDER, check, keep, read, templates, usual
from app.domain.ledger import LedgerEntry
from app.domain.papers.paper import PaperKind
from app.domain.people import Unit, UnitKind
from app.domain.workflow.vocabulary import Role as R
from app.domain.workflow.vocabulary import StepKind as K
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused
from tests.support.browsing import browse

HOME = "/staff/administration"
SETTINGS = InspectionSettings()
WORDS = InspectionWords("new", "第三轮督察", "省第一督察组", "430200", date(2026, 3, 1), date(2026, 3, 20), SETTINGS)


def last_facts():
    return session().query(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1).one().facts


def test_a_unit_stands_below_its_parent(app, cast):
    words = UnitWords("street", "泰山路街道办事处", UnitKind.STREET, parent_id=cast.units["tianyuan"])
    unit = session().get_one(Unit, units.create_unit(cast["administrator"], words))
    assert unit.path == f"/{cast.units['city']}/{cast.units['tianyuan']}/{unit.id}/"


def test_a_unit_with_active_units_below_stays_active(app, cast):
    words = UnitWords("", "天元区人民政府", UnitKind.COUNTY, active=False)
    with pytest.raises(Refused):
        units.change_unit(cast["administrator"], cast.units["tianyuan"], words)
    units.change_unit(cast["administrator"], cast.units["tianyuan-eco"], words)
    units.change_unit(cast["administrator"], cast.units["tianyuan"], words)
    assert last_facts()["fields"][-1] == "active"


def test_renaming_a_unit_leaves_its_place_in_the_tree(app, cast):
    before = session().get_one(Unit, cast.units["lusong"]).path
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/units/{cast.units['lusong']}")
    page = browser.submit({"name": "芦淞区政府"})
    assert "芦淞区政府" in page
    assert session().get_one(Unit, cast.units["lusong"]).path == before


def test_a_unit_is_added_by_its_form(app, cast):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/units/new?below={cast.units['lusong']}")
    browser.submit({"name": "建设街道", "code": "js", "kind": "street"})
    assert session().query(Unit).filter_by(code="js").one().parent_id == cast.units["lusong"]
    browser.get(f"{HOME}/units/new")
    assert "代码已被另一单位使用" in browser.submit({"name": "又一个", "code": "js", "kind": "street"}, status=422)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "没有拼音"}, "code"),
        ({"code": "ours"}, "code"),
        ({"ends_on": date(2026, 2, 1)}, "ends_on"),
        ({"settings": replace(SETTINGS, closes="07:00")}, "closes"),
        ({"settings": replace(SETTINGS, types=())}, "types"),
        ({"settings": replace(SETTINGS, number_pattern="{channel}{serial:04}")}, "number_pattern"),
        ({"settings": replace(SETTINGS, number_pattern="{channel}{received:%Y}{serial}")}, "number_pattern"),
        ({"settings": replace(SETTINGS, number_pattern="{channel}{received:%Y%m%d}{serial")}, "number_pattern"),
        ({"settings": replace(SETTINGS, number_pattern="{channel.zh}{received:%Y%m%d}{serial}")}, "number_pattern"),
        (
            {"settings": replace(SETTINGS, number_pattern="{channel}{received:%Y%m%d}{serial:0900000}")},
            "number_pattern",
        ),
        ({"settings": replace(SETTINGS, ladder=(usual(K.SELF_CHECK),))}, "ladder"),
    ],
)
def test_settings_that_cannot_be_are_refused_beside_their_field(app, cast, changes, field):
    with pytest.raises(Refused) as caught:
        inspections.create_inspection(cast["administrator"], replace(WORDS, **changes))
    assert set(caught.value.fields) == {field}


def test_an_inspection_is_added_and_changed_by_its_form(app, cast):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/inspections/new")
    said = {"code": "third", "round": "第三轮", "team": "省第一组", "region": "430200"}
    browser.submit(said | {"starts_on": "2026-03-01", "ends_on": "2026-03-20"})
    made = session().query(Inspection).filter_by(code="third").one()
    assert made.settings == InspectionSettings()
    browser.get(f"{HOME}/inspections/{made.id}")
    browser.submit({"feedback_days": "5", "opens": "08:30"})
    kept = session().get_one(Inspection, made.id).settings
    assert (kept.feedback_days, kept.opens) == (5, "08:30")
    assert set(last_facts()["fields"]) == {"feedback_days", "opens"}


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ((K.SELF_CHECK,), "needs its sign-off"),
        ((K.SELF_CHECK, K.SIGN_OFF, K.SIGN_OFF), "only once"),
        ((K.SIGN_OFF, K.LOOK_BACK), "must accept the work"),
        ((K.SELF_CHECK, K.SIGN_OFF, K.CITY), "acceptance come before"),
        ((K.SELF_CHECK, K.SIGN_OFF, K.NOTICE), "notice comes before"),
        ((K.SELF_CHECK, K.SIGN_OFF, K.SIGNATURE), "signature comes before"),
        ((K.SELF_CHECK, K.FILING, K.SIGN_OFF), "can be filed"),
        ((K.SELF_CHECK, K.LOOK_BACK, K.SIGN_OFF), "look-back comes after"),
        ((K.SELF_CHECK, K.SIGN_OFF, K.LOOK_BACK, K.FILING), "look-back comes last"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused_with_its_own_sentence(app, cast, kinds, told):
    with pytest.raises(Refused, match=told):
        inspections.change_ladder(cast["administrator"], cast.ours, [usual(kind) for kind in kinds])
    assert session().get_one(Inspection, cast.ours).settings.ladder == DEFAULT_LADDER


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": R.CLERK}, "role_1"),
        ({"role": R.OFFICER}, "role_1"),
        ({"days": 400}, "days_1"),
        ({"form": PaperKind.LETTER}, "form_1"),
        ({"said": ("现场",) * 13}, "said_1"),
        ({"attached": ("长" * 61,)}, "attached_1"),
        ({"said": ("照片",), "attached": ("照片",)}, "said_1"),
    ],
)
def test_a_step_nobody_could_sign_is_refused_beside_its_field(app, cast, changes, field):
    steps = [replace(usual(K.SELF_CHECK), **changes), usual(K.SIGN_OFF)]
    with pytest.raises(Refused) as caught:
        inspections.change_ladder(cast["administrator"], cast.ours, steps)
    assert set(caught.value.fields) == {field}


def test_the_shipped_ladders_can_be_climbed_and_stand_in_the_two_known_orders(app, cast):
    for template in templates().values():
        check(template.rungs)
        assert read(keep(template.rungs)) == template.rungs
    first, second = ([str(rung.kind) for rung in one.rungs] for one in templates().values())
    whole = "self_check county city notice signature sign_off filing look_back"
    assert first == whole.split()
    assert second == ["self_check", "department", "signature", "notice", "sign_off", "filing", "look_back"]


def test_a_ladder_is_composed_on_its_page_from_a_shipped_one(app, cast):
    browser = browse(app).as_(cast, "administrator")
    address = f"{HOME}/inspections/{cast.ours}/ladder"
    browser.get(f"{address}?template=signature_first")
    page = browser.submit({"step_3": "department", "said_1": "逐项自查情况\n我写的一项"}, status=422)
    assert "同一步骤" in page
    assert "我写的一项" in page
    browser.get(f"{address}?template=signature_first&lang=en")
    browser.submit({"role_5": "coordinator", "days_1": "7", "attached_2": "现场照片\n监测报告"})
    kept = session().get_one(Inspection, cast.ours).settings.ladder
    assert [str(rung.kind) for rung in kept][:4] == ["self_check", "department", "signature", "notice"]
    assert (kept[0].days, kept[1].attached, kept[4].role) == (7, ("现场照片", "监测报告"), R.COORDINATOR)
    assert last_facts()["fields"] == ["ladder"]
    with pytest.raises(NotAllowed):
        inspections.change_ladder(cast["leader"], cast.ours, kept)


def test_texts_are_kept_in_the_language_they_are_written_in(app, cast):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/inspections/{cast.ours}/texts/zh")
    browser.submit({"title": "公告", "notice": "第一行\n第二行"})
    assert session().get_one(Inspection, cast.ours).settings.texts == {
        "zh": {"title": "公告", "notice": "第一行\n第二行"}
    }
    browser.get(f"{HOME}/inspections/{cast.ours}/texts/fr", 404)


def test_settings_this_version_does_not_know_are_kept(app, cast):
    kept = session().get_one(Inspection, cast.ours)
    kept.kept_settings = kept.kept_settings | {"from_tomorrow": 1}
    session().commit()
    inspections.change_texts(cast["administrator"], cast.ours, "zh", {"title": "公告"})
    assert session().get_one(Inspection, cast.ours).kept_settings["from_tomorrow"] == 1


def test_an_announced_year_names_its_announcement(app, cast):
    with pytest.raises(Refused):
        calendar.announce_year(cast["administrator"], 2031, "", announced=True)
    calendar.announce_year(cast["administrator"], 2031, "国办发明电", announced=True)
    assert 2031 in work_calendar(session()).announced
    with pytest.raises(NotFound):
        calendar.announce_year(cast["administrator"], 1999, "", announced=False)


def test_a_day_fits_its_weekday(app, cast):
    saturday, monday = date(2031, 5, 3), date(2031, 5, 5)
    with pytest.raises(Refused):
        calendar.set_day(cast["administrator"], DayWords(monday, DayKind.WORKDAY))
    with pytest.raises(Refused):
        calendar.set_day(cast["administrator"], DayWords(saturday, DayKind.MOVED))
    calendar.set_day(cast["administrator"], DayWords(saturday, DayKind.WORKDAY))
    assert work_calendar(session()).is_working(saturday)


def test_a_day_is_entered_and_cleared_by_its_pages(app, cast):
    browser = browse(app).as_(cast, "administrator")
    browser.get(f"{HOME}/calendar/day")
    page = browser.submit({"day": "2031-05-01", "kind": "holiday", "zh": "劳动节"})
    assert "劳动节" in page
    browser.post(f"{HOME}/calendar/day/2031-05-01/clear")
    assert session().get(CalendarDay, date(2031, 5, 1)) is None
    browser.post(f"{HOME}/calendar/day/2031-05-01/clear", status=404)
    browser.post(f"{HOME}/calendar/day/yesterday/clear", status=404)


def test_a_year_without_holidays_waits_for_the_administrator(app, cast):
    with time_machine.travel(clock.at_local(date(2031, 11, 2), time(9)), tick=False):
        page = browse(app).as_(cast, "administrator").get("/staff")
    assert "放假安排尚未公布的年份" in page
