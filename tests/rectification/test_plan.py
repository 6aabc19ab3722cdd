"""The plan: changed by approval only with every version kept, told of month by month, read by everybody as printed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.db import session, transaction
from app.domain.ledger import LedgerEntry, verify
from app.domain.message import Outbox
from app.domain.plan import PlanLine, PlanPart, PlanText, differences, missed_months
from app.domain.rectification import Measure, MonthlyProgress, Progress
from app.domain.workflow.vocabulary import RectificationAction as A
from app.domain.workflow.vocabulary import RectificationState as S
from app.kernel import clock
from app.kernel.errors import NotAllowed, Refused, Stale
from app.rectification import queries, services
from app.rectification.commands import (
    AddMeasure,
    DecideChange,
    MeasureLine,
    ProposeChange,
    PublishPlan,
    ReportProgress,
)
from tests.support.browsing import browse

ROOM = "/staff/rectification"
DUE = date(2027, 6, 30)


def lines_of(climber):
    return tuple(
        MeasureLine(one.position, one.text, one.unit_id, one.due_on, one.cost) for one in climber.record.measures
    )


@pytest.fixture
def propose(climber):
    """The officer asks for the plan as it stands with these words in it."""

    def make(login="officer", **more):
        record = climber.record
        words = {
            "target": record.target,
            "target_on": record.target_on,
            "lines": lines_of(climber),
            "reason": "设备到货推迟",
        }
        services.propose_change(climber.who(login), ProposeChange(climber.cycle, **words | more))
        return climber

    return make


def added(climber, text="安装在线监控", cost=Decimal("12000.50")):
    return (*lines_of(climber), MeasureLine(0, text, climber.cast.units["tianyuan"], DUE, cost))


def test_an_adopted_plan_changes_by_approval_only_and_every_version_is_kept(climber, cast, propose):
    climber.plan(progress=Progress.ON_SCHEDULE)
    with pytest.raises(NotAllowed):
        services.add_measure(cast["officer"], AddMeasure(climber.cycle, text="再加", unit_id=1, due_on=DUE))
    first = replace_text(lines_of(climber)[0], "更换活性炭和风机")
    propose(lines=(first, *added(climber)[1:]), target="废气稳定达标")
    assert climber.record.target == "废气达标排放"
    assert len(climber.record.measures) == 1
    services.decide_change(climber.who("coordinator"), DecideChange(climber.cycle))
    record = climber.record
    assert record.target == "废气稳定达标"
    assert [one.text for one in record.measures] == ["更换活性炭和风机", "安装在线监控"]
    assert record.measures[1].cost == Decimal("12000.50")
    plan = queries.view(cast["officer"], climber.cycle).plan
    assert [one.number for one in plan.versions] == [2, 1]
    assert plan.versions[1].text.lines[0].text == "更换活性炭"
    assert [(one.part, one.position) for one in plan.versions[0].found] == [
        (PlanPart.TARGET, None),
        (PlanPart.MEASURE, 1),
        (PlanPart.MEASURE, 2),
    ]
    assert plan.versions[0].reason == "设备到货推迟"
    said = {entry.action: {word.need: word.text for word in entry.words} for entry in entries(climber)}
    assert "措施2 整改措施：（无） → 安装在线监控" in said["propose_change"]["change"]
    assert verify(session()).sound


def replace_text(line, text):
    return replace(line, text=text)


def entries(climber):
    query = select(LedgerEntry).where(LedgerEntry.noun == "rectification", LedgerEntry.noun_id == climber.cycle)
    return session().scalars(query).all()


def test_a_version_of_a_plan_cannot_be_written_over(climber):
    climber.plan()
    for statement in ("UPDATE plan_versions SET number = 9", "DELETE FROM plan_versions"):
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction() as writing:
            writing.execute(text(statement))


def test_a_change_is_decided_by_somebody_else_and_refused_with_a_reason(climber, cast, propose):
    climber.plan(progress=Progress.ON_SCHEDULE)
    propose(lines=added(climber))
    both = cast["officer"]
    both = type(both)(both.person_id, both.name, (*both.appointments, *cast["coordinator"].appointments))
    with pytest.raises(Refused, match="proposed themselves"):
        services.decide_change(both, DecideChange(climber.cycle))
    with pytest.raises(Refused, match="waits for its decision"):
        propose(lines=added(climber, "又一项"))
    climber.report(Progress.DONE)
    with pytest.raises(Refused, match="waits for its decision"):
        climber.submit()
    with pytest.raises(NotAllowed):
        services.decide_change(cast["officer"], DecideChange(climber.cycle))
    with pytest.raises(Refused) as refusal:
        services.decide_change(cast["coordinator"], DecideChange(climber.cycle, approved=False))
    assert set(refusal.value.fields) == {"reason"}
    services.decide_change(
        cast["coordinator"], DecideChange(climber.cycle, approved=False, reason="资金已到位，不必调整")
    )
    record = climber.record
    assert (len(record.measures), len(record.versions), record.open_change) == (1, 1, None)
    with pytest.raises(Refused, match="No change of the plan waits"):
        services.decide_change(cast["coordinator"], DecideChange(climber.cycle))
    told = session().scalars(
        select(Outbox.event).where(Outbox.noun_id == climber.cycle, Outbox.noun == "rectification")
    )
    assert {"propose_change", "refuse_change"} <= set(told)
    assert climber.submit().record.status == S.CLIMBING


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "Nothing differs"),
        ({"lines": ()}, "At least one measure"),
        ({"target_on": date(2026, 1, 1)}, "ends after this day"),
        ({"target": "另一目标", "reason": " "}, "must be said is missing"),
    ],
)
def test_a_change_that_cannot_be_is_refused(climber, propose, more, told):
    climber.plan()
    with pytest.raises(Refused, match=told):
        propose(**more)
    assert climber.record.changes == []


def test_a_dropped_measure_asks_for_nothing_more_and_keeps_its_number(climber, cast, propose):
    climber.plan(progress=Progress.ON_SCHEDULE)
    propose(lines=added(climber))
    services.decide_change(climber.who("coordinator"), DecideChange(climber.cycle))
    propose(lines=lines_of(climber)[:1])
    services.decide_change(climber.who("coordinator"), DecideChange(climber.cycle))
    propose(lines=added(climber, "另一项"))
    services.decide_change(climber.who("coordinator"), DecideChange(climber.cycle))
    assert [one.position for one in climber.record.measures] == [1, 3]
    assert session().scalar(select(Measure.text).where(Measure.dropped_at.is_not(None))) == "安装在线监控"
    assert climber.report(Progress.DONE).submit().record.status == S.CLIMBING


def test_a_done_measure_that_is_worded_otherwise_is_told_of_anew(climber, propose):
    climber.plan()
    first = replace(lines_of(climber)[0], text="更换全部除臭设施")
    propose(lines=(first,))
    services.decide_change(climber.who("coordinator"), DecideChange(climber.cycle))
    assert climber.record.measures[0].progress == Progress.ON_SCHEDULE
    with pytest.raises(Refused, match="Not every measure is done"):
        climber.submit()


def test_progress_is_one_entry_a_month_and_a_missed_month_is_said(make_climber, cast, app):
    at = lambda day: cast["officer"].at(clock.at_local(day, datetime.min.time()) + timedelta(hours=9))  # noqa: E731
    climber = make_climber(moment=clock.at_local(date(2024, 4, 8), datetime.min.time()))
    climber.plan(progress=Progress.ON_SCHEDULE)
    measure = climber.record.measures[0].id

    def tell(day, progress=Progress.BEHIND, month=None, note="设备未到货"):
        words = ReportProgress(climber.cycle, measure_id=measure, progress=progress, note=note, month=month)
        services.report_progress(at(day), words)

    tell(date(2024, 5, 20))
    tell(date(2024, 5, 30), Progress.ON_SCHEDULE, note="设备已到货")
    tell(date(2024, 8, 3))
    with time_machine.travel(clock.at_local(date(2024, 9, 2), datetime.min.time()), tick=False):
        view = queries.view(cast["coordinator"], climber.cycle).measures[0]
        assert [(one.month.month, str(one.progress), one.note) for one in view.months] == [
            (8, "behind", "设备未到货"),
            (5, "on_schedule", "设备已到货"),
            (4, "on_schedule", "已更换"),
        ]
        assert [month.month for month in view.missed] == [6, 7]
        page = browse(app).as_(cast, "officer").get(f"{ROOM}/{climber.cycle}")
        assert "2024年6月、2024年7月未报送进展" in page
    with pytest.raises(Refused, match="month that was missed"):
        tell(date(2024, 9, 2), month=date(2024, 5, 1))
    with pytest.raises(Refused, match="month that was missed"):
        tell(date(2024, 9, 2), month=date(2024, 10, 1))
    tell(date(2024, 9, 2), Progress.DONE, month=date(2024, 6, 1), note="补报")
    record = climber.record
    assert (record.measures[0].progress, len(record.measures[0].told)) == ("behind", 4)
    assert [month.month for month in missed_months(record.measures[0], date(2024, 9, 2))] == [7]
    late = next(one for one in queries.view(cast["officer"], climber.cycle).measures[0].months if one.month.month == 6)
    assert late.late
    spoken = [entry.facts["month"] for entry in entries(climber) if entry.action == "progress"]
    assert spoken == ["2024-04", "2024-05", "2024-05", "2024-08", "2024-06"]
    assert session().query(MonthlyProgress).count() == 4


def test_what_two_plans_differ_in_is_said_part_by_part():
    line = PlanLine(1, "清淤", 7, "某局", date(2024, 6, 30), Decimal("1500000.00"))
    before = PlanText("水质达标", date(2024, 12, 31), (line, replace(line, position=2, text="截污")))
    after = PlanText(
        "水质达标",
        date(2024, 12, 31),
        (replace(line, unit="某区", due_on=date(2024, 9, 30), cost=Decimal("1500000.10")),),
    )
    assert [(one.part, one.position, one.before, one.after) for one in differences(before, after)] == [
        (PlanPart.UNIT, 1, "某局", "某区"),
        (PlanPart.DUE_ON, 1, "2024-06-30", "2024-09-30"),
        (PlanPart.COST, 1, "1,500,000.00元", "1,500,000.10元"),
        (PlanPart.MEASURE, 2, "截污，某局，2024-06-30，1,500,000.00元", ""),
    ]
    assert PlanText.read(before.kept()) == before
    assert before.cost == Decimal("3000000.00")


def test_a_change_goes_through_the_pages_and_nothing_typed_is_lost(climber, cast, app):
    climber.plan(progress=Progress.ON_SCHEDULE)
    officer, coordinator = browse(app).as_(cast, "officer"), browse(app).as_(cast, "coordinator")
    page = officer.get(f"{ROOM}/{climber.cycle}/plan/change")
    assert "更换活性炭" in page
    page = officer.submit({"text_2": "安装在线监控", "cost_2": "12.345", "reason": "须增加监控"}, status=422)
    assert "安装在线监控" in page
    assert "须增加监控" in page
    assert {"cost_2-error", "unit_2-error", "due_on_2-error"} <= {one.get("id") for one in page.all("p")}
    unit = str(cast.units["tianyuan"])
    officer.submit({"unit_2": unit, "due_on_2": "2027-05-01", "cost_2": "1200000.50"})
    page = coordinator.get(f"{ROOM}/{climber.cycle}/plan/decision")
    assert "须增加监控" in page
    assert "1,200,000.50元" in page
    coordinator.submit({"decision": "refused"}, status=422)
    page = coordinator.submit({"decision": "approved"})
    assert "1,200,000.50 元" in page
    assert "须增加监控" in coordinator.get(f"{ROOM}/{climber.cycle}/plan")
    browse(app).as_(cast, "other_officer").get(f"{ROOM}/{climber.cycle}/plan", 404)


def test_a_change_drawn_before_somebody_acted_is_stale(climber, propose):
    climber.plan()
    with pytest.raises(Stale):
        propose(target="新目标", version=climber.record.version - 1)


def test_everybody_reads_a_plan_that_was_published_as_it_is_printed(climber, cast, app):
    climber.plan(progress=Progress.BEHIND)
    citizen = browse(app)
    assert "更换活性炭" not in citizen.get("/plans")
    with pytest.raises(NotAllowed):
        services.publish_plan(cast["officer"], PublishPlan(climber.cycle))
    coordinator = browse(app).as_(cast, "coordinator")
    coordinator.get(f"{ROOM}/{climber.cycle}")
    coordinator.submit({}, f"{ROOM}/{climber.cycle}/plan/publish")
    page = citizen.get("/plans")
    for words in ("某食品厂夜间排放废气，气味刺鼻。", "废气达标排放", "更换活性炭", "未达序时进度", "2027-06-30"):
        assert words in page
    table = citizen.get("/plans.csv").text
    assert "问题序号,具体内容,整改目标,整改措施,完成情况,责任单位,完成时限" in table
    assert "已更换" not in table
    with pytest.raises(Refused, match="published already"):
        services.publish_plan(cast["coordinator"], PublishPlan(climber.cycle))
    assert A.PUBLISH_PLAN in {entry.action for entry in entries(climber)}
