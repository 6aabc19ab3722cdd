"""What the site says of itself is what its settings and its visibility table say."""

from dataclasses import replace

import pytest

from app.domain.visibility import Level, fields
from app.publication.statements import HIDDEN, SAID, who_sees
from app.settings import Site
from tests.support.browsing import browse


def test_every_line_of_the_visibility_table_is_in_the_notice(app):
    page = browse(app).get("/public/privacy").words
    assert [field.zh for field in fields().values() if field.zh not in page] == []


def test_every_level_but_the_hidden_ones_has_its_words():
    assert set(SAID) | set(HIDDEN) == set(Level)


def test_the_public_never_gets_the_reporter(app):
    with app.test_request_context("/"):
        reporter = who_sees()[0]
    assert "公众" in reporter.never
    assert "市级与承办单位" in reporter.never
    assert ("信访保密员", "逐件打开，须先写明理由并留痕") in reporter.by


@pytest.mark.parametrize("page", ["accessibility", "privacy"])
def test_a_statement_stands_in_both_languages_and_names_whom_to_ask(app, cast, page):
    for lang in ("zh", "en"):
        found = browse(app).get(f"/public/{page}?inspection=ours&lang={lang}&mode=large")
        assert "tel:" in found
        assert "Set-Cookie" not in found.headers


def test_a_site_without_an_inspection_has_its_statements(app):
    assert "Privacy" in browse(app).get("/public/privacy?inspection=nowhere&lang=en")


def test_leaving_forgets_the_receipt_and_the_report_but_signs_nobody_out(app, cast):
    browser = browse(app).as_(cast, "inspector")
    browser._remember("receipt", {"code": "x"})
    browser._remember("tracked", {"report": 1})
    left = browser.get("/public/leave", 303)
    assert left.location == "https://www.weather.com.cn/"
    with browser._client.session_transaction() as session:
        assert {"receipt", "tracked"} & set(session) == set()
        assert "_user_id" in session


def test_leaving_leaves_no_cookie_with_a_citizen(app):
    browser = browse(app)
    browser.get("/track")
    assert "hotline=;" in browser.get("/public/leave", 303).headers["Set-Cookie"]


def test_another_site_takes_nobodys_receipt_away(app):
    browser = browse(app)
    browser._remember("receipt", {"code": "x"})
    browser.get("/public/leave", 303, headers={"Sec-Fetch-Site": "cross-site"})
    with browser._client.session_transaction() as session:
        assert "receipt" in session


def test_the_foot_names_what_the_settings_name(app, monkeypatch):
    page = browse(app).get("/public/privacy")
    assert "ICP" not in page
    site = Site(organiser="湖南省生态环境厅", icp="湘ICP备00000000号", police="湘公网安备43010000000000号")
    monkeypatch.setitem(app.jinja_env.globals, "site", replace(site))
    page = browse(app).get("/public/privacy")
    assert "主办单位" in page.text
    assert "承办单位" not in page.text.split("<footer")[1]
    assert 'href="https://beian.mps.gov.cn/#/query/webSearch?code=43010000000000"' in page
