"""Self-identifying words are found before a text leaves the team. Every text here is made up."""

import pytest

from app.domain.privacy import NEUTRAL, Mark, find, given_places, recurring
from app.domain.privacy.numbers import is_card, is_identity

CORPUS = [
    # Telephones.
    ("请打13900001234找他", [Mark.PHONE]),
    ("电话 0731-28680230 白天有人", [Mark.PHONE]),
    ("手机139 0000 1234，139-0000-1234，139.0000.1234", [Mark.PHONE] * 3),
    ("打１３９００００１２３４即可", [Mark.PHONE]),
    ("我的号码是幺三九零零零零幺二三四", [Mark.PHONE]),
    ("一三九零零零零一二三四", [Mark.PHONE]),
    ("联系方式：28680230", [Mark.PHONE]),
    ("号码139****1234", [Mark.PHONE]),
    ("（0731）28680230", [Mark.PHONE]),
    ("+86 13900001234", [Mark.PHONE]),
    # Identity numbers, cards, accounts, plates.
    ("身份证430202199001011234", [Mark.IDENTITY]),
    ("11010519491231002X", [Mark.IDENTITY]),
    ("老证号430202900101123", [Mark.IDENTITY]),
    ("卡号4111 1111 1111 1111", [Mark.BANK]),
    ("发到 someone.made-up@example.com 即可", [Mark.ACCOUNT]),
    ("微信号abc12345，QQ：123456789", [Mark.ACCOUNT] * 2),
    ("车牌湘B12345的渣土车", [Mark.PLATE]),
    ("湘B·D12345、湘B1234学、湘B0012警、湘B1234挂", [Mark.PLATE] * 4),
    ("工单编号20240315001234至今没有答复", [Mark.EARLIER]),
    # Where somebody lives.
    ("住在3栋2单元501室", [Mark.HOUSE]),
    ("3栋2单元501的住户", [Mark.HOUSE]),
    ("三单元五楼长期漏油烟", [Mark.HOUSE]),
    ("12号楼楼下", [Mark.HOUSE]),
    ("１２号楼２单元", [Mark.HOUSE]),
    ("三栋一单元五零二", [Mark.HOUSE]),
    ("家住幸福小区东门旁，夜里很吵", [Mark.HOUSE]),
    ("5-2-301窗户正对烟囱", [Mark.HOUSE]),
    # Names and kin.
    ("我叫李小明，反映油烟", [Mark.NAME]),
    ("举报人：王某某，反映噪声", [Mark.NAME]),
    ("联系人陈大海，白天可联系", [Mark.NAME]),
    ("业主张某称夜间施工", [Mark.NAME]),
    ("刘女士反映烧烤店油烟", [Mark.NAME]),
    ("来电人欧阳先生反映", [Mark.NAME]),
    ("我爱人王某某咳嗽", [Mark.KIN]),
    ("我弟弟、我老公都闻得到", [Mark.KIN] * 2),
    ("我家孩子睡不着", [Mark.KIN]),
    # Oneself.
    ("我老公咳嗽，我家窗户不敢开", [Mark.KIN, Mark.OWN]),
    ("我们家楼下是烧烤店", [Mark.OWN]),
    ("我店隔壁、我厂门口", [Mark.OWN] * 2),
    ("我的车落满灰", [Mark.OWN]),
    ("就在我家楼上", [Mark.OWN]),
    ("我今年67岁，睡不着", [Mark.OWN]),
    ("我是某某厂职工，厂里夜间偷排", [Mark.WORK]),
    ("我是测试县某桥的，我老爹一闻就喘", [Mark.WORK, Mark.KIN]),
    ("我在某化工厂上班，看见偷排", [Mark.WORK]),
    ("本人是该小区业主", [Mark.WORK]),
    # What tells nobody.
    ("反映：某厂夜间排放刺激性气体。", []),
    ("累计生产12345678吨，2024年3月15日", []),
    ("该厂有三栋厂房，每栋排气筒高15米，旁边一栋一层平房", []),
    ("还我家园碧水蓝天，请父母官管一管", []),
    ("我们希望尽快处理，我认为不合理，我是认真的，我是来举报的", []),
    ("项目占地1200亩，投资13.9亿元，编号见公示", []),
    ("居民多次拨打12345、12369", []),
    ("晚上10点到凌晨2点最重，日处理3000吨", []),
    ("本人反映的问题至今没有解决", []),
    ("监测点位1-2-3号，COD浓度120毫克每升", []),
]


@pytest.mark.parametrize(("text", "marks"), CORPUS)
def test_each_kind_is_found_and_nothing_else(text, marks):
    assert [found.mark for found in find(text)] == marks


def test_a_find_says_where_it_stands_also_in_full_width():
    (found,) = find("找１３９００００１２３４问")
    assert (found.start, found.end, found.words) == (1, 12, "１３９００００１２３４")


def test_a_whole_address_is_one_mark():
    assert [found.words for found in find("油烟进了3栋2单元501，请管")] == ["3栋2单元501"]


def test_check_characters_are_weighed():
    assert is_identity("11010519491231002X")
    assert not is_identity("110105194912310021")
    assert is_card("4111 1111 1111 1111")
    assert not is_card("4111 1111 1111 1112")
    assert find("批复文号 123456789012345678") == []


def test_what_the_reporter_gave_is_noted_by_place_and_weighs_most():
    text = "钱小多家在测试路1号，电话139 0000 1234，请找钱小多。"
    places = given_places(text, "钱小多", "13900001234", "测试路1号")
    words = recurring(text, places)
    assert words == ("钱小多", "测试路1号", "139 0000 1234")
    assert [found.mark for found in find(text, words)] == [Mark.GIVEN] * 4
    assert given_places("无关的话", "钱小多", "13900001234", "测试路1号") == []
    assert given_places("王家村的问题", "王", "", "村") == []
    assert given_places("荷塘区仙庾镇的作坊", "", "", "荷塘区仙庾镇") == []


def test_every_kind_that_can_be_said_otherwise_has_neutral_words_that_are_not_marked_themselves():
    offered = [word for words in NEUTRAL.values() for word in words]
    assert offered
    assert [word for word in offered if find(word)] == []
