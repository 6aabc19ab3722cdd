"""Headers, cookies and tokens on every answer."""

import re

import pytest

from app.web.security import HEADERS

EVERY = [
    "/",
    "/report",
    "/nowhere",
    "/fail/stale",
    "/fail/crash",
    "/fail/405",
    "/static/css/tokens.css",
    "/staff/queue",
]


@pytest.mark.parametrize("path", EVERY)
def test_every_answer_carries_the_headers(reader, path):
    answer = reader.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_pages_are_not_stored_unless_a_view_says_so(reader):
    assert reader.get("/report").headers["Cache-Control"] == "no-store"
    assert reader.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert reader.as_("inspector").get("/staff/queue").headers["Cache-Control"] == "no-store"


def test_a_page_with_nothing_of_anybody_may_be_kept(reader):
    for answer in (reader.get("/"), reader.get("/?lang=en&mode=large")):
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in answer.headers["Vary"]
        assert "Set-Cookie" not in answer.headers


def test_cookies_are_locked_to_the_host_in_production(make_reader):
    cookies = (
        make_reader(production=True).get("/report?lang=en", base_url="https://localhost").headers.getlist("Set-Cookie")
    )
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-hotline"}
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_development_over_http_has_plain_cookies(reader):
    cookies = reader.get("/report").headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["hotline"]


def test_a_form_of_another_site_is_refused_and_its_words_are_not_offered_again(reader):
    for site in ("cross-site", "same-site"):
        answer = reader.post("/report", {"what": "别人替您写好的话"}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 400
        assert "别人替您写好的话" not in answer.text


def test_static_files_are_kept_by_their_hash(reader):
    found = re.search(r'href="(/static/css/tokens\.css\?v=[0-9a-f]+)"', reader.get("/").text)
    assert found is not None
    address = found[1]
    assert "immutable" in reader.get(address).headers["Cache-Control"]
    assert reader.get(address[:-1] + "x").headers["Cache-Control"] == "no-cache"
    assert reader.get("/static/css/tokens.css").headers["Cache-Control"] == "no-cache"


def test_a_static_file_asks_no_session(reader):
    assert "Set-Cookie" not in reader.as_("inspector").get("/static/css/tokens.css").headers
