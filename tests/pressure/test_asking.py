"""Under pressure a form waits a little or works a little; it is never refused, and nothing typed is lost."""

import base64
import hashlib
import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from sqlalchemy import func, select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.report import Report
from app.kernel import clock
from app.web import pressure
from tests.support.browsing import browse

WORDS = "夜里十一点以后有黄烟，\n气味刺鼻。"
WAITING = "您的举报没有丢失"


def count():
    return session().scalar(select(func.count()).select_from(Report))


def write(app, address="127.0.0.1", **more):
    """Somebody writes a report and sends it; gives their browser, at the page that came of it."""
    browser = browse(app)
    form = browser.get("/report").form()
    typed = {**form.values, "csrf_token": browser.page.token(), "description": WORDS, **more}
    browser._go("POST", "/report", None, follow=True, data=typed, environ_base={"REMOTE_ADDR": address})
    return browser


@pytest.fixture
def pressed(limits, app):
    """One report has come within this minute, and one a minute is the limit."""
    limits(reports=1)
    write(app)
    assert count() == 1


def task_of(page):
    [asked] = [one for one in page.all("p") if one.get("data-work")]
    return json.loads(asked.get("data-work"))


def solved(task):
    number = next(
        n for n in range(task["maxNumber"] + 1)
        if hashlib.sha256(f"{task['salt']}{n}".encode()).hexdigest() == task["challenge"]
    )  # fmt: skip
    told = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
    return base64.b64encode(json.dumps(told).encode()).decode()


@pytest.fixture(autouse=True)
def little(monkeypatch):
    """The work of a test's own device."""
    monkeypatch.setattr(pressure, "HASHES", 50)


def test_without_pressure_nothing_is_asked(app, cast, limits):
    limits(reports=5, sender=5)
    assert WAITING not in write(app).page
    assert count() == 1


def test_under_pressure_every_word_waits_on_the_page(app, cast, pressed):
    browser = write(app, place="天台路 12 号", types=["air", "water"])
    assert (browser.page.status, count()) == (429, 1)
    assert WAITING in browser.page
    values = browser.page.form().values
    assert (values["description"], values["place"]) == (WORDS, "天台路 12 号")


def test_who_has_waited_is_taken(app, cast, pressed):
    browser = write(app)
    with time_machine.travel(clock.now() + timedelta(seconds=int(browser.page.headers["Retry-After"]))):
        browser.submit()
    assert count() == 2


def test_who_does_not_wait_keeps_their_turn(app, cast, pressed):
    browser = write(app)
    turn = browser.page.form().values["ticket"]
    with time_machine.travel(clock.now() + timedelta(seconds=5)):
        again = browser.submit({}, status=429)
    assert again.form().values["ticket"] == turn
    assert int(again.headers["Retry-After"]) <= 10


def test_whose_device_has_worked_is_taken_at_once(app, cast, pressed):
    browser = write(app)
    browser.submit({"proof": solved(task_of(browser.page))})
    assert count() == 2


def test_work_and_patience_of_one_form_do_not_serve_another(app, cast, pressed):
    first, other = write(app), write(app)
    proof = solved(task_of(first.page))
    with time_machine.travel(clock.now() + timedelta(seconds=50)):
        write(app)
        write(app)
        other.submit({"proof": proof, "ticket": first.page.form().values["ticket"]}, status=429)
    assert count() == 1


def test_work_that_is_sent_again_brings_the_same_receipt(app, cast, pressed):
    browser = write(app)
    sent = {**browser.page.form().values, "proof": solved(task_of(browser.page))}
    first, again = browser.post("/report", sent), browser.post("/report", sent)
    assert count() == 2
    assert "没有重复登记" not in first
    assert "没有重复登记" in again


@pytest.mark.parametrize("proof", ["x", "e30=", "W10=", "bnVsbA==", "是", "Mw==", "A" * 9000, '{"salt": 3}'])
def test_a_proof_that_is_none_costs_a_wait_and_no_words(app, cast, pressed, proof):
    browser = write(app)
    browser.submit({"proof": proof}, status=429)
    assert "有黄烟" in browser.page


@pytest.mark.parametrize("ticket", ["", "1.2", "9" * 30, "²", "1763800000." + "0" * 64])
def test_a_ticket_is_not_to_be_made_up(app, cast, pressed, ticket):
    browser = write(app)
    browser.submit({"ticket": ticket}, status=429)
    assert count() == 1


def test_a_ticket_that_was_kept_for_hours_is_a_new_wait(app, cast, pressed):
    browser = write(app)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        write(app)
        browser.submit({}, status=429)


def test_nobody_waits_longer_than_a_minute(app, cast, limits):
    assert max(pressure.Pressure(level).seconds for level in (1, 3.9, 50, 10_000)) == pressure.LONGEST
    assert pressure.Pressure(10_000).hashes == pressure.HASHES * 4


def test_one_sender_who_sends_very_many_is_slowed_and_nobody_else(app, cast, limits):
    limits(sender=2)
    pages = [write(app, f"203.0.114.{place}").page for place in range(4)]
    assert [page.status for page in pages] == [200, 200, 429, 429]
    assert write(app, "198.52.100.1").page.status == 200
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert write(app, "203.0.114.1").page.status == 200
    assert count() == 4


def test_files_wait_with_the_words(app, cast, pressed):
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    browser = write(app, files=[(out, "a.jpg")] if out.seek(0) == 0 else [])
    browser.submit({"proof": solved(task_of(browser.page))})
    assert session().scalar(select(Attachment.noun)) == "report"


def test_the_keyless_api_is_counted_and_never_asked(app, cast, limits):
    limits(sender=1)
    with app.test_request_context(environ_base={"REMOTE_ADDR": "203.0.114.1"}):
        pressure.count_sender()
        assert pressure.ask_work(cast.ours)
