"""What changed between two versions, clause by clause."""

from hypothesis import given
from hypothesis import strategies as st

from app.casework.differences import differences


def test_a_changed_clause_is_shown_as_taken_away_and_added():
    pieces = differences("经查，属实。已整改。", "经查，部分属实。已整改。")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "经查，"),
        ("gone", "属实。"),
        ("new", "部分属实。"),
        ("same", "已整改。"),
    ]


@given(st.text("经查，。\n属实", max_size=30), st.text("经查，。\n属实", max_size=30))
def test_both_texts_can_be_read_from_the_differences(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after
