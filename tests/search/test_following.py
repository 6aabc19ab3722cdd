"""The index follows the case: in with its publication, out when it is taken down, by whichever hand; nothing else in it."""

import pytest
from sqlalchemy import delete, func, select

from app.casework import services
from app.casework.commands import Publish, Step
from app.db import session, transaction
from app.domain import search
from app.domain.search.indexing import PublishedText, PublishedToken
from app.domain.workflow.vocabulary import CaseState
from tests.casework.office import HANDED, SPOKEN, Office


@pytest.fixture
def office(cast, installation) -> Office:
    return Office(cast, installation)


@pytest.fixture
def passed(office):
    key = office.brought_to("city_pass", target="2024年6月底前完成", accountability="约谈1人")
    services.pass_reply(office.cast["inspector"], Step(key))
    return key


def count(noun) -> int:
    return session().scalar(select(func.count()).select_from(noun)) or 0


def test_nothing_is_found_before_it_is_published(passed, find):
    assert [find(word) for word in ("沥青", "拌和", SPOKEN, HANDED)] == [set()] * 4
    assert count(PublishedText) == 0


def test_every_published_column_is_found_and_never_the_words_of_a_person(passed, office, find):
    office.publish(passed)
    for word in ("拌和站", "经查", "立案处罚", "6月底前", "约谈", "天元"):
        assert find(word) == {passed}, word
    for word in (SPOKEN, HANDED, "沥青", "上报的办理", "举报人的答复", "拟公开"):
        assert find(word) == set(), word


def test_what_is_taken_down_is_no_longer_found_and_leaves_no_token(passed, office, find):
    office.publish(passed)
    services.unpublish(office.cast["leader"], Step(passed, words="有误"))
    assert find("拌和站") == set()
    assert (count(PublishedText), count(PublishedToken)) == (0, 0)


def test_a_reopened_case_stays_and_its_new_text_replaces_the_old(passed, office, find):
    office.publish(passed)
    services.reopen(office.cast["inspector"], Step(passed, words="复核"))
    assert find("拌和站") == {passed}
    services.pass_reply(office.cast["inspector"], Step(passed))
    services.publish(office.cast["inspector"], Publish(passed, "反映某化工厂。", "不实。"))
    assert (find("拌和站"), find("化工厂")) == (set(), {passed})


def test_a_publication_that_is_rolled_back_is_not_found(passed, find, monkeypatch, office):
    monkeypatch.setattr("app.casework.services.publishing.conclude", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.publish(passed)
    assert find("拌和站") == set()
    assert count(PublishedText) == 0


def test_a_hand_that_writes_directly_is_followed_too(enter, find, write):
    (key,) = enter("某化工厂偷排。")
    write(key, publication_problem="某造纸厂偷排。")
    assert (find("化工厂"), find("造纸厂")) == (set(), {key})
    write(key, state=str(CaseState.CANCELLED))
    assert find("造纸厂") == set()


def test_a_token_is_counted_once_for_each_text_it_is_in(enter):
    enter("偷排偷排", "夜间偷排")
    counted = dict(session().execute(select(PublishedToken.token, PublishedToken.texts)).all())
    assert (counted["偷排"], counted["夜间"]) == (2, 1)
    before = counted
    with transaction() as writing:
        assert search.rebuild(writing) == 2
    assert dict(session().execute(select(PublishedToken.token, PublishedToken.texts)).all()) == before


def test_an_empty_index_is_filled_where_something_is_published(enter, find):
    (key,) = enter("某化工厂偷排。")
    with transaction() as writing:
        writing.execute(delete(PublishedText))
        writing.execute(delete(PublishedToken))
    assert find("化工厂") == set()
    with transaction() as writing:
        assert search.index_if_missing(writing) == 1
        assert search.index_if_missing(writing) == 0
    assert find("化工厂") == {key}
