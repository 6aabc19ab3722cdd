"""The office reads Chinese: every sentence of the house has its Chinese, one Chinese, with the same places to fill."""

import re
from collections import defaultdict

from app.domain.workflow.vocabulary import Guard
from tests.support.msgids import ENGLISH, extracted, translations

PLACES = re.compile(r"%\((\w+)\)s|(?<!%)%[sd]|\{\w+\}")
HALF_WIDTH = re.compile(r"[一-鿿][,;:?!]|[,;?!][一-鿿]")
GUARDS = {guard.en for guard in Guard}
"""Sentences of conditions bring their own Chinese (app/web/errors.py)."""


def test_every_sentence_has_its_chinese():
    known = {msgid for _, msgid, _ in translations()}
    needed = {msgid: place for msgid, place in extracted().items() if not place.startswith(ENGLISH)}
    missing = [f"{place}: {msgid}" for msgid, place in needed.items() if msgid not in known | GUARDS]
    assert not missing, f"{len(missing)} sentences without Chinese:\n" + "\n".join(missing)


def test_a_sentence_has_the_same_chinese_everywhere():
    chinese = defaultdict(set)
    for catalog, msgid, told in translations():
        chinese[msgid].add((told, catalog))
    torn = {msgid: told for msgid, told in chinese.items() if len({words for words, _ in told}) > 1}
    assert torn == {}


def test_the_places_to_fill_are_the_same_in_both_languages():
    torn = [
        (catalog, msgid, told)
        for catalog, msgid, told in translations()
        if set(PLACES.findall(told)) - set(PLACES.findall(msgid))
    ]
    assert torn == []


def test_no_catalog_keeps_a_sentence_nobody_says():
    said = set(extracted()) | GUARDS
    idle = [f"{catalog}: {msgid}" for catalog, msgid, _ in translations() if msgid not in said]
    assert not idle, f"{len(idle)} idle sentences:\n" + "\n".join(idle)


def test_chinese_has_full_width_punctuation():
    half = [(catalog, told) for catalog, _, told in translations() if HALF_WIDTH.search(told)]
    assert half == []
