"""Rules as data: the shipped ones are whole, a broken one says what is wrong, and none can take long."""

import time

import pytest

from app.domain.suggesting.kinds import Kind
from app.domain.suggesting.rules import Rule, folded, heard, problems, shipped, sound, stands_in


def rule(*words, unless=(), kind=Kind.TYPE, target="air", weight=3, **more):
    return Rule("x", kind, target, words, unless, weight, **more)


@pytest.mark.parametrize("code", shipped())
def test_every_shipped_rule_is_whole(code):
    assert list(problems(shipped()[code])) == []


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("黄烟", "夜里有黄烟", True),
        ("ktv", "楼下ＫＴＶ很吵", True),
        ("拖欠…工资", "拖欠农民工三个月的工资", True),
        ("拖欠...工资", "拖欠农民工三个月的工资", True),
        ("拖欠…工资", "工资被拖欠", False),
        ("拖欠…工资", "拖欠" + "很" * 20 + "工资", False),
        ("拖欠…工资", "拖欠" + "很" * 20 + "拖欠工资", True),
        ("甲…乙…丙", "甲和乙和丙", True),
    ],
)
def test_a_pattern_finds_its_parts_one_after_the_other_and_near(pattern, text, found):
    assert stands_in(pattern, folded(text)) is found


def test_a_word_that_stands_against_it_silences_a_rule():
    assert heard(rule("焚烧", unless=("焚烧发电",)), folded("露天焚烧")) == ("焚烧",)
    assert heard(rule("焚烧", unless=("焚烧发电",)), folded("垃圾焚烧发电厂")) == ()


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (rule(), "words"), (rule("烟"), "words"), (rule("…工资"), "words"), (rule("甲乙…"), "words"),
        (rule("一" * 41), "words"), (rule("甲…乙…丙…丁"), "words"), (rule("黄烟", unless=("臭",)), "unless"),
        (rule("黄烟", target="fog"), "target"), (rule("黄烟", kind=Kind.SCOPE), "kind"), (rule("黄烟", weight=9), "weight"),
        (rule("词语", kind=Kind.CLASS, target="air"), "target"), (rule(*["黄烟"] * 61), "words"),
    ],
)  # fmt: skip
def test_a_broken_rule_says_which_of_its_fields_and_why_and_stays_silent(broken, field):
    found = list(problems(broken))
    assert [one.field for one in found] == [field]
    assert found[0].sentence
    assert sound([broken]) == []


def test_a_rule_that_is_switched_off_is_silent():
    assert sound([rule("黄烟", enabled=False)]) == []


def test_no_text_and_no_pattern_make_a_rule_hang():
    """Of nested repetition, on which a regular expression would not return."""
    started = time.monotonic()
    assert not stands_in("啊啊…啊啊…吧", "啊" * 20_000)
    assert time.monotonic() - started < 20
