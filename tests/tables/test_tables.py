"""The three printed tables: headings as printed, rows from the cases, sums that foot."""

from decimal import Decimal

import pytest

from app.casework.commands import Figures
from app.db import session
from app.domain.tables.disclosure import Narrowed, disclosure
from app.domain.tables.figures import CaseFigure, ReportFigure, added, tally_cases, tally_reports
from app.domain.tables.handover import handover
from app.domain.tables.press import PRESS, handed_batches, press
from app.domain.tables.shares import shares
from app.domain.tables.summary import summary
from app.domain.workflow.vocabulary import Need, ReportAction
from app.kernel import clock
from tests.casework.office import HANDED, SPOKEN
from tests.support.cast import LUSONG, TIANYUAN
from tests.support.reports import Office as Desk

HEADINGS = {
    "handover": "序号｜受理编号｜转办问题基本情况｜涉及区域｜污染类型｜责任单位",
    "disclosure": "序号｜受理编号｜受理方式｜交办问题基本情况｜行政区域｜污染类型｜调查核实情况｜是否属实｜办结目标｜处理和整改情况｜是否办结｜问责情况",
    "summary": "行政区域｜收到举报(来电)｜收到举报(来信)｜收到举报(网络)｜收到举报(合计)｜受理｜交办｜已办结｜阶段性办结｜未办结｜责令整改(家)｜"
    "立案处罚(家)｜罚款(万元)｜立案侦查(件)｜行政拘留(人)｜刑事拘留(人)｜约谈(人)｜问责(人)",
}


def published(office, key="one", **answer):
    from app.casework import services
    from app.casework.commands import Step

    case = office.brought_to("city_pass", key, **answer)
    services.pass_reply(office.cast["inspector"], Step(case))
    office.publish(case)
    return case


def rows(table):
    return [dict(zip(table.headings, line, strict=True)) for line in table.rows()]


@pytest.mark.parametrize("name", PRESS)
def test_headings_are_exactly_as_printed(ours, name):
    assert press(session(), name, ours).headings == tuple(HEADINGS[name].split("｜"))


@pytest.mark.parametrize("name", PRESS)
def test_an_empty_inspection_has_its_tables(ours, name):
    table = press(session(), name, ours)
    assert len(list(table.rows())) == table.total
    assert table.total == (0 if name != "summary" else 11)


def test_only_what_is_published_is_disclosed(office, ours):
    office.brought_to("city_pass", "two")
    published(office)
    (row,) = rows(disclosure(session(), ours))
    assert row.items() >= {
        "序号": 1, "受理方式": "来电", "交办问题基本情况": "反映某拌和站夜间生产。", "行政区域": "天元区", "污染类型": "大气、噪声",
        "调查核实情况": "经查，属实。", "是否属实": "属实", "是否办结": "已办结",
    }.items()  # fmt: skip


def test_what_is_unpublished_is_no_longer_disclosed(office, ours):
    from app.casework import services
    from app.casework.commands import Step

    case = published(office)
    services.unpublish(office.cast["leader"], Step(case, words="有误"))
    assert rows(disclosure(session(), ours)) == []


def test_no_table_has_the_reporter_s_words(office, ours):
    published(office)
    for name in PRESS:
        assert SPOKEN not in str(list(press(session(), name, ours).rows()))


def test_what_was_handed_over_is_in_the_words_that_were_sent(office, ours):
    (case,) = office.handed_over()
    (row,) = rows(handover(session(), ours))
    assert row["转办问题基本情况"] == HANDED
    assert row["责任单位"] == "天元区人民政府"
    office.assign(case, "tianyuan-eco")
    assert rows(handover(session(), ours))[0]["责任单位"] == "市生态环境局天元分局"


def test_a_table_of_one_batch_says_of_how_many_it_is(office, ours):
    for key in ("one", "two", "three"):
        office.handed_over(key)
    batch = handed_batches(session(), ours)[1]
    table = handover(session(), ours, batch)
    assert (len(list(table.rows())), table.total) == (1, 3)
    assert "第2批" in table.subtitle


def test_another_inspection_s_cases_are_in_none_of_the_tables(office, ours, cast):
    from app.domain.inspection import Inspection

    published(office)
    theirs = session().get_one(Inspection, cast.theirs)
    assert rows(disclosure(session(), theirs)) == rows(handover(session(), theirs)) == []


def test_the_summary_foots(office, ours, cast, installation):
    desk = Desk(installation, cast)
    published(office, "one", figures=Figures(rectify_orders=2, fines=Decimal("680000.00"), interviewed=3))
    published(office, "two", figures=Figures(penalty_cases=1, fines=Decimal("0.10")))
    office.handed_over("three", parts=2, area=LUSONG)
    desk.accepted(desk.report(), TIANYUAN, LUSONG)
    desk.report(area_code=None)
    *areas, total = rows(summary(session(), ours))
    assert total["行政区域"] == "合计"
    for heading in list(total)[1:]:
        if heading != "罚款(万元)":
            assert sum(row[heading] for row in areas) == total[heading], heading
    assert total.items() >= {
        "收到举报(来电)": 5, "收到举报(合计)": 5, "受理": 4, "交办": 4, "已办结": 2, "未办结": 2, "责令整改(家)": 2,
        "立案处罚(家)": 1, "罚款(万元)": Decimal("68.00"), "约谈(人)": 3,
    }.items()  # fmt: skip
    assert total["交办"] == total["已办结"] + total["阶段性办结"] + total["未办结"]


def test_channels_without_a_column_are_named_below_the_summary(cast, installation, ours):
    from app.domain.report import Channel

    Desk(installation, cast).report(channel=Channel.VISIT)
    table = summary(session(), ours)
    assert rows(table)[-1]["收到举报(合计)"] == 1
    assert any("走访 1 件" in note for note in table.notes)


def test_a_reply_that_nobody_has_reviewed_is_not_summed(office, ours):
    office.brought_to("city_pass", figures=Figures(rectify_orders=7))
    assert rows(summary(session(), ours))[-1]["责令整改(家)"] == 0


def test_what_was_received_is_the_sum_of_what_became_of_it(cast, installation, ours):
    desk = Desk(installation, cast)
    desk.accepted(desk.report())
    desk.decide(desk.report(), ReportAction.VOID, **{str(Need.REASON): "空号"})
    desk.decide(desk.report(), ReportAction.ASK, **{str(Need.QUESTION): "哪条路？"})
    desk.report()
    totals = added(tally_reports(session(), ours), ReportFigure)
    received = totals.pop(ReportFigure.RECEIVED)
    assert received == sum(totals.values()) == 4
    assert (totals[ReportFigure.PENDING], totals[ReportFigure.VOIDED]) == (2, 1)


def test_late_is_late_after_the_last_minute_of_its_day(office, ours):
    from datetime import time, timedelta

    from app.db import transaction
    from app.domain.case import Case

    due = clock.today()
    (early,), (after,) = office.handed_over("one"), office.handed_over("two")
    for case, hour in (
        (early, clock.at_local(due, time(23, 59))),
        (after, clock.at_local(due + timedelta(days=1), time.min)),
    ):
        with transaction() as s:
            found = s.get_one(Case, case)
            found.feedback_due_on, found.replied_at = due, hour
    totals = added(tally_cases(session(), ours, due), CaseFigure)
    assert (totals[CaseFigure.LATE], totals[CaseFigure.OVERDUE]) == (1, 0)


def test_shares_are_of_tags_and_sub_tags_count_for_their_class(cast, installation, ours):
    desk = Desk(installation, cast)
    desk.accepted(desk.report(), tags=("dust",))
    from app.triage.commands import Accept, Part
    from app.triage.services import accept

    accept(cast["inspector"], Accept(desk.report(), ("air", "noise"), (Part(TIANYUAN, ("一",)),)))
    found = [(share.entry.code, share.count, str(share.percent)) for share in shares(session(), ours)]
    assert found == [("air", 2, "66.7"), ("noise", 1, "33.3")]


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [(Narrowed(area=TIANYUAN), 1), (Narrowed(area=LUSONG), 0), (Narrowed(verdict="true"), 1), (Narrowed(verdict="partly"), 0),
     (Narrowed(batch="1"), 1), (Narrowed(batch="1-1"), 0), (Narrowed(batch="9" * 40), 0), (Narrowed(number="D2ZZ"), 1),
     (Narrowed(number="%"), 0)],
)  # fmt: skip
def test_a_narrowed_disclosure_still_says_how_many_there_are(office, ours, narrowed, fits):
    published(office)
    table = disclosure(session(), ours, narrowed)
    assert (len(list(table.rows())), table.total) == (fits, 1)
