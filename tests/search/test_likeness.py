"""“Is it this one?”: what is offered is public, of this inspection, near or alike; nonsense is offered nothing."""

from dataclasses import fields

import pytest

from app.db import session, transaction
from app.domain import geography, search
from app.domain.case import Case
from app.domain.search import Alike

QUARRY = "荷塘区明照某采石场白天放炮，运输车不盖篷布，一路扬尘，路边菜叶全是灰。"
PIGS = "白关镇选青村养猪场污水直排石羊河，河水发黑，夏天臭味很大。"
HERE = (27.8280, 113.0823)  # in 天元区, which answers for every case here


@pytest.fixture
def known(enter):
    others = [f"某小区{floor}楼餐馆油烟直排，噪声扰民，居民意见很大。" for floor in range(1, 30)]
    quarry, pigs, *_ = enter(QUARRY, PIGS, *others)
    return {"quarry": quarry, "pigs": pigs}


@pytest.fixture
def ask(cast):
    def ask(words, **more) -> list[Alike]:
        session().rollback()
        return search.alike(session(), cast.ours, words, **more)

    return ask


@pytest.fixture
def lies_at():
    """Reports of the history have no place; this gives one to a case's."""

    def lies_at(case_id, point) -> None:
        with transaction() as writing:
            report = writing.get_one(Case, case_id).report
            report.latitude, report.longitude = point

    return lies_at


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("采石场放炮扬尘很大，运输车从来不盖篷布", "quarry"),
        ("选青村那个养猪场又排污水到石羊河里了", "pigs"),
        (PIGS, "pigs"),
    ],
)
def test_the_same_matter_told_otherwise_is_offered_first(known, ask, words, name):
    assert ask(words)[0].case_id == known[name]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "。",
        "今天天气很好",
        "工资拖欠三个月了没人管",
        "asdf qwer",
        "的的的的的的",
        "\x00'\"*",
        "请尽快处理，谢谢领导",
    ],
)
def test_nonsense_and_other_matters_are_offered_nothing(known, ask, words):
    assert ask(words, area_code="430211", types=("water",)) == []


def test_what_is_near_is_offered_without_a_word_in_common(known, ask, lies_at):
    lies_at(known["quarry"], HERE)
    assert [one.case_id for one in ask("夜里很吵", point=HERE)] == [known["quarry"]]
    assert ask("夜里很吵", point=(HERE[0] + 0.02, HERE[1])) == []


def test_a_place_that_is_told_to_nobody_is_near_to_nothing(known, ask, lies_at, write):
    lies_at(known["quarry"], (27.8561, 113.1732))  # in another area than the one that answers
    assert ask("夜里很吵", point=(27.8561, 113.1732)) == []
    lies_at(known["quarry"], HERE)
    write(known["quarry"], place_hidden=True)
    assert ask("夜里很吵", point=HERE) == []


def test_nobody_learns_an_exact_place_by_asking(known, ask, lies_at):
    """Two places in one cell of the public grid give the same answers, wherever one asks from."""
    south, west = (edge - 0.0024 for edge in geography.rounded(*HERE))
    asked = [(south + step / 1000, west) for step in range(8)]
    answers = []
    for place in ((south, west), (south + 0.0047, west + 0.0047)):
        lies_at(known["quarry"], place)
        answers.append([ask("夜里很吵", point=point) for point in asked])
    assert answers[0] == answers[1]


def test_what_is_taken_down_is_offered_no_longer(known, ask, write):
    write(known["pigs"], published_at=None)
    assert ask(PIGS) == []


def test_another_inspections_cases_are_not_offered(known, cast):
    session().rollback()
    assert search.alike(session(), cast.theirs, PIGS) == []


def test_at_most_so_many_are_offered_the_likeliest_first(known, ask):
    found = ask("某小区餐馆油烟直排，噪声扰民，居民意见很大", most=3)
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_an_offer_holds_nothing_that_is_not_published():
    assert {field.name for field in fields(Alike)} == {
        "case_id", "number", "problem", "area", "area_en", "published_on", "score",
    }  # fmt: skip
