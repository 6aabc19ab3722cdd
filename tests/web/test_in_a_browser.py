"""What only a browser can tell: nothing is refused by the policy, nothing runs out of a telephone, keys suffice."""

import pytest

PAGES = ["/", "/report", "/nowhere", "/staff/queue", "/staff/record"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("mode", ["", "large-contrast"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pages_fit_and_the_policy_refuses_nothing(visit, width, lang, mode):
    page = visit(width)
    for path in PAGES:
        page.goto(f"{path}?lang={lang}&mode={mode}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert not page.complaints


def test_the_first_key_reaches_the_skip_link_and_it_leads_to_the_content(visit):
    page = visit()
    page.goto("/staff/queue")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_after_a_refused_form_the_reader_stands_at_the_summary(visit):
    page = visit()
    page.goto("/report")
    page.click("main button.primary")
    assert page.evaluate("'summary' in document.activeElement.dataset")
    page.click('[data-summary] a[href="#what"]')
    assert page.evaluate("document.activeElement.id") == "what"


def test_a_double_click_sends_a_form_once(visit):
    page, sent = visit(), []
    page.goto("/report")
    page.on("request", lambda asked: sent.append(asked.method) if asked.method == "POST" else None)
    page.evaluate(
        "document.querySelector('main form').requestSubmit(); document.querySelector('main form').requestSubmit()"
    )
    page.wait_for_selector("[data-summary]")
    assert sent == ["POST"]


def test_the_switcher_opens_and_closes_by_keys(visit):
    page = visit()
    page.goto("/staff/queue")
    page.focus("details.switch summary")
    page.keyboard.press("Enter")
    assert page.is_visible("details.switch button >> nth=0")
    page.keyboard.press("Escape")
    assert not page.is_visible("details.switch button >> nth=0")


def test_pages_work_without_javascript(chromium, address):
    context = chromium.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/report")
    page.click("main button.primary")
    assert page.is_visible("[data-summary]")
    context.close()
