"""A draft is kept only when asked for, unreadable at rest, and gone when it should be."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WORDS, NAME = "夜里十一点以后排放黄烟，气味刺鼻。", "某举报人"
HOUR = 3600 * 1000
AT_REST = """async () => {
  const found = await new Promise((done) => {
    const opening = indexedDB.open("hotline", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
    opening.onsuccess = () => {
      const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
      all.onsuccess = () => { opening.result.close(); done(all.result); };
    };
  });
  const exported = async (key) => { try { await crypto.subtle.exportKey("raw", key); return true; } catch { return false; } };
  return Promise.all(found.map(async (one) => ({
    names: Object.keys(one).sort(), out: await exported(one.key),
    text: new TextDecoder("utf-8").decode(one.sealed) + JSON.stringify([one.at, [...one.iv]]),
  })));
}"""
SAVED = "[data-status]:not(:empty)"


def write(page, *, person=False, path="/report"):
    """Somebody asks for a draft and writes; it has been saved."""
    page.goto(path)
    page.click("[data-draft-box] summary")
    page.check("[data-keep]")
    if person:
        page.check("[data-person]")
    page.check("[name=anonymous][value=n]")
    page.fill("[name=name]", NAME)
    page.check("[name=types][value=air]")
    page.select_option("[name=area]", "430211")
    page.fill("[name=description]", WORDS)
    page.evaluate("document.querySelector('[data-status]').textContent = ''")
    page.fill("[name=place]", "天台路桥下")
    page.wait_for_selector(SAVED, state="attached")


def continued(page):
    page.goto("/report")
    page.click("[data-continue]")
    return page.eval_on_selector("form[data-draft]", "form => Object.fromEntries(new FormData(form))")


def emptied(page):
    """Whether nothing is left; a browser takes a moment to delete."""
    return any(page.evaluate(AT_REST) == [] for _ in range(100))


def test_without_being_asked_nothing_is_kept(telephone):
    page = telephone()
    page.goto("/report")
    page.fill("[name=description]", WORDS)
    page.goto("/report")
    assert page.evaluate(AT_REST) == []


def test_a_draft_brings_back_words_ticks_and_the_key_but_not_who_one_is(telephone):
    page = telephone()
    write(page)
    key = page.input_value("[name=key]")
    values = continued(page)
    assert (values["description"], values["place"], values["types"], values["area"]) == (
        WORDS,
        "天台路桥下",
        "air",
        "430211",
    )
    assert (values["key"], values["name"], values["anonymous"]) == (key, "", "n")


def test_who_one_is_comes_back_only_for_those_who_want_it(telephone):
    page = telephone()
    write(page, person=True)
    assert continued(page)["name"] == NAME


def test_at_rest_there_is_no_word_of_it_and_the_key_cannot_be_taken_out(telephone):
    page = telephone()
    write(page, person=True)
    [kept] = page.evaluate(AT_REST)
    assert kept["names"] == ["at", "iv", "key", "sealed"]
    assert not kept["out"]
    for word in (WORDS, NAME, "天台路", "description", "430211"):
        assert word not in kept["text"]


def test_after_seventy_two_hours_it_is_gone(telephone):
    page = telephone()
    page.clock.install()
    write(page)
    page.clock.fast_forward(71 * HOUR)
    page.goto("/report")
    expect(page.locator("[data-offer]")).to_be_visible()
    assert "3天" in page.inner_text("[data-found]") or "71小时" in page.inner_text("[data-found]")
    page.clock.fast_forward(HOUR)
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert page.evaluate(AT_REST) == []


def test_it_is_gone_when_the_report_was_taken_and_only_then(telephone):
    page = telephone()
    write(page)
    page.click("form[data-draft] button.primary")
    page.wait_for_url("**/report/check**")
    assert len(page.evaluate(AT_REST)) == 1
    page.click("main form button.primary")
    page.wait_for_url("**/report/receipt**")
    assert emptied(page)
    page.goto("/report")
    expect(page.locator("[data-draft-box]")).to_be_visible()
    assert page.evaluate(AT_REST) == []


def test_on_a_shared_device_what_was_kept_is_deleted_and_nothing_more_is_kept(telephone):
    page = telephone()
    write(page)
    page.check("[data-shared]")
    expect(page.locator("[data-keep]")).to_be_disabled()
    page.fill("[name=place]", "别处")
    page.goto("/report")
    expect(page.locator("[data-draft-box]")).to_be_visible()
    assert page.is_checked("[data-shared]")
    assert page.evaluate(AT_REST) == []


def test_who_takes_the_wish_back_has_nothing_left(telephone):
    page = telephone()
    write(page)
    page.uncheck("[data-keep]")
    page.goto("/report")
    expect(page.locator("[data-draft-box]")).to_be_visible()
    assert page.evaluate(AT_REST) == []


def test_a_draft_can_be_deleted_where_it_is_offered(telephone):
    page = telephone()
    write(page)
    page.goto("/report")
    page.click("[data-delete]")
    expect(page.locator("[data-offer]")).to_be_hidden()
    page.goto("/report")
    assert page.evaluate(AT_REST) == []


def test_leaving_in_a_hurry_forgets_on_a_shared_device(telephone):
    page = telephone()
    write(page)
    page.evaluate("sessionStorage.setItem('hotline.shared', 'yes')")
    page.evaluate("document.dispatchEvent(new CustomEvent('hotline:leave'))")
    assert emptied(page)


def test_where_a_browser_cannot_keep_it_sealed_it_is_not_offered(telephone):
    page = telephone()
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})")
    page.goto("/report")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-draft-box]")).to_be_hidden()


def test_without_a_script_there_is_no_draft_and_everything_else(telephone):
    page = telephone(java_script_enabled=False)
    page.goto("/report")
    assert not page.is_visible("[data-draft-box]")
    page.fill("[name=description]", WORDS)
    page.click("form[data-draft] button.primary")
    page.click("main form button.primary")
    assert page.is_visible("text=查询码")
