"""What a generated report says: made-up places, polluters and complaints, as long and as unevenly spread as real ones.

Nothing is taken from real input; the lengths follow what was measured on it (median 140 characters, the tenth part
above 530, the hundredth above 1,800), and few matters are reported by many while most are reported once.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

FIRST = "金银长永新东西南北大小青白黄红石龙凤鹤云湘江荷芦枫栗樟桐柏松竹梅兰桂杨柳玉宝福安泰和兴旺富源清溪河湖塘坝桥"
SECOND = "山岭冲坡坪湾塘桥渡口港洲潭泉井湖田园林场庙亭坳塅垅溪铺店镇街城关门台湾洞岩石沙水源头尾里家屋楼"
TRADES = {
    "air": ("化工", "涂料", "家具", "饭店", "烧烤店", "砖厂", "沥青拌和站", "喷漆厂", "铸造", "再生胶", "烟花"),
    "water": ("养猪场", "电镀", "洗水厂", "屠宰场", "豆制品", "污水处理厂", "造纸", "养鸭场", "洗沙场", "食品"),
    "noise": ("歌厅", "空调", "建筑工地", "木材加工", "冷却塔", "广场舞", "石材", "钢材市场", "洗车行", "幼儿园"),
    "ecology": ("采石场", "砂场", "果园", "林场", "水电站", "旅游开发", "矿山", "风电场", "堆场", "码头"),
    "soil": ("冶炼", "电池", "尾矿库", "废品站", "垃圾填埋场", "渣土场", "拆解厂", "选矿", "磷肥", "炼锌"),
    "radiation": ("基站", "变电站", "高压线", "探伤", "广播塔", "医院放射科", "雷达站", "安检设备", "辐照", "信号塔"),
    "other": ("物流园", "停车场", "加油站", "市场", "公厕", "垃圾站", "殡仪馆", "养蜂场", "仓库", "驾校"),
}
SAID = {
    "air": (
        "排放刺鼻气味", "夜间偷排废气", "油烟直接排入楼道", "扬尘污染严重", "露天焚烧垃圾", "烟囱冒黑烟",
        "臭味熏得人无法开窗", "车辆运输抛洒滴漏", "未安装油烟净化设施", "粉尘落满庄稼和屋顶", "喷漆作业未密闭",
        "异味从下水道返上来", "拌和站没有喷淋降尘", "半夜有塑料烧焦的味道",
    ),
    "water": (
        "污水直排河里", "废水渗入农田", "井水发黄不能饮用", "鱼塘大量死鱼", "粪污未经处理外流", "河水发黑发臭",
        "雨污混流从井盖涌出", "晚上用暗管排放废水", "水面漂着白色泡沫", "沉淀池长期溢流", "灌溉渠被油污覆盖",
        "下游几百户吃水困难",
    ),
    "noise": (
        "凌晨仍在施工", "机器声彻夜不停", "音响声音太大影响休息", "卸货声扰民", "冷却塔轰鸣", "切割声刺耳",
        "重型车辆整夜通行", "低频嗡嗡声让人睡不着", "高考期间照常作业", "喇叭循环播放叫卖",
    ),
    "ecology": (
        "毁林开矿", "非法采砂", "占用湿地堆土", "山体开挖后没有复绿", "侵占河道建房", "破坏公益林",
        "施工便道压坏植被", "弃渣倒进山沟", "水土流失严重", "在保护区内建设",
    ),
    "soil": (
        "倾倒危险废物", "固废随意堆放", "垃圾填埋场渗滤液外溢", "矿渣露天堆放", "农田土壤变色绝收", "掩埋工业垃圾",
        "废旧电池拆解", "重金属污染菜地", "建筑垃圾堆成山", "医疗废物混入生活垃圾",
    ),
    "radiation": ("基站离住宅太近", "变电站未公示环评", "高压线跨越民房", "担心辐射影响孩子", "设备没有警示标志"),
    "other": ("没有环保手续", "环评造假", "多次反映无人处理", "整改后又恢复原样", "应付检查停产走人", "监测数据不实"),
}  # fmt: skip
ROUND_ABOUT = (
    "居民意见很大", "已向镇里反映多次", "没有得到答复", "严重影响周边群众生活", "希望尽快调查处理", "请督察组现场查看",
    "一到晚上就开始", "下雨天更加明显", "附近有一所小学", "离居民区不到一百米", "从去年开始一直这样", "检查的时候就停",
    "老人小孩咳嗽不止", "村民自发阻拦过", "之前有人来看过但没有下文", "要求依法查处并公开结果", "周围几个村都受影响",
    "每天早上五点到晚上十点", "风向一变就闻得到", "据说没有办理审批手续", "去年曾被处罚", "现在又偷偷生产",
    "不敢开窗也不敢晾衣服", "种的菜都不敢吃", "与环评批复的内容不一致", "夜里两三点最厉害", "周末和节假日也不停",
)  # fmt: skip
KINDS = ("air", "water", "noise", "ecology", "soil", "radiation", "other")
SHARES = (42, 21, 19, 7, 8, 1, 2)
SINCE = ("今年三月", "去年", "两年前", "上个月", "近一周", "多年", "2019年", "昨晚")
OFTEN = ("每天", "夜间", "不定时", "周末", "白天", "下雨时", "每周两三次")


@dataclass(frozen=True, slots=True)
class Told:
    """One matter: its kind, who pollutes, where (area code, words, point)."""

    kind: str
    polluter: str
    area: str
    place: str
    point: tuple[float, float]


def matters(areas: Sequence[str], count: int, chance: random.Random) -> list[Told]:
    """So many matters in these areas, spread unevenly over kinds and areas."""
    kinds = chance.choices(KINDS, SHARES, k=count)
    weights = [1 / (place + 1) for place in range(len(areas))]
    where = chance.choices(areas, weights, k=count)
    return [_matter(kind, area, chance) for kind, area in zip(kinds, where, strict=True)]


def _matter(kind: str, area: str, chance: random.Random) -> Told:
    name = chance.choice(FIRST) + chance.choice(SECOND)
    road = f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(('路', '村', '社区', '大道', '组', '小区'))}"
    firm = f"{name}{chance.choice(FIRST)}{chance.choice(TRADES[kind])}"
    firm += chance.choice(("", "", "有限公司", "有限责任公司", "厂", "店"))
    return Told(kind, firm, area, road, (27.0 + chance.random() * 1.5, 113.0 + chance.random()))


def popularity(count: int) -> list[float]:
    """Cumulative weights for `random.choices`: the first matters are reported by many, most of them once."""
    return list(accumulate(1 / (place + 30) ** 0.7 for place in range(count)))


def description(told: Told, chance: random.Random) -> str:
    """What one person says of a matter: some clauses of its kind, some of what everybody says."""
    clauses = max(3, int(chance.lognormvariate(2.45, 0.95)))
    of_kind = SAID[told.kind]
    said = [f"{told.place}{told.polluter}{chance.choice(of_kind)}"]
    while len(said) < min(clauses, 190):
        said.append(chance.choice(of_kind if chance.random() < 0.35 else ROUND_ABOUT))
        if chance.random() < 0.15:
            said[-1] = f"{chance.choice(FIRST)}{chance.choice(SECOND)}一带{said[-1]}"
    return "，".join(said) + "。"
