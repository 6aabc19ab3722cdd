"""A lost connection: words stay, it is tried again, and however often it was tried it is one report."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.db import session
from app.domain.report import Report

pytestmark = pytest.mark.browser

WORDS = "夜里十一点以后排放黄烟，气味刺鼻。"
LOST = "[data-lost]"
SEND = "main form[data-send] button.primary"


def count():
    session().rollback()
    return session().scalar(select(func.count()).select_from(Report))


def looked_through(page):
    page.goto("/report")
    page.fill("[name=description]", WORDS)
    page.click(SEND)
    page.wait_for_url("**/report/check**")


def test_a_cut_connection_costs_no_word_and_gives_one_report(telephone):
    page = telephone()
    page.goto("/report")
    page.fill("[name=description]", WORDS)
    page.context.set_offline(True)
    page.click(SEND)
    expect(page.locator(LOST)).to_be_visible()
    assert page.input_value("[name=description]") == WORDS
    page.context.set_offline(False)
    page.wait_for_url("**/report/check**")
    page.context.set_offline(True)
    page.click(SEND)
    expect(page.locator(LOST)).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_url("**/report/receipt**")
    assert count() == 1


def test_an_answer_that_got_lost_on_the_way_is_one_report_with_its_receipt(telephone):
    page, tries = telephone(), []
    looked_through(page)

    def lose_the_first(route):
        tries.append(route.request.method)
        if len(tries) == 1:
            route.fetch(max_redirects=0)
            return route.abort("connectionreset")
        return route.fallback()

    page.route("**/report", lose_the_first)
    page.click(SEND)
    page.wait_for_url("**/report/receipt**")
    assert len(tries) == 2
    assert count() == 1
    assert page.is_visible(f"text={session().scalar(select(Report.number))}")


def test_a_server_that_is_away_is_waited_for(telephone):
    page, tries = telephone(), []
    looked_through(page)

    def away(route):
        tries.append(route.request.method)
        return route.fulfill(status=503) if len(tries) == 1 else route.fallback()

    page.route("**/report", away)
    page.click(SEND)
    page.click(f"{LOST} button")
    page.wait_for_url("**/report/receipt**")
    assert count() == 1


def test_waits_grow_and_are_told(telephone):
    page, tries = telephone(), []
    page.clock.install()
    looked_through(page)

    def fail(route):
        tries.append(route.request.method)
        route.abort("failed")

    page.route("**/report", fail)
    page.click(SEND)
    expect(page.locator("[data-seconds]")).to_have_text("2秒后重试")
    page.clock.run_for(3000)
    expect(page.locator("[data-seconds]")).to_have_text("4秒后重试")
    assert len(tries) == 2


def test_the_second_button_still_leads_back_to_the_form_with_every_word(telephone):
    page = telephone()
    looked_through(page)
    page.click("button[name=change]")
    page.wait_for_selector("form[data-draft]")
    assert page.input_value("[name=description]") == WORDS


def test_an_error_of_the_form_is_shown_as_the_page_it_is(telephone):
    page = telephone()
    page.goto("/report")
    page.click(SEND)
    page.wait_for_selector("[data-summary]")
    assert count() == 0


def test_a_double_click_is_one_report(telephone):
    page = telephone()
    looked_through(page)
    page.dblclick(SEND)
    page.wait_for_url("**/report/receipt**")
    assert count() == 1
