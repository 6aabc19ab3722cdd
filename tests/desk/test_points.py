"""A point on the map of the desk's forms: kept with the report, and what lies near it is told beside the typing."""

import pytest

from app.db import session
from app.desk.commands import Look
from app.desk.queries import beside
from app.domain.report import Report
from tests.support.browsing import browse

HERE = (27.8283, 113.1127)
CLOSE, FAR = (27.8310, 113.1135), (27.8383, 113.1127)
"""About 310 m and 1,110 m off."""
TOWN = "430211001"


@pytest.mark.parametrize("kind", ["call", "letter", "passed-on"])
def test_a_point_is_kept_with_the_report_and_shown_on_its_entry(app, cast, kind):
    clerk = browse(app).as_(cast, "clerk")
    clerk.get(f"/staff/desk/new/{kind}")
    told = {"description": "夜里有黄烟。", "latitude": "27.828300", "longitude": "113.112700"}
    clerk.submit(told | ({"foreign_number": "12345-1"} if kind == "passed-on" else {}), status=200)
    report = session().query(Report).one()
    assert (report.latitude, report.longitude) == HERE
    assert "27.82830, 113.11270" in clerk.get(f"/staff/desk/report/{report.id}")


def test_half_a_point_and_what_is_none_refuse_nothing(app, cast):
    clerk = browse(app).as_(cast, "clerk")
    for latitude, longitude in (("27.8", ""), ("999", "113"), ("nan", "113"), ("东经", "113")):
        clerk.get("/staff/desk/new/call")
        clerk.submit({"description": "黄烟", "latitude": latitude, "longitude": longitude}, status=200)
    assert [report.latitude for report in session().query(Report)] == [None] * 4


def test_what_is_nearby_goes_by_the_point_where_there_is_one(cast, installation, office):
    close = office.report(point=CLOSE, town_code=TOWN)
    named = office.report(place="嵩山路")
    far = office.report(point=FAR, town_code=TOWN)

    def near(**more):
        found = beside(installation, cast["clerk"], cast.ours, Look("", area_code="430211", **more))
        return {one.id for one in found.near}, found.near_count

    assert near(town_code=TOWN) == ({close, far}, 2)
    assert near(town_code=TOWN, point=HERE) == ({close}, 1)
    assert near(point=HERE, place="嵩山路") == ({close, named}, 2)
