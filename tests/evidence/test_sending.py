"""Files sent one by one: gone on with where they broke off, taken back, kept to the form they belong to."""

from contextvars import Context

import pytest
from sqlalchemy import select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.report import Report
from tests.support import evidence
from tests.support.browsing import browse

KEY, OTHER = "k" * 40, "o" * 40
WORDS = "夜里十点以后厂区有刺激性气味"


class Sender:
    """A browser with scripts, without its screen."""

    def __init__(self, app, key=KEY):
        self.key = key
        self.browser = browse(app)
        self.browser.get("/report")
        self.token = self.browser._token

    def ask(self, method, path="", *, json=None, data=None, headers=None):
        sent = {"X-Form-Key": self.key, "X-CSRFToken": self.token, **(headers or {})}
        open_ = self.browser._client.open
        answer = Context().run(lambda: open_(f"/report/files{path}", method=method, json=json, data=data, headers=sent))
        session().rollback()
        return answer

    def begin(self, content, name="a.jpg", mark="mark"):
        return self.ask("POST", json={"name": name, "size": len(content), "mark": mark})

    def add(self, token, content, at=0):
        return self.ask("PATCH", f"/{token}", data=content, headers={"Upload-Offset": str(at)})

    def send(self, content, name="a.jpg", piece=500):
        token = self.begin(content, name, name).json["token"]
        answer = None
        for at in range(0, len(content), piece):
            answer = self.add(token, content[at : at + piece], at)
            if answer.status_code != 200:
                break
        return answer

    def there(self):
        return self.ask("GET").json["files"]


def test_a_file_arrives_piece_by_piece_and_goes_with_the_report(app, cast):
    sender = Sender(app)
    answer = sender.send(evidence.jpeg())
    assert (answer.status_code, answer.json["done"], answer.json["kind"]) == (200, True, "picture")
    assert [one["done"] for one in sender.there()] == [True]
    sender.browser.get("/report")
    sender.browser.submit({"description": WORDS, "key": KEY}, "/report/check", 200)
    sender.browser.submit({}, "/report", 200)
    report, one = session().scalar(select(Report)), session().scalar(select(Attachment))
    assert (one.noun, one.noun_id, one.waiting_key) == ("report", report.id, None)


def test_the_place_in_a_picture_is_told_to_its_sender_alone(app, cast):
    sender = Sender(app)
    answer = sender.send(evidence.jpeg())
    assert answer.json["place"] == {"latitude": pytest.approx(27.8361), "longitude": pytest.approx(113.1517)}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "place" not in sender.there()[0]


def test_a_file_that_broke_off_is_gone_on_with(app, cast):
    content = evidence.jpeg()
    first = Sender(app)
    token = first.begin(content).json["token"]
    assert first.add(token, content[:700]).json["offset"] == 700
    again = Sender(app).begin(content).json
    assert (again["token"], again["offset"]) == (token, 700)
    assert Sender(app).add(token, content[700:], 700).json["done"] is True


def test_a_piece_sent_twice_says_where_to_go_on(app, cast):
    content = evidence.jpeg()
    sender = Sender(app)
    token = sender.begin(content).json["token"]
    sender.add(token, content[:700])
    answer = sender.add(token, content[:700])
    assert (answer.status_code, answer.json["offset"]) == (409, 700)
    assert sender.ask("GET", f"/{token}").json["offset"] == 700


def test_a_piece_that_was_torn_by_a_power_cut_is_sent_again(app, cast, files):
    content = evidence.jpeg()
    sender = Sender(app)
    token = sender.begin(content).json["token"]
    sender.add(token, content[:700])
    part = next(files.glob("incoming/*/*.part"))
    with part.open("ab") as file:
        file.write(b"\0\0\x02\0torn")
    assert sender.ask("GET", f"/{token}").json["offset"] == 700
    assert sender.add(token, content[700:], 700).json["done"] is True


def test_what_lies_on_the_disk_while_a_file_comes_in_is_locked(app, cast, files):
    content = evidence.jpeg()
    sender = Sender(app)
    sender.add(sender.begin(content, "张三.jpg").json["token"], content[:700])
    lying = b"".join(file.read_bytes() for file in files.rglob("*") if file.is_file())
    assert evidence.found_in(lying) == []
    assert "张三".encode() not in lying


def test_a_file_is_taken_back(app, cast, files):
    sender = Sender(app)
    token = sender.send(evidence.jpeg()).json["token"]
    half = sender.begin(evidence.png(), "b.png", "b").json["token"]
    assert [sender.ask("DELETE", f"/{one}").status_code for one in (token, half, half)] == [204] * 3
    assert sender.there() == []
    assert [file for file in files.rglob("*") if file.is_file()] == []


def test_another_forms_files_are_not_there(app, cast):
    sender, other = Sender(app), Sender(app, OTHER)
    done = sender.send(evidence.jpeg()).json["token"]
    half = sender.begin(evidence.png(), "b.png", "b").json["token"]
    assert other.there() == []
    for token in (done, half):
        assert other.ask("GET", f"/{token}").status_code == 404
        assert other.add(token, b"x").status_code == 404
        other.ask("DELETE", f"/{token}")
    assert len(sender.there()) == 2


@pytest.mark.parametrize("key", ["", "short", "reply:1:2:before:" + "k" * 40, "../" * 10])
def test_what_is_no_key_of_a_form_opens_nothing(app, cast, key):
    sender = Sender(app, key)
    assert sender.begin(b"x").status_code == 404
    assert sender.there() == []


def test_a_file_that_is_not_taken_says_so_with_its_first_piece(app, cast, files):
    sender = Sender(app)
    content = evidence.svg() + bytes(9000)
    answer = sender.add(sender.begin(content, "a.svg").json["token"], content[:8500])
    assert (answer.status_code, "不收这种类型的文件" in answer.json["refused"]) == (422, True)
    assert sender.there() == []
    assert [file for file in files.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("case", [case for case, (_, _, taken) in evidence.HOSTILE.items() if not taken])
def test_no_hostile_file_comes_in_piece_by_piece(app, cast, case):
    name, make, _ = evidence.HOSTILE[case]
    sender = Sender(app)
    begun = sender.begin(make(), name)
    answer = begun if begun.status_code == 422 else sender.send(make(), name, 400_000)
    assert answer.status_code == 422
    assert answer.json["refused"]


def test_too_large_a_file_is_refused_before_it_is_sent(app, cast):
    sender = Sender(app)
    told = sender.ask("POST", json={"name": "a.mp4", "size": 201 * 1024 * 1024}).json
    assert "200 MB" in told["refused"]
    token = sender.ask("POST", json={"name": "a.jpg", "size": 13 * 1024 * 1024}).json["token"]
    assert "12 MB" in sender.add(token, evidence.jpeg()[:1000]).json["refused"]


def test_the_tenth_photograph_is_refused(app, cast):
    sender = Sender(app)
    for number in range(9):
        assert sender.send(evidence.encoded("JPEG", quality=10 + 7 * number), f"{number}.jpg").status_code == 200
    assert "9" in sender.send(evidence.png(), "ten.png").json["refused"]


def test_without_room_a_file_waits_and_the_report_is_taken(app, cast, monkeypatch):
    monkeypatch.setattr("app.domain.evidence.incoming.RESERVE", 10**18)
    sender = Sender(app)
    answer = sender.begin(evidence.jpeg())
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    sender.browser.get("/report")
    sender.browser.submit({"description": WORDS}, "/report/check", 200)
    sender.browser.submit({}, "/report", 200)
    assert session().scalar(select(Report)) is not None


def test_no_piece_is_taken_without_its_token(app, cast):
    sender = Sender(app)
    token = sender.begin(evidence.jpeg()).json["token"]
    sender.token = "made up"
    assert [sender.add(token, b"x").status_code, sender.ask("DELETE", f"/{token}").status_code] == [400, 400]
