"""How a page is read travels in the address: through links, forms and redirects, and no word is lost on the way."""

import re

import pytest

from app.web import modes
from tests.support.pages import Page

VIEW = "?lang=en&mode=large-contrast"
WORDS = "半夜排放黄烟，气味刺鼻。"


def links(text):
    return [link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*?href="(/[^"]*)"', text)]


def test_what_is_unknown_is_no_wish():
    assert modes.read({"lang": "fr", "mode": "huge"}) == modes.View()
    assert modes.read({"lang": "zh-CN", "mode": "contrast-large"}) == modes.View("zh", large=True, contrast=True)


def test_the_usual_is_not_said_in_addresses():
    assert modes.View("zh").address() == {}
    assert modes.View("en", large=True).address() == {"lang": "en", "mode": "large"}


def test_every_way_onward_keeps_the_view(reader):
    page = reader.get(f"/report{VIEW}").text
    ways = [link for link in links(page) if not link.startswith(("/static", "/public/leave"))]
    assert len(ways) >= 6
    for way in ways:
        if way != "/":  # written by the sample itself
            assert "lang=en&mode=large-contrast" in way, way


@pytest.mark.parametrize("path", ["/report", "/", "/nowhere"])
def test_a_page_says_its_mode_and_only_then_loads_its_sheet(reader, path):
    assert 'data-mode="large-contrast"' in reader.get(path + VIEW).text
    plain = reader.get(path).text
    assert "data-mode" not in plain
    assert "modes.css" not in plain


def test_the_switches_keep_the_rest_of_the_address(reader):
    page = reader.get("/?area=1&lang=en").text
    assert 'href="?area=1&amp;lang=en&amp;mode=large"' in page
    assert 'href="?area=1"' in page, "Chinese is the usual"


def test_a_page_with_a_form_is_switched_by_sending_its_words(reader):
    page = reader.get("/report").text
    assert '<button type="submit" form="kept-form" name="switch" value="lang=en" formnovalidate' in page
    answer = reader.post("/report", {"what": WORDS, "phone": "12", "switch": "lang=en&mode=large"})
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert WORDS in answer.text
    assert 'value="12"' in answer.text
    assert "data-summary" not in answer.text, "nothing has been checked"
    assert Form(answer).action == "/report?lang=en&mode=large"


def test_a_refused_form_keeps_its_view_and_switches_with_its_words(reader):
    answer = reader.post(f"/report{VIEW}", {"phone": "12"})
    assert answer.status_code == 422
    assert '<html lang="en"' in answer.text
    assert 'form="kept-form" name="switch"' in answer.text


def test_an_error_with_words_in_it_is_switched_by_sending_them(reader):
    reader.get("/report")
    answer = reader.post("/report?lang=en", {"what": WORDS}, token=False)
    assert answer.status_code == 400
    assert 'form="kept-form" name="switch" value="mode=large"' not in answer.text
    assert 'form="kept-form" name="switch" value="lang=en&amp;mode=large"' in answer.text


def test_a_refused_method_leads_to_the_page_itself_in_the_other_view(reader):
    assert 'href="?lang=en"' in reader.post("/figures").text


def test_programs_find_the_page_without_its_look(reader):
    page = reader.get("/figures?area=1&lang=en&mode=large", follow_redirects=True).text
    assert '<link rel="canonical" href="/">' in page or '<link rel="canonical" href="/?lang=en">' in page
    assert '<link rel="alternate" href="/?lang=en" hreflang="en">' in page
    assert 'rel="canonical"' not in reader.get("/nowhere").text


def test_staff_pages_know_one_look(reader):
    page = reader.as_("inspector").get("/staff/record?mode=large").text
    assert "data-leave" not in page
    assert "mode=large" not in page.replace('data-mode="large"', "")


def Form(answer):  # noqa: N802  (reads as the class it gives)
    return Page("/report", answer).form()
