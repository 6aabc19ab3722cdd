"""The questions of an inspection are edited as text; what cannot be read is named by its line."""

import pytest

from app.administration.forms.questions import read, write
from app.domain import catalogue

OWN = "[noise]\nhours = 什么时段？ | At what hours?\n- 白天 | By day\n- 夜里\n\n[水]\nsmell = 什么气味？"


@pytest.fixture(autouse=True)
def page(app):
    with app.test_request_context("/?lang=zh"):
        yield


def test_what_is_written_is_read_as_it_was():
    assert read(write(catalogue.questions(read(OWN)).values())) == read(OWN)


def test_a_type_may_be_named_by_its_code_or_its_word():
    assert [(one["type"], one["code"]) for one in read(OWN)] == [("noise", "hours"), ("water", "smell")]


def test_what_has_no_english_is_asked_as_it_is():
    assert read(OWN)[0]["choices"][1] == {"zh": "夜里", "en": "夜里"}


def test_the_shipped_questions_unchanged_stay_those_that_are_shipped():
    assert read(write(catalogue.shipped_questions().values())) is None


def test_nothing_written_asks_nothing():
    assert read("  \n# nothing\n") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hours = 什么时段？", "第1行：第一个问题之前"),
        ("[噪音]", "第1行：没有“噪音”这个类型"),
        ("[noise]\n- 白天", "第2行：选项要写在"),
        ("[noise]\nHours = 什么", "第2行：这一行应当是"),
        ("[noise]\nhours = ", "第2行：请写1到"),
        ("[noise]\nhours = 一？\nhours = 二？", "第3行：有两个问题"),
        ("[noise]\nhours = 一？\n- 白天", "只有一个选项"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text, said):
    with pytest.raises(ValueError, match=said):
        read(text)
