"""Searching what is published: every character counts, nothing else is found, and both databases answer alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.search.words import is_han, runs

TEXTS = (
    "某养殖场废水直排入河，气味刺鼻；夜间22:00后噪声扰民。",
    "㵲水河边𠮷野家烧烤油烟，PM2.5超标，污水管道堵塞。",
    "某沥青拌和站夜间生产，烟气刺鼻，粉尘污染污水。",
    "ＡＢＣ公司（zz-2026-0001号）偷排，〇三年起反映多次 100% 无果 C:\\temp",
    "水",
)


@pytest.fixture
def texts(enter):
    return dict(zip(TEXTS, enter(*TEXTS), strict=True))


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("水", (0, 1, 2, 4)), ("养", (0,)), ("㵲", (1,)), ("𠮷", (1,)), ("〇", (3,)), ("污水", (1, 2)),
        ("夜间生产", (2,)), ("刺鼻 夜间", (0, 2)), ("刺鼻，夜间", (0, 2)), ("污染污水", (2,)), ("abc", (3,)), ("ＡＢＣ", (3,)),
        ("ab", (3,)), ("bc", ()), ("pm2.5", (1,)), ("PM 5", (1,)), ("zz-2026-0001", (3,)), ("zz-2026-00", (3,)),
        ("2026-0001-zz", ()), ("22:00", (0,)), ("河夜", ()), ("不在其中", ()), ("堵塞某", ()),
    ],
)  # fmt: skip
def test_a_text_is_found_by_any_of_its_characters_in_a_row(texts, find, words, places):
    assert find(words) == {texts[TEXTS[at]] for at in places}


@pytest.mark.parametrize(
    "words",
    ["", "  ", "。", "*", '"', "'", "--", "%", "_", "\\", "\x00", "()", "' OR 1=1 --", '" OR "', "NEAR(", "水*\"'\\:&|!<->",
     "AND", "OR NOT", "水 AND 河", "words: 水", "^水", "水 -河", "{", "水" * 5000, "a " * 500, "x" * 5000, "\ud83d", "\u200f\u202e"],
)  # fmt: skip
def test_signs_and_operators_are_only_text(texts, find, plainly, words):
    assert find(words) == plainly(words)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(words=st.text(st.sampled_from("水河污染夜间生产烟气刺鼻㵲𠮷〇 ，pmabc25-0zZ*\"%_'\\"), max_size=8))
def test_a_search_finds_what_reading_from_end_to_end_finds(texts, find, plainly, words):
    assert find(words) == plainly(words)


def test_any_characters_in_a_row_find_their_text(texts, find):
    for text, key in texts.items():
        rows = [run for run in runs(text) if is_han(run)]
        parts = {run[at : at + long] for run in rows for long in (1, 2, 3, 5) for at in range(len(run) - long + 1)}
        assert [part for part in parts if key not in find(part)] == []


def test_a_case_is_found_by_its_number_and_by_its_area(enter, find):
    (key,) = enter("油烟。", case_no="D2HN202105020169")
    assert find("d2hn202105020169") == find("D2HN2021") == find("天元区") == find("tianyuan") == {key}
    assert find("2021050201") == set()


def test_an_inspection_is_searched_by_itself_or_with_all_others(enter, find):
    found = set(enter("油烟。"))
    assert (find("油烟"), find("油烟", None), find("油烟", "theirs")) == (found, found, set())
