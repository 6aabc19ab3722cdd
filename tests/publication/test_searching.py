"""Search and filters: in the published words only, marked where they stand, everything in the address."""

from datetime import timedelta

import pytest

from app.kernel import clock
from app.publication.excerpts import excerpt, marked
from tests.casework.office import SPOKEN
from tests.support.cast import LUSONG, TIANYUAN

TABLE = "/public/cases?inspection=ours"


@pytest.mark.parametrize(("words", "found"), [("拌和站", 1), ("夜间 属实", 1), ("钢铁", 0), ("不得出现", 0)])
def test_words_are_looked_for_in_what_was_published(reader, published, words, found):
    published()
    page = reader.get(f"{TABLE}&q={words}")
    assert f"公开内容中含有“{words}”的有{found}件" in page.words
    assert SPOKEN not in page


def test_the_words_are_marked_and_nothing_of_theirs_is_markup(reader, published, number):
    case = published(problem="反映<b>拌和站</b>夜间生产。")
    page = reader.get(f"{TABLE}&q=拌和站")
    assert "<mark>拌和站</mark>" in page
    assert "<b>" not in page
    assert "<mark>拌和站</mark>" in reader.get(f"/public/cases/{number(case)}?inspection=ours&q=拌和站")


@pytest.mark.parametrize("words", ["<script>", "%", "_", '"', "'", "(", "\\", "a" * 500, "　"])
def test_strange_words_are_only_words(reader, published, words):
    published()
    reader.get("/public/cases", query_string={"inspection": "ours", "q": words})


def test_an_excerpt_begins_before_the_word():
    assert excerpt(("字" * 100 + "恶臭" + "末" * 100,), "恶臭").startswith("…")
    assert "<mark>恶臭</mark>" in excerpt(("先", "字" * 100 + "恶臭"), "恶臭")
    assert excerpt(("一段话",), "") == "一段话"
    assert marked("a<b", "b") == "a&lt;<mark>b</mark>"


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [("state=done", True), ("state=staged", False), ("state=signed_off", False), ("since={today}", True),
     ("until={yesterday}", False), ("since={today}&until={today}", True), ("since=nonsense", True),
     (f"area={TIANYUAN}&town=nonsense", True), (f"area={LUSONG}&q=拌和站", False)],
)  # fmt: skip
def test_the_table_is_narrowed_by_state_and_days(reader, published, narrowed, fits):
    published()
    days = {"today": clock.today(), "yesterday": clock.today() - timedelta(days=1)}
    page = reader.get(f"{TABLE}&{narrowed.format(**days)}")
    assert ("反映某拌和站夜间生产。" in page) is fits


def test_the_old_address_of_the_table_leads_on_with_its_filters(reader, cast):
    page = reader.get(f"/public/?area={TIANYUAN}&inspection=ours&endpoint=x&_external=1", 301)
    assert page.location == f"/public/cases?area={TIANYUAN}&inspection=ours"


def test_the_files_of_a_page_carry_its_filters(reader, published):
    published()
    page = reader.get(f"{TABLE}&q=拌和站&area={TIANYUAN}")
    files = [a.get("href") for a in page.all("a") if "/public/cases." in a.get("href", "")]
    assert len(files) == 4
    assert all(f"area={TIANYUAN}" in href and "q=" in href for href in files)


def test_a_form_that_is_fetched_carries_the_readers_view_on(reader, cast):
    form = reader.get(f"{TABLE}&lang=en&mode=large").forms()[0]
    assert form.values["lang"] == "en"
    assert form.values["mode"] == "large"
