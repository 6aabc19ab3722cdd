"""What travels compressed, and what does not."""

import gzip

import brotli
import pytest

STYLES = "/static/css/components.css"


@pytest.mark.parametrize(("taken", "open_it"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_citizens_page_and_its_styles_travel_compressed(app, cast, taken, open_it):
    for address in ("/report", STYLES):
        with app.test_client().get(address) as plain:
            written = len(plain.data)
        packed = app.test_client().get(address, headers={"Accept-Encoding": taken})
        assert packed.headers["Content-Encoding"] == taken
        assert len(packed.data) * 3 < written
        assert len(open_it(packed.data)) == pytest.approx(written, abs=200)  # tokens differ


def test_an_answer_says_that_it_depends_on_what_the_reader_takes(app, cast):
    assert "Accept-Encoding" in app.test_client().get("/report").headers["Vary"]


def test_who_takes_nothing_compressed_gets_the_page_as_it_is(app, cast):
    assert "Content-Encoding" not in app.test_client().get("/report").headers


def test_a_page_of_staff_is_not_compressed(app, cast):
    page = app.test_client().get("/staff/sign-in/x", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page.headers


def test_a_page_of_somebodys_own_is_not_compressed(app, cast):
    page = app.test_client().get("/track", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page.headers


def test_what_everybody_may_read_is(app, cast):
    page = app.test_client().get("/public/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"


def test_an_answer_to_a_form_is_not_compressed(app, cast):
    page = app.test_client().post("/track", data={"query_code": "x"}, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page.headers
