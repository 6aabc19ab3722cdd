"""Files that come with an answer, an addition or an opinion: kept before the words, once, behind the others."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from app.db import session, transaction
from app.domain.attachment import Attachment, attach_waiting, attachments_of, take_picture
from app.domain.evidence.steps import came_later
from app.domain.workflow.vocabulary import ReportAction
from app.kernel import clock
from app.tracking import services
from tests.support.browsing import browse
from tests.tracking import story
from tests.tracking.test_code import opened
from tests.tracking.test_saying import actions


def picture(colour="red", size=(900, 700)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def sent(*colours):
    return [(BytesIO(picture(colour)), f"{colour}.jpg", "image/jpeg") for colour in colours]


@pytest.fixture
def report(cast, installation):
    """A report that came with a picture."""
    kept = story.reported(installation, cast)
    with transaction() as s:
        take_picture(s, installation.files, installation.vault.public, picture("blue"), "first key", clock.now())
        attach_waiting(s, "first key", "report", kept[0])
    return kept


def files(report):
    return attachments_of(session(), "report", report[0])


def test_files_come_with_an_answer(app, cast, report):
    story.asked(cast, report[0])
    browser = opened(app, report[1])
    browser.submit({"answer": "泰山路。", "files": sent("red", "green")}, "/track/report/answer")
    assert [one.position for one in files(report)] == [1, 2, 3]
    assert "2份材料" in browser.page.words


def test_files_alone_say_something_too(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    browser.submit({"addition": "", "files": sent("red")}, "/track/report/add")
    assert actions() == ["register", "add"]
    assert services.FILES_ONLY in browser.page


def test_neither_words_nor_files_say_nothing(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    browser.submit({"addition": ""}, "/track/report/add", status=422)
    assert actions() == ["register"]


def test_a_bad_file_does_not_cost_the_words(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    browser.submit({"addition": "补充", "files": [(BytesIO(b"MZ\x90"), "x.exe", "application/x-msdownload")]})
    assert actions() == ["register", "add"]
    assert "x.exe" in browser.page.words
    assert len(files(report)) == 1


def test_files_wait_while_the_words_are_put_right(app, cast, report):
    story.in_state(cast, report[0], "answered")
    browser = opened(app, report[1])
    browser.get("/track/report/rate")
    browser.submit({"rating": "dissatisfied", "files": sent("red")}, status=422)
    assert (
        browser.page.form("/track/report/rate").values["key"] == browser.page.form("/track/report/rate").values["key"]
    )
    browser.submit({"reason": "还在排"}, "/track/report/rate")
    assert len(files(report)) == 2


def test_files_outlive_the_half_hour(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=True):
        browser.submit({"addition": "", "files": sent("red")}, "/track/report/add", status=401)
        browser.submit({"query_code": report[1]}, "/track", status=200)
        browser.submit({}, "/track/report/add")
    assert len(files(report)) == 2


def test_a_retry_doubles_no_file(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    values = browser.page.form().values
    for _ in range(2):
        browser.post("/track/report/add", {**values, "addition": "补充", "files": sent("red")})
    assert len(files(report)) == 2


def test_the_office_sees_with_which_step_a_file_came(app, cast, report):
    browser = opened(app, report[1])
    browser.get("/track/report/add")
    browser.submit({"addition": "补充", "files": sent("red")}, "/track/report/add")
    assert [one.action for one in came_later(session(), report[0]).values()] == [ReportAction.ADD]
    page = browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{report[0]}")
    assert "照片 1" in page.words
    assert f"照片 2 · {ReportAction.ADD.zh} {clock.today().isoformat()}" in page.words


def own_picture(browser):
    return next(one.get("src") for one in browser.page.all("img") if "/track/report/files/" in one.get("src"))


def test_a_reporter_sees_their_own_pictures_small(app, cast, report):
    browser = opened(app, report[1])
    page = browser.get(own_picture(browser))
    assert max(Image.open(BytesIO(page.body)).size) == 320
    assert page.headers["Cache-Control"] == "no-store"
    assert "sandbox" in page.headers["Content-Security-Policy"]


def test_a_picture_opens_to_nobody_else(app, cast, report, installation):
    address = own_picture(opened(app, report[1]))
    browse(app).get(address, status=404)
    other = story.reported(installation, cast, "the key of somebody else, who has another")
    opened(app, other[1]).get(address, status=404)


def test_a_file_without_a_safe_copy_is_named_and_not_shown(app, cast, report):
    with transaction() as s:
        one = s.scalars(select(Attachment)).one()
        one.safe_name, one.kind, one.standing = None, "video", "waiting"
    page = opened(app, report[1]).page
    assert "视频 1" in page.words
    assert "/track/report/files/" not in page
