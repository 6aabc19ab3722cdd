"""Possible repeats: suggested with grounds in words, within one inspection, and never merged."""

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain import search
from app.domain.report import Report
from app.domain.reporter import Identity, Reporter
from app.domain.search import rarity
from app.domain.search.repeats import alike_pieces
from app.kernel import crypto
from app.triage.commands import Merge
from app.triage.services import merge
from tests.support.browsing import browse
from tests.support.cast import LUSONG, TIANYUAN
from tests.support.reports import Office

QUARRY = "荷塘区明照某采石场白天放炮，运输车不盖篷布，一路扬尘，路边菜叶全是灰。"
PIGS = "白关镇选青村养猪场污水直排石羊河，河水发黑，夏天臭味很大。"
HERE = (27.8280, 113.0823)


@pytest.fixture
def office(app, cast, installation) -> Office:
    return Office(installation, cast)


@pytest.fixture
def known(office):
    for floor in range(1, 12):
        office.report(f"某小区{floor}楼餐馆油烟直排，噪声扰民，居民意见很大。")
    return {"quarry": office.report(QUARRY), "pigs": office.report(PIGS, area_code=LUSONG)}


@pytest.fixture
def ask(cast):
    def ask(words, inspection="ours", **more):
        session().rollback()
        return search.repeats(session(), getattr(cast, inspection), words, **more)

    return ask


def told(one) -> list[str]:
    return [ground.message % ground.params for ground in one.grounds]


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("采石场放炮扬尘很大，运输车从来不盖篷布", "quarry"),
        ("选青村那个养猪场又排污水到石羊河里了", "pigs"),
        (PIGS, "pigs"),
    ],
)
def test_the_same_matter_told_otherwise_comes_first(known, ask, words, name, counted):
    if counted:
        rarity.count_again(None)
    assert ask(words)[0].report_id == known[name]


@pytest.mark.parametrize("words", ["", "。", "今天天气很好", "工资拖欠三个月了没人管", "asdf qwer", "\x00'\"*"])
def test_other_matters_and_nonsense_suggest_nothing(known, ask, words):
    assert ask(words, area_code=TIANYUAN, types=("water",)) == []


def test_what_is_alike_is_marked(known, ask):
    (first, *_) = ask("选青村养猪场又臭了")
    assert "".join(words for words, _ in first.pieces) == PIGS
    assert [words for words, alike in first.pieces if alike] == ["选青村养猪场"]


def test_a_long_text_is_shown_around_what_is_alike():
    pieces = alike_pieces("前言" * 100 + "选青村养猪场" + "后语" * 100, {"选青": 9.0, "青村": 9.0, "后语": 0.1})
    assert [words for words, alike in pieces if alike] == ["选青村"]
    assert (pieces[0], pieces[-1]) == (("…", False), ("…", False))


def test_the_report_itself_and_other_inspections_are_not_suggested(known, ask):
    assert [one.report_id for one in ask(PIGS)] == [known["pigs"]]
    assert ask(PIGS, besides=known["pigs"]) == []
    assert ask(PIGS, inspection="theirs") == []


def test_a_clerk_can_be_kept_to_own_entries(known, ask, cast):
    assert len(ask(PIGS, taken_by=cast.people["clerk"])) == 1
    assert ask(PIGS, taken_by=cast.people["clerk2"]) == []


def test_a_near_place_a_polluter_and_a_telephone_are_grounds(office, ask, installation):
    caller = Reporter("毛测试", "13900000001", "")
    key = office.report("有异味。", polluter="金桥涂料有限公司", point=HERE, reporter=caller)
    near = ask("夜里很吵", point=(HERE[0] + 0.002, HERE[1]))
    assert [(one.report_id, told(one)) for one in near] == [(key, ["220 m away"])]
    assert ask("夜里很吵", point=(HERE[0] + 0.02, HERE[1])) == []
    named = ask("夜里很吵", polluter="金桥涂料厂", point=HERE)
    assert "10 m away" in told(named[0])
    index = crypto.blind_index(installation.vault.index, "13900000001")
    assert session().scalar(select(func.count()).where(Identity.phone_index == index)) == 1
    both = ask("金桥涂料有限公司夜里很吵", phone_index=index)
    assert told(both[0])[:2] == ["same polluter", "perhaps the same telephone"]


def test_nothing_is_merged_by_being_suggested(known, ask):
    ask(PIGS)
    assert session().scalar(select(func.count()).where(Report.matter_id.is_not(None))) == 0


def test_the_reports_page_suggests_with_grounds_and_a_way_to_merge(app, cast, known, office):
    key = office.report("选青村养猪场又在排污水，石羊河都臭了", area_code=LUSONG)
    page = browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{key}")
    number = session().get_one(Report, known["pigs"]).number
    assert f"do/merge?earlier={number}" in page.text
    assert "依据：" in page.text
    assert "<mark>选青村养猪场污水</mark>" in page.text
    assert "do/merge?earlier" not in browse(app).as_(cast, "supervisor").get(f"/staff/triage/report/{key}").text
    merging = browse(app).as_(cast, "inspector").get(f"/staff/triage/report/{key}/do/merge?earlier={number}")
    assert f'value="{number}"' in merging.text


def test_only_who_may_know_of_the_reporter_is_told_of_a_telephone(app, cast, office):
    caller = Reporter("毛测试", "13900000001", "")
    office.report("白鹤村养猪场排污水。", reporter=caller)
    key = office.report("白鹤村养猪场排污水，很臭。", reporter=caller)
    seen = {
        login: "同一电话" in browse(app).as_(cast, login).get(f"/staff/triage/report/{key}").text
        for login in ("inspector", "leader", "supervisor")
    }
    assert seen == {"inspector": True, "leader": True, "supervisor": False}


def test_what_the_reporter_names_comes_first_and_what_is_one_matter_no_more(app, cast, known, office):
    other = office.report("垃圾无人清运。")
    number = session().get_one(Report, other).number
    key = office.report(f"选青村养猪场又排污水到石羊河。上次的编号是{number}。")
    inspector = browse(app).as_(cast, "inspector")
    text = inspector.get(f"/staff/triage/report/{key}").text
    assert text.index("举报人提到该编号") < text.index(session().get_one(Report, known["pigs"]).number)
    merge(cast["inspector"], Merge(key, number))
    after = inspector.get(f"/staff/triage/report/{key}").text
    assert "举报人提到该编号" not in after
