"""The day's bulletin: figures alone, that add up and do not change; one that does not add up is shown to nobody."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from app.db import session, transaction
from app.domain.case import Case
from app.domain.tables.bulletin import Bulletin, Part
from app.kernel import clock
from app.publication.queries.bulletins import bulletin_of
from app.triage.commands import Accept
from app.triage.commands import Part as Part_
from app.triage.services import accept
from tests.support.browsing import browse
from tests.support.reports import LUSONG, TIANYUAN, WORDS, Office, the_batch

DAY = clock.today() - timedelta(days=3)
MORNING, EVENING = clock.at_local(DAY, time(9)), clock.at_local(DAY, time(21))
NEXT_MORNING, NEXT_EVENING = MORNING + timedelta(days=1), EVENING + timedelta(days=1)
HERE = "?inspection=ours"


@pytest.fixture
def team(app, cast, installation) -> Office:
    return Office(installation, cast)


@pytest.fixture
def handed(team):
    """Two reports, one of them split over two areas, handed over in one batch."""
    team.ready(TIANYUAN, LUSONG, at=MORNING, key=True)
    team.ready(at=MORNING)
    return the_batch(team.handed_over(team.closed(EVENING), EVENING))


def told(batch) -> Bulletin:
    return bulletin_of(batch.inspection, batch.label)


def test_reports_and_further_parts_make_the_cases_and_areas_sum_to_the_batch(handed):
    found = told(handed)
    assert found.today == Part(reports=2, further=1, key=2)
    assert [(one.area.code, one.today.cases) for one in found.areas] == [(LUSONG, 1), (TIANYUAN, 2)]
    assert sum(found.channels.values()) == found.today.reports


def test_the_sums_of_all_batches_go_on(team, handed):
    team.ready(at=NEXT_MORNING)
    later = the_batch(team.handed_over(team.closed(NEXT_EVENING), NEXT_EVENING))
    assert told(later).today == Part(reports=1)
    assert told(later).in_all == Part(reports=3, further=1, key=2)
    assert told(handed).in_all == Part(reports=2, further=1, key=2)


def test_a_shared_case_counts_one_half_for_each_area_and_areas_still_sum_to_the_batch(app, team, cast):
    report = team.report(at=MORNING)
    shared = Part_(LUSONG, (), together=True)
    words = Accept(report, ("air",), (Part_(TIANYUAN, ("臭气",)), shared, Part_(LUSONG, ("噪声",), types=("noise",))))
    for case in accept(team.actor("inspector", MORNING), words):
        team.approved(case, at=MORNING)
    found = told(the_batch(team.handed_over(team.closed(EVENING), EVENING)))
    assert found.today == Part(reports=1, further=1, key=0)
    assert [(one.area.code, one.today) for one in found.areas] == [
        (LUSONG, Part(Decimal("0.5"), 1)),
        (TIANYUAN, Part(Decimal("0.5"))),
    ]
    assert [(share.entry.code, share.count) for share in found.kinds] == [("air", 1), ("noise", 1)]
    assert "芦淞区 0.5 件（+1）" in browse(app).get(f"/public/bulletins/1{HERE}")
    assert "2" in browse(app).get(f"/public/bulletins{HERE}")


def test_a_city_department_has_a_row_of_its_own(team, cast):
    report, unit = team.report(at=MORNING), cast.units["tianyuan"]
    words = Accept(report, ("air",), (Part_("430200", ("公交",), unit_id=unit), Part_(TIANYUAN, ("噪声",))))
    for case in accept(team.actor("inspector", MORNING), words):
        team.approved(case, at=MORNING)
    found = told(the_batch(team.handed_over(team.closed(EVENING), EVENING)))
    assert [(one.area.code, one.today) for one in found.areas] == [
        (TIANYUAN, Part(0, 1)),
        (f"unit-{unit}", Part(1)),
    ]


def test_the_page_and_its_text_say_the_same_and_nobodys_words(app, handed):
    page, text = browse(app).get(f"/public/bulletins/1{HERE}"), browse(app).get(f"/public/bulletins/1.txt{HERE}")
    for said in ("群众举报 2 件（来电 2 件）", "分解后共 3 件（+1）", "芦淞区 0 件（+1）", "大气 100.0%"):
        assert said in page
        assert said in text.text
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not [word for word in (WORDS, "毛测试", "19900000101", "黄烟") if word in page.text + text.text]


def test_a_bulletin_whose_parts_do_not_add_up_shows_no_figure(app, handed):
    with transaction() as writing:
        writing.execute(update(Case).where(Case.part == 2).values(area_code=TIANYUAN))
    page = browse(app).get(f"/public/bulletins/1{HERE}", 409)
    assert "正在更正" in page
    assert "群众举报 2 件" not in page
    browse(app).get(f"/public/bulletins/1.txt{HERE}", 409)


def test_a_batch_that_was_not_handed_over_has_no_bulletin(app, team):
    team.ready(at=MORNING)
    team.closed(EVENING)
    browse(app).get(f"/public/bulletins/1{HERE}", 404)
    assert "目前还没有交办批次" in browse(app).get(f"/public/bulletins{HERE}")


def test_a_batch_without_a_case_says_so(app, team):
    team.handed_over(team.closed(EVENING), EVENING)
    assert "没有需要交办的群众举报" in browse(app).get(f"/public/bulletins/1{HERE}")


def test_the_list_names_each_batch_and_the_feed_tells_of_it(app, handed):
    assert f"/public/bulletins/1{HERE}" in browse(app).get(f"/public/bulletins{HERE}")
    assert "共 3 件" in browse(app).get(f"/public/bulletins.atom{HERE}").text


def test_a_key_flag_set_later_changes_no_bulletin(handed):
    before = told(handed)
    with transaction() as writing:
        writing.execute(update(Case).values(key=True))
    session().expire_all()
    assert told(handed).today == before.today
