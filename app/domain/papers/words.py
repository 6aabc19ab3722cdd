"""The words that a template may fill in, kind by kind, and made-up ones to try it with: an allow-list, nothing else.

They are Chinese, for the office writes them into its templates: {{ 受理编号 }}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.papers.paper import STEP_FORMS, PaperKind

SHELL = ("督察轮次", "督察组", "被督察地区", "批次", "交办日期", "时段起", "时段止")
CASE = (
    "受理编号",
    "涉及区域",
    "污染类型",
    "责任单位",
    "收到日期",
    "反馈期限",
    "重点件",
    "共同办理",
    "转办问题基本情况",
)
SUMS = ("交办", "分解增加", "分解后", "重点件数")
AREA = ("名称", "交办", "分解增加", "分解后", "重点件数")
SHARE = ("名称", "件数", "占比")
CHANNEL = ("名称", "件数")
CYCLE = ("督察轮次", "督察组", "被督察地区", "受理编号", "整改轮次", "反馈问题", "责任单位")
PLAN = ("整改目标", "整改时限", "整改措施", "整改完成情况")
STEP = ("步骤", "意见", "签署人", "签署角色", "签署时间", "结果", "签名", "佐证数")
NOTICE = ("销号意见", "公示时间", "受理部门", "联系电话", "联系地址")
LINE = ("名称", "内容")
SIGNED = ("步骤", "意见", "签署人", "签署角色", "签署时间")
IN_ALL = ("累计交办", "累计分解增加", "累计分解后", "累计重点件数")


@dataclass(frozen=True)
class Words:
    """`plain` words stand for themselves; each of `lists` is gone through, and its parts have words of their own."""

    plain: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


WORDS: Mapping[PaperKind, Words] = {
    PaperKind.ORDER: Words(SHELL + CASE),
    PaperKind.ORDERS: Words(SHELL + CASE),
    PaperKind.LETTER: Words((*SHELL, *SUMS, "反馈期限"), {"转办件": ("序号", *CASE), "区域": AREA, "类型": SHARE}),
    PaperKind.LIST: Words(SHELL + SUMS),
    PaperKind.COUNTS: Words(SHELL + SUMS + IN_ALL),
    PaperKind.KINDS: Words(SHELL + SUMS),
    PaperKind.BULLETIN: Words(SHELL + SUMS + IN_ALL, {"受理方式": CHANNEL, "区域": AREA, "类型": SHARE}),
    **{kind: Words(CYCLE + PLAN + STEP + NOTICE, {"佐证": LINE, "已签": SIGNED}) for kind in STEP_FORMS},
}
MADE_UP = {
    "督察轮次": "第二轮督察",
    "督察组": "某督察组",
    "被督察地区": "某市",
    "批次": "3",
    "交办日期": "2024年3月17日",
    "时段起": "3月15日20时",
    "时段止": "3月16日20时",
    "受理编号": "D2ZZ202403160001",
    "涉及区域": "某区",
    "污染类型": "大气、噪声",
    "责任单位": "某区人民政府",
    "收到日期": "2024年3月16日",
    "反馈期限": "2024年3月24日",
    "重点件": "是",
    "共同办理": "共同办理",
    "转办问题基本情况": "反映：㵲水河边某厂夜间排放黄烟，气味刺鼻。\n另反映噪声扰民。",
    "名称": "某区",
    "占比": "33.3",
    "整改轮次": "1",
    "反馈问题": "某厂夜间排放废气，气味刺鼻。",
    "整改目标": "废气稳定达标排放。",
    "整改时限": "2024年6月30日",
    "整改措施": "一、更换活性炭。\n二、安装在线监控。",
    "整改完成情况": "两项措施均已完成。",
    "步骤": "县级验收",
    "意见": "现场查看，符合要求。",
    "签署人": "某某",
    "签署角色": "验收人员",
    "签署时间": "2024年7月3日 10:30",
    "结果": "通过",
    "签名": "0" * 64,
    "佐证数": 2,
    "内容": "见附件。",
    "销号意见": "已按要求完成整改，拟同意销号。",
    "公示时间": "2024年7月4日至2024年7月17日",
    "受理部门": "某市突出生态环境问题整改工作领导小组办公室",
    "联系电话": "0731-00000000",
    "联系地址": "某市某路1号",
}


def made_up(kind: PaperKind) -> dict[str, Any]:
    """Something for every word of a kind, so that a template can be tried before it is kept."""
    words = WORDS[kind]
    lists = {name: [{part: MADE_UP.get(part, 2) for part in parts}] * 2 for name, parts in words.lists.items()}
    return {name: MADE_UP.get(name, 2) for name in words.plain} | lists
