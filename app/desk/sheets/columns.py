"""What the columns of a ledger sheet may mean, by which headings they are known, and where the headings stand."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.tables.reading import HEADINGS_WITHIN, plain_heading
from app.domain.workflow.terms import Term

MOST_COLUMNS = 80
BRACKETS = re.compile(r"[(\[【〔（].*?[)\]】〕）]|[*＊:：、，,.]")
NOT_THE_REPORTER = ("被", "所举报", "涉事", "涉嫌")
"""How the heading of one begins who is complained of: never a column about the reporter."""


class SheetField(Term):
    """What a column may hold; `zh` is the heading in the sheet that can be had here."""

    RECEIVED = "received", "来件时间", "Received at"
    HOUR = "hour", "时刻", "Time of day"
    CHANNEL = "channel", "来件方式", "Came by"
    NAME = "name", "举报人", "Reporter's name"
    PHONE = "phone", "联系电话", "Reporter's telephone"
    HOME = "home", "举报人地址", "Reporter's address"
    ANONYMOUS = "anonymous", "是否匿名", "Wishes to stay anonymous"
    WORDS = "words", "反映问题", "What was reported"
    AREA = "area", "县市区", "County or district"
    TOWN = "town", "乡镇街道", "Town or street"
    PLACE = "place", "问题地址", "Place"
    POLLUTER = "polluter", "被举报单位", "Who pollutes"
    TYPES = "types", "污染类型", "Pollution types"
    SINCE = "since", "起始时间", "Since when"
    FREQUENCY = "frequency", "发生频次", "How often"
    EARLIER = "earlier", "以往投诉情况", "Earlier complaints"
    FOREIGN = "foreign", "对方编号", "Their number"
    ANSWER = "answer", "是否要求答复", "Wants an answer"


NEEDED = (SheetField.RECEIVED, SheetField.WORDS)
OF_THE_REPORTER = frozenset({SheetField.NAME, SheetField.PHONE, SheetField.HOME})
"""What is in these columns is not shown again, not even where it is wrong."""

ALSO: Mapping[SheetField, str] = {
    SheetField.RECEIVED: (
        "来电时间 受理时间 接听时间 接电时间 登记时间 举报时间 收件时间 受理日期 来电日期 来件日期 "
        "登记日期 举报日期 收件日期 来信日期 来信时间 接访时间 信访时间 反映时间 投诉时间 日期 时间"
    ),
    SheetField.HOUR: "具体时间 来电时刻 时分 时间",
    SheetField.CHANNEL: "受理方式 举报方式 举报渠道 信访方式 反映方式 反映渠道 来件类型 渠道 来源 信访形式 举报形式",
    SheetField.NAME: "来电人 信访人 反映人 投诉人 举报人姓名 来电人姓名 信访人姓名 姓名 联系人",
    SheetField.PHONE: "来电号码 电话 电话号码 举报电话 来电电话 手机 手机号 手机号码 联系方式 联系号码 联系电话号码",
    SheetField.HOME: "来电人地址 举报人住址 信访人地址 投诉人地址 住址 家庭住址 联系地址 通讯地址",
    SheetField.ANONYMOUS: "匿名 是否要求匿名",
    SheetField.WORDS: (
        "反映内容 反映的问题 举报内容 举报问题 问题描述 主要内容 诉求内容 基本情况 交办问题基本情况 "
        "转办问题基本情况 问题内容 事项内容 来电内容 信访内容 投诉内容 举报事项 问题简述 主要问题 "
        "内容摘要 问题摘要 内容 诉求 事由"
    ),
    SheetField.AREA: "行政区域 行政区 涉及区域 所属区域 区县 县区 县市 区域 所在区县 所属区县 所属县市区 涉及县市区",
    SheetField.TOWN: "乡镇 街道 镇街 乡镇(街道) 街道乡镇 所属乡镇",
    SheetField.PLACE: (
        "地址 地点 污染地址 污染地点 事发地点 事发地址 发生地点 具体地址 具体地点 详细地址 问题地点 "
        "问题发生地 案发地点 被举报单位地址 位置 污染源地址 举报地址"
    ),
    SheetField.POLLUTER: (
        "被举报人 被反映人 被举报对象 被反映单位 被反映对象 被投诉单位 被投诉人 被投诉对象 举报对象 "
        "污染单位 污染企业 污染主体 涉事企业 涉事单位 企业名称 单位名称 被举报单位名称 污染源 污染源名称 "
        "涉及单位 责任主体 涉嫌污染单位"
    ),
    SheetField.TYPES: "问题类型 污染类别 问题类别 举报类型 举报类别 污染要素 类型 类别",
    SheetField.SINCE: "开始时间 发生时间 何时开始 持续时间 污染起始时间",
    SheetField.FREQUENCY: "频次 频率 发生频率 污染频次 污染时段",
    SheetField.EARLIER: "以往投诉 以往投诉编号 曾投诉情况 是否曾投诉 历史投诉",
    SheetField.FOREIGN: "来文编号 工单编号 工单号 原编号 转办编号 12345编号 12369编号 来文号 原受理编号 受理编号 编号",
    SheetField.ANSWER: "是否回复 是否需要回复 是否需回复 是否答复 是否反馈 是否需要答复",
}
"""Other headings of the same, as offices write them."""
KNOWN: list[tuple[str, SheetField]] = [
    (word, field) for field in SheetField for word in (field.zh, *ALSO[field].split())
]
"""Every heading we know and its field; 「时间」 stands for two, the second when the first has its column already."""


def find_headings(rows: Sequence[Sequence[Any]]) -> int:
    """Which row holds the headings, from 0: the one where most are known, the first that is not empty otherwise."""
    found = [len(recognise(row)) for row in rows[:HEADINGS_WITHIN]]
    best = max(found, default=0)
    if best > 1:
        return found.index(best)
    return next((at for at, row in enumerate(rows) if any(str(cell).strip() for cell in row)), 0)


def recognise(headings: Sequence[Any]) -> dict[SheetField, int]:
    """What the columns mean by their headings: each field once, the column that says it most plainly."""
    plain = [_bare(heading) for heading in headings[:MOST_COLUMNS]]
    found: dict[SheetField, int] = {}
    for means in (_exactly, _by_its_end):
        for at, heading in enumerate(plain):
            if heading and at not in found.values():
                field = next((field for field in means(heading) if field not in found), None)
                if field is not None:
                    found[field] = at
    return found


def _exactly(heading: str) -> list[SheetField]:
    return [field for word, field in KNOWN if _bare(word) == heading]


def _by_its_end(heading: str) -> list[SheetField]:
    """举报人联系电话 is a telephone; 被举报人姓名 names nobody who reported."""
    ending = sorted(((word, field) for word, field in KNOWN if heading.endswith(word)), key=lambda one: -len(one[0]))
    accused = heading.startswith(NOT_THE_REPORTER)
    return [field for word, field in ending if len(word) > 1 and not (accused and field in OF_THE_REPORTER)]


def _bare(heading: Any) -> str:
    """Without spaces, what stands in brackets, stars and colons."""
    return plain_heading(BRACKETS.sub("", unicodedata.normalize("NFKC", str(heading))))


def letters_of(column: int) -> str:
    """What a spreadsheet calls its columns: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name
