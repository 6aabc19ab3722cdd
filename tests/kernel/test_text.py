"""Plain text as people send it."""

import pytest

from app.kernel import text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  臭味\r\n很大\r", "臭味\n很大"),
        ("零\u200b宽\ufeff", "零宽"),
        ("倒\u202e着", "倒着"),
        ("㵲水 𠮷野", "㵲水 𠮷野"),
        ("\x00\x07", ""),
        ("\x9c", ""),
        ("一行\x85又一行\x9f", "一行\n又一行"),
    ],
)
def test_invisible_characters_go_and_words_stay(sent, kept):
    assert text.tidy(sent) == kept


@pytest.mark.parametrize("typed", ["13900001234", "+86 139-0000-1234", "１３９００００１２３４", "86 13900001234"])
def test_a_telephone_number_is_the_same_however_it_is_typed(typed):
    assert text.phone_digits(typed) == "13900001234"


def test_an_excerpt_says_that_it_was_cut():
    assert text.excerpt("一二三四五", 4) == "一二三…"
    assert text.excerpt("一二\n三", 4) == "一二 三"
