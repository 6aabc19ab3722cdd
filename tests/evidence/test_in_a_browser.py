"""On a small telephone with a weak line: the line breaks in mid-upload, comes back, and everything arrives once."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import session
from app.domain.attachment import Attachment
from app.domain.report import Report
from tests.support import evidence
from tests.support.chromium import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
WEAK = {"offline": False, "latency": 50, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
GONE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
BACK = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


@pytest.fixture
def phone(telephone):
    return telephone(cut_off=True)


def upload(name, media_type, content):
    return {"name": name, "mimeType": media_type, "buffer": content}


def line_of(page):
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return lambda line: session.send("Network.emulateNetworkConditions", line)


def go_on(page):
    page.locator("form.report > .buttons button").first.click()


def test_a_broken_line_loses_nothing_and_doubles_nothing(phone):
    page, set_line = phone, line_of(phone)
    page.goto("/report")
    page.fill("#description", "夜里十点以后厂区有刺激性气味")
    set_line(WEAK)
    large = upload("letter.txt", "text/plain", "烟囱每天夜里冒黑烟。\n".encode() * 60_000)
    page.set_input_files(
        "#files",
        [upload("a.jpg", "image/jpeg", evidence.jpeg()), large, upload("x.svg", "image/svg+xml", evidence.svg())],
    )
    rows = page.locator(".evidence-file")
    expect(rows.nth(0)).to_have_class("evidence-file taken", timeout=PATIENCE)
    expect(rows.nth(1)).to_have_class("evidence-file sending", timeout=PATIENCE)
    set_line(GONE)
    expect(rows.nth(1)).to_have_class("evidence-file paused", timeout=PATIENCE)
    go_on(page)
    expect(page.locator("[data-hold]")).to_be_visible()
    set_line(BACK)
    page.wait_for_url("**/report/check*")
    page.get_by_role("button", name="提交举报").click()
    page.wait_for_url("**/report/receipt*")
    kept = session().scalars(select(Attachment).order_by(Attachment.id)).all()
    assert [(one.kind, one.noun) for one in kept] == [("picture", "report"), ("document", "report")]
    assert len(session().scalars(select(Report)).all()) == 1


def test_the_place_in_a_picture_is_used_only_when_its_sender_says_so(phone):
    page = phone
    page.goto("/report")
    page.set_input_files("#files", [upload("a.jpg", "image/jpeg", evidence.jpeg((3000, 2000), 6))])
    page.locator("[data-use]").wait_for()
    assert page.input_value("[name=latitude]") == ""
    page.locator("[data-use]").click()
    assert (page.input_value("[name=latitude]"), page.input_value("[name=longitude]")) == ("27.8361", "113.1517")


def test_a_file_is_removed_and_the_others_go_on(phone):
    page = phone
    page.goto("/report")
    page.set_input_files(
        "#files", [upload(f"{n}.png", "image/png", evidence.encoded("PNG", compress_level=n)) for n in (1, 9)]
    )
    rows = page.locator(".evidence-file.taken")
    expect(rows).to_have_count(2, timeout=PATIENCE)
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as removed:
        rows.nth(0).get_by_role("button").click()
    assert removed.value.status == 204
    expect(page.locator(".evidence-file")).to_have_count(1)
