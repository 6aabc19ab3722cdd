"""Codes, seals and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import crypto


@given(st.text(min_size=1))
def test_a_code_read_back_is_the_code(secret):
    code = crypto.query_code_from(b"key", secret)
    assert crypto.read_query_code(code) == code.replace("-", "")


@given(st.integers(0, 23), st.sampled_from(crypto.ALPHABET))
def test_one_wrong_character_is_mostly_noticed(place, letter):
    """A changed character is noticed unless its place's weight hides it: a courtesy, the code is its own lock."""
    code = crypto.query_code_from(b"key", "one").replace("-", "")
    changed = code[:place] + letter + code[place + 1 :]
    if changed != code and (place + 1) % 2:  # odd weights are units modulo 32
        assert crypto.read_query_code(changed) is None


def test_letters_that_look_like_digits_are_forgiven():
    code = next(c for c in (crypto.query_code_from(b"k", str(n)) for n in range(99)) if "0" in c and "1" in c)
    assert crypto.read_query_code(code.replace("0", "o").replace("1", "l")) == code.replace("-", "")


@pytest.mark.parametrize("typed", ["", "x", "0" * 24, "中文" * 12, "U" * 25])
def test_what_cannot_be_a_code_is_none(typed):
    assert crypto.read_query_code(typed) is None


def test_whoever_seals_cannot_open():
    public, locked = crypto.new_key_pair("right")
    sealed = crypto.seal(public, b"plain")
    assert b"plain" not in sealed
    with pytest.raises(crypto.WrongPassphrase):
        crypto.Opener(locked, "wrong")
    assert crypto.Opener(locked, "right").open(sealed) == b"plain"


def test_canonical_json_does_not_depend_on_order():
    assert crypto.digest({"a": 1, "b": "二"}) == crypto.digest({"b": "二", "a": 1})


def test_the_blind_index_has_thirteen_bits():
    marks = {crypto.blind_index(b"key", f"1390000{n:04}") for n in range(3000)}
    assert max(marks) < 2**13
    assert len(marks) > 2000
