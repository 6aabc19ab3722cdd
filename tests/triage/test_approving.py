"""The text for hand-over: approved by a person, without what tells who reported."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import session
from app.domain.ledger import LedgerEntry
from app.domain.privacy import Mark, find
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from app.triage.commands import ApproveText
from app.triage.queries.wording import marks, pieces
from app.triage.services import approve_text
from tests.support.browsing import browse
from tests.support.reports import the_case, the_report

TELLING = "本人家住3栋602室，电话19900000101，反映烧烤店油烟。"
WHY = "核查需要"


@pytest.fixture
def case(office):
    return office.accepted(office.report(TELLING))[0]


def telling(case, text=TELLING):
    return [found.words for found in marks(the_case(case).report, text)]


def last_facts(case):
    entries = session().scalars(select(LedgerEntry).where(LedgerEntry.noun == "case", LedgerEntry.noun_id == case))
    return [entry.facts for entry in entries if entry.action == "approve_text"][-1]


def test_a_text_with_telling_words_is_refused_while_one_of_them_stands_without_a_reason(office, cast, case):
    words = telling(case)
    assert len(words) >= 2
    for kept in ({}, dict.fromkeys(words[1:], WHY), dict.fromkeys(words, "  ")):
        with pytest.raises(Refused) as refusal:
            approve_text(cast["inspector"], ApproveText(case, TELLING, kept))
        assert "kept" in refusal.value.fields
    assert the_case(case).text_approved_at is None
    approve_text(cast["inspector"], ApproveText(case, TELLING, dict.fromkeys(words, WHY)))
    assert the_case(case).text_approved_by_id == cast.people["inspector"]
    assert [one["reason"] for one in the_case(case).text_kept] == [WHY] * len(words)


def test_the_ledger_tells_kinds_and_counts_and_never_the_words(cast, case):
    approve_text(cast["inspector"], ApproveText(case, "举报人反映烧烤店油烟。", replaced=(Mark.HOUSE,)))
    facts = last_facts(case)
    assert facts == {"replaced": {"house": 1}, "removed": {"given": 1}}
    assert the_case(case).text_kept is None


def test_what_the_reporter_also_gave_of_themselves_is_marked_wherever_it_stands(office, cast):
    report = office.report("毛测试反映：某厂夜间排黄烟，请回电199 0000 0101。")
    assert the_report(report).given == [[0, 3], [17, 30]]
    (case,) = office.accepted(report)
    assert telling(case, "毛测试称厂里冒黄烟。") == ["毛测试"]
    with pytest.raises(Refused):
        approve_text(cast["inspector"], ApproveText(case, "毛测试称厂里冒黄烟。"))


def test_where_the_name_stands_is_forgotten_with_the_last_hand_over(office):
    morning, evening = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
    report = office.report("毛测试反映：某厂夜间排黄烟。", at=morning)
    (case,) = office.accepted(report, at=morning)
    office.approved(case, at=morning)
    assert the_report(report).given is not None
    office.handed_over(office.closed(evening), evening)
    assert the_report(report).given is None


def test_a_name_is_still_a_name_without_what_introduced_it(office, cast):
    (case,) = office.accepted(office.report("我叫李小明，反映某厂黄烟。"))
    with pytest.raises(Refused):
        approve_text(cast["inspector"], ApproveText(case, "李小明反映某厂黄烟。"))


def test_each_mark_is_resolved_by_one_press_without_a_script(app, cast, office):
    (case,) = office.accepted(office.report("家住测试小区5栋302，我爱人咳嗽，电话19900000109。"))
    page = browse(app).as_(cast, "inspector")
    page.get(f"/staff/triage/case/{case}/text")
    assert "请逐处" in page.submit(status=422)
    for press in ("0:1", "0:0"):
        page.submit({"press": press}, status=200)
    left = page.submit({"press": "0:gone"}, status=200)
    assert left.form().values["text"] == "某栋楼，家人咳嗽。"
    assert "不再有标记" in left
    page.submit({})
    assert last_facts(case) == {"replaced": {"house": 1, "kin": 1}, "removed": {"phone": 1}}


def test_an_approved_text_is_replaced_by_approving_again(office, cast, case):
    office.approved(case, "反映：烧烤店油烟。")
    office.approved(case, "反映：烧烤店油烟直排。")
    assert the_case(case).handover_text == "反映：烧烤店油烟直排。"


def test_an_empty_text_is_refused(cast, case):
    with pytest.raises(Refused):
        approve_text(cast["inspector"], ApproveText(case, "  "))


def test_a_text_approved_on_an_outdated_page_is_stale(office, cast, case):
    seen = the_case(case).version
    office.approved(case)
    with pytest.raises(Stale):
        approve_text(cast["leader"], ApproveText(case, "反映：油烟。", version=seen))


def test_only_inspector_and_leader_of_the_inspection_approve(cast, case):
    with pytest.raises(NotAllowed):
        approve_text(cast["supervisor"], ApproveText(case, "反映：油烟。"))
    for login in ("foreign_inspector", "coordinator", "officer"):
        with pytest.raises(NotFound):
            approve_text(cast[login], ApproveText(case, "反映：油烟。"))


def test_the_marked_pieces_are_the_whole_text():
    cut = pieces(TELLING, find(TELLING))
    assert "".join(piece.words for piece in cut) == TELLING
    assert sum(piece.mark is not None for piece in cut) == len(find(TELLING))
