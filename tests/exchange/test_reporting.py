"""A report sent by another system is a report like any other: taken once, its reporter sealed, its code shown once."""

import io
import json
import re

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from app.db import session, transaction
from app.domain.attachment import Attachment
from app.domain.inspection import Inspection
from app.domain.nouns import METADATA
from app.domain.opening import open_identity, opener
from app.domain.people import SYSTEM
from app.domain.report import Report
from app.domain.reporter import Identity
from app.exchange.commands import NewKey
from app.exchange.services import add_key, revoke_key
from app.kernel import clock
from app.tracking.queries import report_of_code
from tests.conftest import PASSPHRASE
from tests.exchange.georeport import FIXMYSTREET, Client, simple
from tests.support.cast import TIANYUAN

CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}")
LEAST = {"service_code": "noise", "description": "夜里施工。", "address_string": "泰山路1号"}


def the_report():
    session().expire_all()
    return session().scalars(select(Report)).one()


def code_in(answer):
    found = CODE.search(answer.get_data(as_text=True))
    return found and found[0]


def least(**more):
    return list((LEAST | more).items())


def test_fixmystreet_sends_a_report_and_reads_its_number(app, cast):
    answer = Client(app).post("requests.xml", FIXMYSTREET)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert simple(answer.data)["request"]["service_request_id"] == the_report().number


def test_what_is_sent_becomes_the_report(app, cast):
    Client(app).post("requests.xml", FIXMYSTREET)
    report = the_report()
    assert (report.channel, report.types, report.latitude, report.longitude) == ("W", ["air"], 27.827, 113.135)
    assert report.description.startswith("title: 黄烟\n\ndetail: 夜里有黄烟")
    assert report.description.endswith("http://fixmystreet.example/photo/12.full.jpeg")
    assert report.answers == {"air_what": "黑烟、黄烟"}


def test_the_reporter_is_sealed_and_nowhere_else(app, cast, installation):
    Client(app).post("requests.json", [*FIXMYSTREET, ("device_id", "tt222111"), ("account_id", "A-4711")])
    kept = " ".join(str(row) for table in METADATA.sorted_tables for row in session().execute(select(table)))
    assert not [one for one in ("mao@example.org", "19900000101", "Ceshi", "tt222111", "A-4711") if one in kept]
    opened = open_identity(opener(installation.locked_key(), PASSPHRASE), session().scalars(select(Identity)).one())
    assert (opened.name, opened.phone, opened.address) == ("Mao Ceshi", "19900000101", "mao@example.org")


def picture(colour):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def with_media(app, content, name="photo.jpg"):
    """three/core.py: fields and one file in a multipart body."""
    sent = LEAST | {"api_key": "", "jurisdiction_id": "ours", "media": (io.BytesIO(content), name)}
    return app.test_client().post("/open311/v2/requests.json", data=sent, content_type="multipart/form-data")


def test_three_sends_a_picture_and_reads_json(app, cast):
    answer = with_media(app, picture("green"))
    assert json.loads(answer.data)[0]["service_request_id"] == the_report().number
    kept = session().scalars(select(Attachment)).one()
    assert (kept.noun, kept.noun_id, kept.kind) == ("report", the_report().id, "picture")


def test_a_file_that_cannot_be_taken_never_keeps_the_report_from_being_taken(app, cast):
    answer = with_media(app, b"MZ\x00 no picture at all", "照片.exe")
    assert the_report().number == answer.json[0]["service_request_id"]
    assert "照片" in answer.json[0]["service_notice"]


def test_the_same_words_with_another_picture_are_another_report(app, cast):
    for colour in ("green", "green", "red"):
        with_media(app, picture(colour))
    assert len(session().scalars(select(Report)).all()) == 2


def test_a_part_that_has_no_name_is_left_out(app, cast):
    """Werkzeug reads a name that ends in a backslash, or a part without any, as None."""
    named = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in LEAST.items())
    others = ['name="Gu\\"', "", 'filename="a.jpg"', 'name=""']
    nameless = "".join(f"--b\r\nContent-Disposition: form-data; {one}\r\n\r\nwords\r\n" for one in others)
    for path in ("/open311/v2/requests.json?jurisdiction_id=ours", "/report"):
        answer = app.test_client().post(
            path, data=f"{named}{nameless}--b--\r\n".encode(), content_type="multipart/form-data; boundary=b"
        )
        assert answer.status_code in {200, 400, 422}
    assert the_report().description == LEAST["description"]
    assert session().scalars(select(Attachment)).all() == []


def test_a_number_may_be_written_as_forms_do_and_an_empty_one_is_none(app, cast):
    assert Client(app).post("requests.json", least(lat="+27.827", long="113.135")).status_code == 200
    assert the_report().latitude == 27.827
    assert Client(app).post("requests.json", least(lat="", long="", description="无坐标。")).status_code == 200


def test_the_county_is_found_by_the_point(app, cast):
    Client(app).post("requests.json", FIXMYSTREET)
    assert the_report().area_code == TIANYUAN


def test_a_client_may_put_everything_into_the_address(app, cast):
    answer = app.test_client().post("/open311/v2/requests.json", query_string=dict(least(jurisdiction_id="ours")))
    assert answer.json[0]["service_request_id"] == the_report().number


def test_the_query_code_of_the_answer_opens_the_report(app, cast, installation):
    answer = Client(app).post("requests.json", least())
    assert report_of_code(installation, code_in(answer)) == the_report().id
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_a_repeated_request_is_the_same_report_and_does_not_tell_the_code_again(app, cast):
    first, again = (Client(app).post("requests.json", least()) for _ in range(2))
    assert first.json[0]["service_request_id"] == again.json[0]["service_request_id"] == the_report().number
    assert code_in(first)
    assert code_in(again) is None


def test_whoever_names_the_attempt_is_told_the_code_again(app, cast):
    named = {"Idempotency-Key": "0123456789abcdef"}
    first, again = (Client(app).post("requests.json", least(), headers=named) for _ in range(2))
    assert code_in(first) == code_in(again) is not None


def test_a_retry_over_the_edge_of_a_stretch_is_the_same_report(app, cast):
    edge = clock.now().replace(hour=4, minute=29, second=59)
    for moment in (edge, edge.replace(minute=30, second=1)):
        with time_machine.travel(moment, tick=False):
            Client(app).post("requests.json", least())
    assert the_report().number


def test_the_same_words_later_are_another_report(app, cast):
    begin = clock.now().replace(hour=4, minute=0)
    for minute in (0, 25):
        with time_machine.travel(begin.replace(minute=minute), tick=False):
            Client(app).post("requests.json", least())
    assert len(session().scalars(select(Report)).all()) == 2


@pytest.mark.parametrize("ending", ["json", "xml"])
@pytest.mark.parametrize(
    ("missing", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "no-such-thing"}, 404),
        ({"jurisdiction_id": "nowhere"}, 404),
        ({"jurisdiction_id": ""}, 400),
        ({"description": " \x00 "}, 400),
        ({"description": "\x9c", "": ""}, 400),
        ({"address_string": ""}, 400),
        ({"address_string": "", "lat": "27.8"}, 400),
        ({"lat": "NaN", "long": "1e9"}, 400),
        ({"lat": "91", "long": "0"}, 400),
        ({"lat": "5\x9c", "long": "0"}, 400),
        ({"address_id": "999999"}, 404),
        ({"api_key": "made up"}, 403),
    ],
)
def test_a_refusal_says_why_in_the_form_that_was_asked_for(app, cast, ending, missing, status):
    sent = {"jurisdiction_id": "ours"} | LEAST | missing
    answer = app.test_client().post(f"/open311/v2/requests.{ending}", data=sent)
    told = answer.json[0] if ending == "json" else simple(answer.data)["error"]
    assert (answer.status_code, int(told["code"]), bool(told["description"])) == (status, status, True)
    assert session().scalars(select(Report)).all() == []


def test_outside_the_stay_the_standing_lines_are_named(app, cast):
    with transaction() as writing:
        writing.get_one(Inspection, cast.ours).ends_on = clock.today().replace(year=2020)
    answer = Client(app).post("requests.json", least())
    assert answer.status_code == 400
    assert "12345" in answer.json[0]["description"]


def test_a_key_of_a_system_is_good_until_it_is_revoked(app, cast, installation):
    key = add_key(installation, SYSTEM, NewKey("FixMyStreet"))
    assert Client(app, api_key=key).post("requests.json", least()).status_code == 200
    revoke_key(SYSTEM, 1)
    assert Client(app, api_key=key).post("requests.json", least(description="又来了。")).status_code == 403


def test_a_key_is_good_in_its_own_inspection_only(app, cast, installation):
    key = add_key(installation, SYSTEM, NewKey("FixMyStreet", inspection="theirs"))
    assert Client(app, api_key=key).post("requests.json", least()).status_code == 403


def test_what_comes_with_a_test_key_is_looked_at_and_not_kept(app, cast, installation):
    key = add_key(installation, SYSTEM, NewKey("trial", test=True))
    assert Client(app, api_key=key).post("requests.json", least()).json[0]["service_request_id"] == "TEST"
    assert session().scalars(select(Report)).all() == []


def test_a_page_of_another_site_may_report(app, cast):
    answer = Client(app).post("requests.json", least(), headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
