"""One report is split by keys, and each part's text is cleared of what tells who reported, on the spot."""

import pytest
from playwright.sync_api import expect

from app.db import session
from app.domain.ledger import LedgerEntry
from tests.support.cast import LUSONG, TIANYUAN
from tests.support.reports import the_case, the_report

pytestmark = pytest.mark.browser
SMELL, NOISE = "我家住3栋602室，楼下烧烤店油烟大", "夜里机器噪音大"


@pytest.fixture
def inspector(telephone, app, cast):
    page = telephone(viewport={"width": 1280, "height": 860})
    signer = app.session_interface.get_signing_serializer(app)
    value = signer.dumps({"_user_id": f"{cast.people['inspector']}:1"})
    page.context.add_cookies(
        [{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": telephone.address, "httpOnly": True}]
    )
    return page


def test_a_report_is_split_by_keys_and_its_text_scrubbed_by_presses(inspector, office):
    report = office.report(f"{SMELL}；{NOISE}。")
    page = inspector
    page.goto(f"/staff/triage/report/{report}/do/accept")
    page.check("[name=types][value=air]")
    page.click("[name=more]")
    page.select_option("[name=parts-0-area]", TIANYUAN)
    page.select_option("[name=parts-1-area]", LUSONG)
    above, below = page.locator("[name=parts-0-points]"), page.locator("[name=parts-1-points]")
    expect(page.locator("[data-keys]")).to_be_visible()
    above.fill(f"{SMELL}\n{NOISE}\n")
    above.press("ArrowUp")
    above.press("Alt+ArrowDown")
    expect(below).to_be_focused()
    assert (above.input_value().strip(), below.input_value()) == (SMELL, NOISE)
    below.press("Alt+ArrowDown")  # there is no part below
    assert below.input_value() == NOISE
    with page.expect_navigation():
        page.get_by_role("button", name="受理", exact=True).click()
    case, other = (one.id for one in the_report(report).cases)
    assert (the_case(case).points, the_case(other).points) == ([SMELL], [NOISE])

    page.goto(f"/staff/triage/case/{case}/text")
    marks, text = page.locator("[data-mark]"), page.locator("textarea[data-scrubbed]")
    found = marks.count()
    assert page.locator("[data-left]").text_content() == str(found)
    neutral = marks.nth(0).locator("button[name=press]").nth(1)
    word, gone = neutral.text_content().strip(), marks.nth(0).get_attribute("data-mark")
    neutral.click()
    expect(marks).to_have_count(found - 1)
    assert word in text.input_value()
    assert gone not in text.input_value()
    while marks.count():
        marks.nth(0).locator("button[value$=':gone']").click()
    assert page.locator("[data-left]").text_content() == "0"
    expect(text).to_be_focused()
    with page.expect_navigation():
        page.get_by_role("button", name="审定文本").click()
    session().rollback()
    approved = the_case(case)
    assert approved.text_approved_at is not None
    assert "602" not in approved.handover_text
    entry = session().query(LedgerEntry).filter_by(noun="case", noun_id=case, action="approve_text").one()
    assert sum(entry.facts["replaced"].values()) == 1
