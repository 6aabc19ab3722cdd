"""Alarms: many reports of one place or polluter within few days; seen by somebody, and ringing again when they grow."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import session
from app.domain import ledger
from app.domain.alarm import Alarm, AlarmKind, AlarmMark
from app.domain.inspection import Inspection
from app.domain.ledger import LedgerEntry
from app.domain.workflow.vocabulary import ReportAction
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound
from app.triage.alarms import queries, services
from app.triage.alarms.commands import SeeAlarm
from app.triage.alarms.marking import place_mark, polluter_mark
from app.triage.alarms.raising import watch
from tests.support.browsing import browse

NAMES = ("株洲市", "株洲", "天元区", "天元", "湖南省", "湖南")
FACTORY = "株洲泰河饲料有限公司"


@pytest.fixture
def look(installation):
    """Let the line look; gives the alarms there are."""

    def at():
        watch(installation)
        session().expire_all()
        return list(session().scalars(select(Alarm).order_by(Alarm.id)))

    return at


def actions():
    return list(
        session().scalars(select(LedgerEntry.action).where(LedgerEntry.noun == "alarm").order_by(LedgerEntry.id))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("株洲泰河饲料有限公司", "泰河饲料"), ("湖南省株洲市天元区泰河饲料厂", "泰河饲料厂"), ("泰河（株洲）饲料公司", "泰河(株洲)饲料有限责任公司"),
    ],
)  # fmt: skip
def test_a_polluter_is_known_by_its_own_name(one, other):
    assert polluter_mark(one, NAMES) == polluter_mark(other, NAMES) != ""


@pytest.mark.parametrize("name", ["", "工厂", "某化工厂", "养猪场", "株洲市某公司", "不清楚"])
def test_what_many_are_called_is_nobody(name):
    assert polluter_mark(name, NAMES) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("泰山路88号旁边", "天元区泰山路88号"), ("泰山路天台小区3栋", "天台小区5栋201"), ("株洲市天元区栗雨村三组", "栗雨村村口"),
        ("河堤排口附近", "河堤排口"),
    ],
)  # fmt: skip
def test_a_place_is_known_by_its_name_or_its_number(one, other):
    assert place_mark("430211", one, NAMES) == place_mark("430211", other, NAMES) != ""


def test_two_numbers_of_a_road_and_two_counties_are_two_places():
    assert place_mark("430211", "泰山路88号", NAMES) != place_mark("430211", "泰山路8号", NAMES)
    assert place_mark("430211", "人民路8号", NAMES) != place_mark("430203", "人民路8号", NAMES)
    assert place_mark("430211", "附近", NAMES) == ""


def test_an_alarm_rings_from_the_threshold_on(office, look):
    for _ in range(2):
        office.report(polluter=FACTORY)
    assert look() == []
    office.report(polluter="泰河饲料")
    [alarm] = look()
    assert (alarm.kind, alarm.reports, alarm.is_open) == (AlarmKind.POLLUTER, 3, True)
    assert actions() == ["raise_alarm"]
    assert ledger.verify(session()).sound


def test_a_report_is_looked_at_once(office, look):
    for _ in range(4):
        office.report(polluter=FACTORY)
    look()
    count = len(session().scalars(select(AlarmMark.report_id)).all())
    [alarm] = look()
    assert (alarm.reports, len(session().scalars(select(AlarmMark.report_id)).all())) == (4, count)


def test_reports_of_other_weeks_do_not_add_up(office, look):
    for days in (0, 8, 9):
        office.report(polluter=FACTORY, received_at=clock.now() - timedelta(days=days))
    assert look() == []
    office.report(polluter=FACTORY, received_at=clock.now() - timedelta(days=4))
    [alarm] = look()
    assert alarm.reports == 3, "what came in late fills the days between"


def test_what_is_void_or_of_another_inspection_does_not_count(office, look, cast):
    gone = [office.report(polluter=FACTORY) for _ in range(2)]
    for report in gone:
        office.decide(report, ReportAction.VOID, reason="空白来电")
    for _ in range(2):
        office.report(polluter=FACTORY)
    assert look() == []


def test_reports_near_each_other_ring_wherever_they_say_they_are(office, look):
    for step in range(3):
        office.report(point=(27.8300 + step * 0.001, 113.1300), place=f"第{step}个地方")
    [alarm] = look()
    assert (alarm.kind, alarm.reports) == (AlarmKind.POINT, 3)
    office.report(point=(27.8310, 113.1310))
    office.report(point=(27.9300, 113.1300))
    [same] = look()
    assert (same.id, same.reports) == (alarm.id, 4)


def test_how_many_of_how_many_days_is_the_inspections_setting(office, look, cast):
    ours = session().get_one(Inspection, cast.ours)
    ours.kept_settings = {**ours.kept_settings, "alarm_reports": 2}
    session().commit()
    for _ in range(2):
        office.report(place="天台小区")
    assert [alarm.kind for alarm in look()] == [AlarmKind.PLACE]


def test_what_was_seen_is_quiet_until_it_grows(office, look, cast):
    for _ in range(3):
        office.report(polluter=FACTORY)
    [alarm] = look()
    services.see(cast["leader"], SeeAlarm(alarm.id, 3, "明早派人去看。"))
    assert queries.ringing(cast["inspector"], cast.ours) == 0
    office.report(polluter=FACTORY)
    [alarm] = look()
    assert (alarm.is_open, queries.ringing(cast["inspector"], cast.ours)) == (True, 1)
    assert actions() == ["raise_alarm", "see_alarm", "raise_alarm"]


def test_what_joined_while_somebody_read_still_rings(office, look, cast):
    for _ in range(4):
        office.report(polluter=FACTORY)
    [alarm] = look()
    services.see(cast["inspector"], SeeAlarm(alarm.id, 3, "已看。"))
    assert queries.ringing(cast["inspector"], cast.ours) == 1


def test_who_may_see_an_alarm(office, look, cast):
    for _ in range(3):
        office.report(polluter=FACTORY)
    [alarm] = look()
    with pytest.raises(NotAllowed):
        services.see(cast["supervisor"], SeeAlarm(alarm.id, 3, "看了"))
    for login in ("clerk", "foreign_inspector", "coordinator", "officer"):
        with pytest.raises(NotFound):
            queries.alarm_page(cast[login], alarm.id, "")


def test_the_pages_of_an_alarm(app, office, look, cast):
    numbers = [office.report(polluter=FACTORY, place="天台小区") for _ in range(3)]
    assert len(look()) == 2
    inspector = browse(app).as_(cast, "inspector")
    assert "同一地点或单位集中反映的预警" in inspector.get("/staff")
    page = inspector.get("/staff/triage/watch")
    assert FACTORY in page
    page = inspector.get(f"/staff/triage/watch/{look()[0].id}")
    assert len(numbers) == 3
    inspector.submit({"note": ""}, status=422)
    page = inspector.submit({"note": "明早派人去看。"})
    assert "明早派人去看。" in page
    assert page.find("h1").text in inspector.get("/staff/triage/watch?seen=yes")
