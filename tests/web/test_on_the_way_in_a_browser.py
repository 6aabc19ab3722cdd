"""What citizens' scripts do beyond plain pages: lead away at once, and read aloud by the device's own voice."""

import pytest

pytestmark = pytest.mark.browser

ELSEWHERE = "https://www.weather.com.cn/"
SPEECH = """
globalThis.told = [];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
  speak(piece) { told.push([piece.text, piece.lang, piece.voice?.name]); },
  cancel() { told.push("cancel"); }, pause() { told.push("pause"); }, resume() { told.push("resume"); },
  getVoices: () => [{ lang: "zh-CN", localService: false, name: "far" }, { lang: "zh_CN", localService: true, name: "own" }],
} });
"""


@pytest.fixture
def reading(visit):
    page = visit(360)
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(content_type="text/html", body="<title>weather</title>"))
    page.goto("/")
    page.goto("/report?lang=en")
    return page


def test_the_way_out_leaves_nothing_to_come_back_to(reading):
    asked = []
    reading.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    reading.click("[data-leave]")
    reading.wait_for_url(ELSEWHERE)
    assert any(url.endswith("/public/leave") for url in asked), "the server forgets as well"
    reading.go_back()
    assert "/report" not in reading.url


def test_escape_three_times_leads_away(reading):
    for _ in range(3):
        reading.keyboard.press("Escape")
    reading.wait_for_url(ELSEWHERE)


def test_others_hear_that_the_reader_leaves(reading):
    heard = []
    reading.expose_function("hear", lambda: heard.append("left"))
    reading.evaluate("document.addEventListener('hotline:leave', () => hear())")
    reading.click("[data-leave]")
    reading.wait_for_url(ELSEWHERE)
    assert heard == ["left"]


def test_without_a_voice_there_is_no_button_for_it(visit):
    page = visit()
    page.add_init_script("Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined })")
    page.goto("/")
    assert not page.is_visible("[data-aloud]")


def test_the_page_is_read_by_a_voice_of_the_device(visit):
    page = visit()
    page.add_init_script(SPEECH)
    page.goto("/report")
    read, stop = page.locator("[data-aloud] button").all()
    assert not stop.is_visible()
    read.click()
    told = page.evaluate("told")
    assert ["我要举报", "zh-CN", "own"] in told
    assert not [piece for piece in told if "跳到正文" in piece[0]], "only what is in the page's own part"
    assert read.inner_text() == "暂停"
    read.click()
    assert page.evaluate("told.at(-1)") == "pause"
    stop.click()
    assert page.evaluate("told.at(-1)") == "cancel"
    assert read.inner_text() == "朗读"
    assert not page.complaints


def test_what_is_selected_is_read_instead(visit):
    page = visit()
    page.add_init_script(SPEECH)
    page.goto("/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.locator("[data-aloud] button").first.click()
    assert [piece[0] for piece in page.evaluate("told") if piece != "cancel"] == [
        "湖南省第一生态环境保护督察组进驻公告"
    ]


def test_words_survive_the_switch_of_language(reading):
    reading.fill("#what", "半夜排放黄烟")
    reading.click("button[name=switch][lang=zh-CN]")
    assert reading.evaluate("document.documentElement.lang") == "zh-CN"
    assert reading.input_value("#what") == "半夜排放黄烟"
    assert not reading.is_visible("[data-summary]")
