"""Under pressure in a browser: the device works and sends by itself; without a script a moment's patience does."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.db import session
from app.domain.report import Report
from app.web import pressure

pytestmark = pytest.mark.browser

WORDS = "夜里十一点以后排放黄烟，气味刺鼻。"
SEND = "main form[data-send] button.primary"
WORKS_WHEN_TOLD = """
if (location.pathname === "/report/check") delete globalThis.Worker;
else {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (task) { globalThis.work = () => post.call(this, task); };
}"""


def count():
    session().rollback()
    return session().scalar(select(func.count()).select_from(Report))


def send(page):
    page.goto("/report")
    page.fill("[name=description]", WORDS)
    page.click(SEND)
    page.wait_for_url("**/report/check**")
    page.click(SEND)


@pytest.fixture
def pressed(app, telephone, monkeypatch):
    """One report is there, and one a minute is the limit."""
    house = app.extensions["installation"]
    limited = replace(house, settings=replace(house.settings, pressure_reports=1))
    page = telephone()
    send(page)
    page.wait_for_url("**/report/receipt**")
    monkeypatch.setitem(app.extensions, "installation", limited)


def test_a_device_works_while_its_owner_looks_the_report_through(telephone, pressed):
    page = telephone()
    page.goto("/report")
    page.fill("[name=description]", WORDS)
    page.click(SEND)
    expect(page.locator("[name=proof]")).not_to_have_value("")
    page.click(SEND)
    page.wait_for_url("**/report/receipt**")
    assert count() == 2


def test_who_did_not_see_it_coming_is_sent_on_by_the_waiting_page(telephone, pressed):
    page = telephone()
    page.add_init_script(WORKS_WHEN_TOLD)
    send(page)
    expect(page.locator("h1")).to_contain_text("您的举报没有丢失")
    expect(page.locator("[data-work]")).to_contain_text("自动提交")
    page.evaluate("work()")
    page.wait_for_url("**/report/receipt**")
    assert count() == 2


def test_when_the_work_cannot_be_done_patience_does(telephone, pressed, monkeypatch):
    monkeypatch.setattr(pressure, "SECONDS", 2)
    page = telephone()
    page.add_init_script("delete globalThis.Worker")
    send(page)
    page.wait_for_url("**/report/receipt**")
    assert count() == 2


def test_without_a_script_the_button_is_pressed_once_more(telephone, pressed, monkeypatch):
    monkeypatch.setattr(pressure, "SECONDS", 1)
    page = telephone(java_script_enabled=False)
    send(page)
    expect(page.locator("[data-patience]")).to_contain_text("再按一次“提交举报”")
    while "receipt" not in page.url:
        page.click("main form button.primary")
    assert count() == 2
