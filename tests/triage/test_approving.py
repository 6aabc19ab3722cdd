"""The text for hand-over: approved by a person, without what tells who reported."""

import pytest

from app.kernel.errors import NotAllowed, NotFound, Refused, Stale
from app.triage.commands import ApproveText
from app.triage.queries.wording import marks, pieces
from app.triage.services import approve_text
from tests.support.reports import the_case

TELLING = "本人家住3栋602室，电话19900000101，反映烧烤店油烟。"


@pytest.fixture
def case(office):
    return office.accepted(office.report(TELLING))[0]


def test_a_text_with_telling_words_is_refused_while_one_of_them_stands_unconfirmed(office, cast, case):
    telling = [found.words for found in marks(TELLING)]
    assert len(telling) >= 3
    for confirmed in (frozenset(), frozenset(telling[1:])):
        with pytest.raises(Refused):
            approve_text(cast["inspector"], ApproveText(case, TELLING, confirmed))
    assert the_case(case).text_approved_at is None
    approve_text(cast["inspector"], ApproveText(case, TELLING, frozenset(telling)))
    assert the_case(case).text_approved_by_id == cast.people["inspector"]


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
    cut = pieces(TELLING)
    assert "".join(piece.words for piece in cut) == TELLING
    assert sum(piece.mark is not None for piece in cut) == len(marks(TELLING))
