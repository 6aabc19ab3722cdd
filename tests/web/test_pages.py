"""What layouts and components put on a page. Every page fetched here is audited as well."""

import pytest

from tests.support.audit import faults

PAGES = ["/", "/report", "/nowhere"]
STAFF = ["/staff/queue", "/staff/record", "/staff/leaders"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", [*PAGES, *STAFF])
def test_every_sample_page_is_fit_to_be_read(reader, path, lang):
    reader.as_("inspector").get(f"{path}?lang={lang}")


def test_a_refused_form_names_each_field_and_links_to_it(reader):
    answer = reader.post("/report", {"phone": "12", "what": "  "})
    assert answer.status_code == 422
    assert '<a href="#what">反映的问题</a>：此项必填。' in answer.text
    assert 'aria-describedby="what-hint what-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="12"' in answer.text


def test_optional_fields_are_marked_not_required_ones(reader):
    page = reader.get("/report").text
    assert page.count("（选填）") == 7
    assert "*" not in page.split("<main")[1]


def test_a_text_is_shown_as_it_was_written(reader):
    page = reader.as_("inspector").get("/staff/record").text
    assert "不敢开窗。\n上个月打过12345" in page
    assert "&lt;b&gt;请督察组夜间来看。&lt;/b&gt;" in page


def test_buttons_come_from_the_table(reader):
    page = reader.as_("inspector").get("/staff/record").text
    assert 'class="button primary" href="/staff/record?do=accept">受理' in page
    assert 'class="button grave" href="/staff/record?do=void">判为无效' in page
    assert "本件已是重点件。" in page


def test_the_words_of_a_refused_action_stay_in_its_form(reader):
    page = reader.as_("inspector").post(
        "/staff/record", {"referral_class": "law", "receiving_body": "市司法局", "advice": "请找"}
    )
    assert "市司法局" in page.text
    assert '<option selected value="law">' in page.text
    assert '<a href="#advice">告知举报人的话</a>：此项必填。' in page.text


def test_a_table_says_how_many_rows_there_are(reader):
    page = reader.as_("inspector").get("/staff/queue").text
    assert "显示12条，共1204条" in page
    assert 'href="?page=20"' in page


def test_the_audit_finds_what_is_wrong():
    page = """<!doctype html><html><head><title> · 督察热线</title><style>a{}</style></head><body>
    <h1>a</h1><h1 id="x">b</h1><p id="x" style="color:red" onclick="go()">c</p><img src="https://elsewhere.example/a.png">
    <input name="q"><table><tr><td>1</td></tr></table><a href="#nowhere"></a><form method="post"></form></b></body></html>"""
    found = "\n".join(faults(page))
    for fault in (
        "no language", "no title", "2 h1", "no <main>", "id twice: x", "inline <style>", "inline style on", "inline onclick",
        "another host", "without alt", "control without label: q", "table without caption", "not there: nowhere",
        "<a> without words", "form without csrf_token", "invalid HTML",
    ):  # fmt: skip
        assert fault in found
