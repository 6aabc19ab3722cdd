"""`hotline exchange key`: given, listed, ended."""

import pytest

pytestmark = pytest.mark.sqlite  # over an instance of its own: once is enough


def test_a_key_is_shown_once_and_listed_without_it(copied):
    told = copied("exchange", "key", "add", "FixMyStreet", "--test").done("Key of FixMyStreet, shown only now: ")
    key = told.out.split(": ")[1].strip()
    listed = copied("exchange", "key", "list").done("1  FixMyStreet  all inspections, test, made ", ", never used")
    assert len(key) > 20
    assert key not in listed.out
    assert key.encode() not in copied.database.read_bytes()


def test_a_key_that_has_ended_is_listed_as_ended(copied):
    copied("exchange", "key", "add", "FixMyStreet").done()
    copied("exchange", "key", "revoke", "1").done("Key 1 has ended.")
    copied("exchange", "key", "list").done(", ended ")


def test_what_cannot_be_done_with_keys_is_said(copied):
    copied("exchange", "key", "add", "FixMyStreet", "--inspection", "nowhere").refused()
    copied("exchange", "key", "revoke", "7").refused("There is no key of this number.")
    assert copied("exchange", "key", "list").done().out == ""
