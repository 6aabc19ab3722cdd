"""Self-identifying words are found before a text leaves the team."""

import pytest

from app.domain.privacy import Mark, find


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("请打13900001234找他", [Mark.PHONE]),
        ("电话 0731-28680230 白天有人", [Mark.PHONE]),
        ("身份证430202199001011234", [Mark.IDENTITY]),
        ("车牌湘B12345的渣土车", [Mark.PLATE]),
        ("住在3栋2单元501室", [Mark.HOUSE]),
        ("我老公咳嗽，我家窗户不敢开", [Mark.KIN, Mark.OWN]),
        ("反映：某厂夜间排放刺激性气体。", []),
        ("累计生产12345678吨，2024年3月15日", []),
    ],
)
def test_each_kind_is_found_and_nothing_else(text, marks):
    assert [found.mark for found in find(text)] == marks


def test_a_find_says_where_it_stands():
    (found,) = find("找13900001234问")
    assert (found.start, found.end, found.words) == (1, 12, "13900001234")
