"""The query code: forgiving to read, silent about what it does not open, in no address."""

from datetime import timedelta

import pytest
import time_machine

from app.kernel import clock
from tests.support.browsing import browse
from tests.support.filing import reports
from tests.tracking import story

WRONG = "这个查询码查不到来件"


def opened(app, code):
    browser = browse(app)
    browser.get("/track")
    browser.submit({"query_code": code})
    return browser


WAYS = {
    "small": str.lower,
    "in one": lambda code: code.replace("-", ""),
    "spaced": lambda code: f"  {code.replace('-', ' ')} ",
    "lookalikes": lambda code: code.replace("0", "o").replace("1", "l"),
    "other dashes": lambda code: code.replace("-", "—"),
    "full width": lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_read_as_people_write_it(app, cast, installation, way):
    _, code = story.reported(installation, cast)
    assert story.WORDS in opened(app, WAYS[way](code)).page


def test_a_wrong_code_and_a_malformed_one_get_the_same_page(app, cast, installation):
    _, code = story.reported(installation, cast)
    _, other = story.reported(installation, cast, key="a key of another form altogether, it is")
    pages = []
    for typed in ("nonsense", code[:-1], "0" * 25, swapped(code, other)):
        browser = browse(app)
        browser.get("/track")
        page = browser.submit({"query_code": typed}, status=422)
        assert WRONG in page
        pages.append(page.words.replace(typed, ""))
    assert len(set(pages)) == 1


def swapped(code, other):
    """A well-formed code of nobody's: one whose check character is right."""
    from app.kernel import crypto

    body = code.replace("-", "")[:12] + other.replace("-", "")[12:24]
    return body + crypto._check_character(body)


def test_the_code_stands_in_no_address_and_not_on_the_page_it_opens(app, cast, installation):
    _, code = story.reported(installation, cast)
    browser = opened(app, code)
    assert browser.page.path == "/track/report"
    assert code not in browser.page
    assert browser.page.headers["Cache-Control"] == "no-store"


def test_without_a_code_nothing_opens(app, cast, installation):
    story.reported(installation, cast)
    assert browse(app).get("/track/report", follow=True).path == "/track"
    assert browse(app).get("/track/report/withdraw", follow=True).path == "/track"


def test_the_device_forgets_on_request_and_by_itself(app, cast, installation):
    _, code = story.reported(installation, cast)
    browser = opened(app, code)
    browser.submit(action="/track/leave")
    assert browser.get("/track/report", follow=True).path == "/track"
    browser = opened(app, code)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=True):
        assert browser.get("/track/report", follow=True).path == "/track"


def test_the_receipt_leads_to_the_report(app, cast):
    browser = browse(app)
    browser.get("/report")
    reports(browser, description=story.WORDS)
    assert browser.submit(action="/track").path == "/track/report"
