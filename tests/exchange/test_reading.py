"""What other systems read: services, their questions, and of the cases what is published, in JSON and XML."""

import json
from datetime import timedelta

import pytest

from app.db import session, transaction
from app.domain.case import Case
from app.domain.geography import rounded
from app.domain.report import Report
from app.kernel import clock
from tests.exchange.georeport import Client, simple
from tests.support.cast import TIANYUAN

ORDER = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]


@pytest.fixture
def place(world):
    return world.ours


@pytest.fixture
def number(place):
    return session().get_one(Case, place.cases["published"]).number


def test_discovery_leads_to_the_endpoint(app, cast):
    for path in ("/open311/discovery", "/open311/v2/discovery"):
        told = app.test_client().get(f"{path}.json").json
        assert told["endpoints"][0]["url"] == "http://localhost/open311/v2"
        assert told["endpoints"][0]["formats"] == ["text/xml", "application/json"]
        read = simple(app.test_client().get(f"{path}.xml").data)
        assert read["endpoints"]["endpoint"]["specification"] == "http://wiki.open311.org/GeoReport_v2"


def test_services_are_the_types_of_the_inspection(app, cast):
    told = Client(app).get("services.json").json
    assert [one["service_code"] for one in told] == ["air", "water", "noise", "ecology", "soil", "radiation", "other"]
    assert (told[0]["service_name"], told[0]["type"], told[0]["metadata"]) == ("大气", "realtime", True)
    assert "扬尘" in told[0]["keywords"]
    read = simple(Client(app).get("services.xml").data)["service"]
    assert [one["service_code"] for one in read] == [one["service_code"] for one in told]
    assert read[0]["metadata"] == "true"


def test_services_speak_english_to_whoever_asks(app, cast):
    answer = Client(app).get("services.json", lang="en")
    assert answer.json[0]["service_name"] == "Air"


def test_a_definition_asks_what_the_form_asks(app, cast):
    told = Client(app).get("services/air.json").json
    assert told["service_code"] == "air"
    first = told["attributes"][0]
    assert (first["code"], first["datatype"], first["required"], first["order"]) == (
        "air_what",
        "singlevaluelist",
        False,
        1,
    )
    assert {"key": "油烟", "name": "油烟"} in first["values"]
    read = simple(Client(app).get("services/air.xml").data)["attributes"]["attribute"]
    assert read[0]["values"]["value"][0]["key"] == "油烟"


def test_a_published_case_is_told_in_the_order_of_the_specification(app, number):
    told = Client(app).get(f"requests/{number}.json").json
    assert list(told[0]) == ORDER
    assert (told[0]["service_request_id"], told[0]["status"], told[0]["service_name"]) == (number, "closed", "大气")
    assert (told[0]["description"], told[0]["address_id"]) == ("某厂夜间异味。", TIANYUAN)
    read = simple(Client(app).get(f"requests/{number}.xml").data)["request"]
    assert list(read) == ORDER


def test_of_a_published_case_days_are_told_and_no_hours(app, number):
    told = Client(app).get(f"requests/{number}.json").json[0]
    for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
        assert told[name].endswith("T00:00:00+08:00")


def test_the_words_and_the_exact_point_of_the_report_are_not_told(app, place, number):
    with transaction() as writing:
        report = writing.get_one(Case, place.cases["published"]).report
        report.latitude, report.longitude = 27.827413, 113.135922
        words = report.description
    answer = Client(app).get(f"requests/{number}.json")
    assert (answer.json[0]["lat"], answer.json[0]["long"]) == rounded(27.827413, 113.135922) != (27.827413, 113.135922)
    assert words not in answer.get_data(as_text=True)


def test_what_is_not_published_is_missing(app, place):
    hidden = session().get_one(Case, place.cases["passed"]).number
    answers = [Client(app).get(f"requests/{one}.json") for one in (hidden, "no-such-thing")]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_a_report_that_was_divided_is_told_with_all_its_cases(app, place, number):
    with transaction() as writing:
        one, other = (writing.get_one(Case, place.cases[state]) for state in ("published", "passed"))
        one.number, other.number, other.report_id, other.part = f"{number}-1", f"{number}-2", one.report_id, 2
        other.published_at = one.published_at
    told = Client(app).get(f"requests/{number}.json").json
    assert {row["service_request_id"] for row in told} == {f"{number}-1", f"{number}-2"}


def test_several_numbers_are_asked_for_with_commas(app, place, number):
    told = Client(app).get("requests.json", service_request_id=f"{number},no-such-thing,{number}").json
    assert [row["service_request_id"] for row in told] == [number]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 1),
        ({"status": "closed"}, 1),
        ({"status": "open"}, 0),
        ({"status": "open,closed"}, 1),
        ({"service_code": "air"}, 0),  # triage gave the report of the furnished case no type
        ({"page": "2"}, 0),
        ({"page": "", "page_size": "", "status": ""}, 1),
        ({"page_size": "1"}, 1),
        ({"start_date": "2020-01-01T00:00:00Z", "end_date": "2020-03-01T00:00:00Z"}, 0),
    ],
)
def test_requests_are_narrowed(app, number, asked, found):
    assert len(Client(app).get("requests.json", **asked).json) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_date": "yesterday"}, {"start_date": "2024-13-01T00:00:00Z"}, {"start_date": "0001-01-01T00:00:00+14:00"},
        {"end_date": "9999-12-31T23:59:59Z"}, {"start_date": ["2024-01-01", "2024-02-01"]},
        {"start_date": "2024-01-01", "end_date": "2024-12-31"}, {"status": "opened"}, {"page": "0"}, {"page": "９"},
        {"page_size": "1001"}, {"page": "01"}, {"start_date": "\x80"}, {"status": "\x1f"}, {"page": "9" * 40}, {"jurisdiction_id": ""},
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_refused_in_words(app, cast, wrong):
    answer = Client(app).get("requests.json", **wrong)
    assert (answer.status_code, answer.json[0]["code"]) == (400, 400)


def test_asking_for_smaller_and_smaller_spans_does_not_find_the_hour(app, place, number):
    report = session().get_one(Case, place.cases["published"]).report
    hour = timedelta(hours=1)
    told = Client(app).get(
        "requests.json",
        start_date=(report.received_at - hour).isoformat(),
        end_date=(report.received_at + hour).isoformat(),
    )
    midnight = clock.local(report.received_at).hour in {0, 23}
    assert len(told.json) <= (1 if midnight else 0)


def test_a_day_is_found_by_its_own_midnight(app, place, number):
    report = session().get_one(Report, session().get_one(Case, place.cases["published"]).report_id)
    day = f"{clock.local_date(report.received_at)}T00:00:00+08:00"
    assert len(Client(app).get("requests.json", start_date=day, end_date=day).json) == 1


def test_no_token_is_ever_known(app, cast):
    answer = Client(app).get("tokens/12345.xml")
    assert (answer.status_code, simple(answer.data)["error"]["code"]) == (404, "404")


@pytest.mark.parametrize(("path", "status"), [("nothing.json", 404), ("services.pdf", 404), ("requests", 404)])
def test_an_address_that_is_none_answers_as_georeport_does(app, cast, path, status):
    answer = app.test_client().get(f"/open311/v2/{path}")
    assert answer.status_code == status
    told = answer.json[0] if path.endswith("json") else simple(answer.data)["error"]
    assert int(told["code"]) == status


def test_a_method_that_is_none_is_refused_in_form(app, cast):
    answer = app.test_client().put("/open311/v2/requests.json")
    assert (answer.status_code, answer.json[0]["code"]) == (405, 405)
    assert {"GET", "POST"} <= set(answer.headers["Allow"].replace(" ", "").split(","))


@pytest.mark.parametrize("strange", ["%00", "%ff%fe", "%F0%9F%98%80", "a%2Fb", "x" * 3000])
def test_strange_numbers_are_missing(app, cast, strange):
    assert app.test_client().get(f"/open311/v2/requests/{strange}.json?jurisdiction_id=ours").status_code == 404
    listed = app.test_client().get(f"/open311/v2/requests.json?jurisdiction_id=ours&service_request_id={strange}")
    assert json.loads(listed.data) == []


def test_pages_of_other_sites_may_read(app, cast):
    answer = Client(app).get("services.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert app.test_client().get("/report").headers.get("Access-Control-Allow-Origin") is None


def test_a_head_is_answered_without_words(app, cast):
    answer = app.test_client().head("/open311/v2/services.json?jurisdiction_id=ours")
    assert (answer.status_code, answer.data) == (200, b"")
