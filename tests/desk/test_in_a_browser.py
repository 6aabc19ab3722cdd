"""A call taken down without the mouse: every key that is no word is counted; and a page that dies takes nothing along."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.db import session
from app.domain.draft import Draft
from app.domain.report import Report
from app.domain.reporter import Identity
from tests.support.evidence import jpeg
from tests.support.reports import the_report

pytestmark = pytest.mark.browser
MOST_KEYS = 12
DESK = {"width": 1280, "height": 860}
CALLER = "19900000101"
FIRST, SECOND = "沥青拌和站夜里生产，烟气刺鼻", "运料车一路漏料，扬尘很大"


@dataclass
class Hands:
    """Two hands on a keyboard. Words are typed; every other key is counted, each part of a chord for itself."""

    page: Page
    keys: list[str] = field(default_factory=list)

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += key.split("+")
            self.page.keyboard.press(key)


@pytest.fixture
def clerk(app, cast, telephone) -> Page:
    page = telephone(viewport=DESK)
    serializer = app.session_interface.get_signing_serializer(app)
    value = serializer.dumps({"_user_id": f"{cast.people['clerk']}:1"})
    page.context.add_cookies(
        [{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": telephone.address, "httpOnly": True}]
    )
    return page


def kept(page: Page) -> None:
    """Wait until what was typed lies on the server."""
    expect(page.locator("[data-kept]")).to_contain_text("已随录随存")


def test_a_call_is_logged_by_keys_alone_and_by_few(clerk):
    hands = Hands(clerk)
    clerk.goto(f"/staff/desk/new/call?phone={CALLER}")
    expect(clerk.locator("[data-finder]")).to_be_visible()
    hands.type(FIRST)
    hands.press("Enter")
    hands.type(SECOND)
    hands.press("Tab", "t", "y", "Enter")
    hands.type("嵩山路与泰山路交叉口")
    hands.press("Tab")
    hands.type("某沥青拌和站")
    hands.press("Tab", "1", "3", "F9")
    expect(clerk.locator(".aloud")).to_be_visible()
    hands.press("n")
    expect(clerk.locator("[data-timer]")).to_be_visible()
    assert len(hands.keys) <= MOST_KEYS, hands.keys
    report = session().scalars(select(Report)).one()
    assert [point.text for point in report.points] == [FIRST, SECOND]
    assert (report.area_code, report.place, report.polluter) == ("430211", "嵩山路与泰山路交叉口", "某沥青拌和站")
    assert report.types == ["air", "noise"]
    assert session().scalars(select(Identity)).one().phone_tail == CALLER[-2:]


def test_a_key_opens_the_map_and_leads_back_to_where_the_hands_were(clerk, office):
    number = the_report(office.report(point=(27.8283, 113.1127))).number
    session().rollback()  # what is read at the end is read anew
    hands = Hands(clerk)
    clerk.goto("/staff/desk/new/call")
    expect(clerk.locator("[data-finder]")).to_be_visible()
    hands.type(FIRST)
    clerk.focus("[name=place]")
    hands.press("F2")
    expect(clerk.locator("[data-map]")).to_be_focused()
    clerk.evaluate("window.scrollTo(0, 0)")
    hands.press("Enter", "F2")
    expect(clerk.locator("[name=place]")).to_be_focused()
    expect(clerk.locator("[data-said]")).to_contain_text("已标在")
    assert clerk.locator("#find-place").input_value() != ""
    for name, degrees in (("latitude", "27.828400"), ("longitude", "113.112800")):
        clerk.eval_on_selector(f"[name={name}]", f"(one) => {{ one.value = '{degrees}'; }}")
    clerk.eval_on_selector("[name=latitude]", "(one) => one.dispatchEvent(new Event('change', {bubbles: true}))")
    expect(clerk.locator("[data-known]")).to_contain_text(number)
    hands.press("F9")
    expect(clerk.locator(".aloud")).to_be_visible()
    report = session().scalars(select(Report).order_by(Report.id.desc())).first()
    assert (report.latitude, report.longitude) == (27.8284, 113.1128)


def test_a_page_that_dies_comes_back_with_every_word(clerk):
    hands = Hands(clerk)
    clerk.goto(f"/staff/desk/new/call?phone={CALLER}")
    expect(clerk.locator("[data-finder]")).to_be_visible()
    hands.type(FIRST)
    hands.press("Enter")
    hands.type(SECOND)
    kept(clerk)
    address = clerk.url
    assert CALLER not in address
    clerk.close()
    again = clerk.context.new_page()
    again.goto(address)
    lines = again.locator(".points textarea")
    expect(lines).to_have_count(2)
    assert [lines.nth(n).input_value() for n in (0, 1)] == [FIRST, SECOND]
    assert again.input_value("[name=phone]") == CALLER
    again.keyboard.press("F9")
    expect(again.locator(".aloud")).to_be_visible()
    assert session().scalar(select(func.count(Draft.id))) == 0


def test_a_silent_call_is_one_key(clerk):
    clerk.goto("/staff/desk/new/call")
    expect(clerk.locator("[data-finder]")).to_be_visible()
    clerk.keyboard.press("F8")
    expect(clerk.locator(".flashes")).to_contain_text("无声来电已登记")
    assert session().scalars(select(Report)).one().state == "voided"


def test_what_is_known_comes_beside_while_it_is_typed(clerk, office):
    office.report(place="嵩山路")
    clerk.goto(f"/staff/desk/new/call?phone={CALLER}")
    expect(clerk.locator("[data-known]")).to_contain_text("可能有1件来件")


def test_scans_are_read_beside_the_typing_and_turned(clerk):
    clerk.goto("/staff/desk/new/letter")
    page = {"name": "一页.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    clerk.set_input_files("[name=scans]", [page])
    expect(clerk.locator("[data-scans] .page img")).to_be_visible()
    clerk.get_by_role("button", name="旋转").click()
    expect(clerk.locator(".page")).to_have_attribute("data-turned", "1")
    clerk.fill("[name=description]", "信里写的是夜里的黄烟。")
    clerk.keyboard.press("F9")
    clerk.get_by_role("link", name="同一封信再登记一件").click()
    expect(clerk.locator(".scans .page img")).to_be_visible()
