"""Rows of our own writing with the oddities of published ones."""

import json

ROWS = (
    {"case_no": "D2HN202105020169", "channel": "call", "received_date": "2021-05-02", "region": "湖南省衡阳市衡南县、衡东县",
     "description": "①某村工厂排废气；\n②采石场粉尘。", "pollution_types": ["大气", "生态", "水"], "findings": "经查，部分属实。",
     "substantiated": "部分属实", "handling": None, "completion": None, "accountability": None, "batch": "27"},
    {"case_no": None, "channel": None, "received_date": None, "region": "湖南省株洲市芦淞区白关镇选青村",
     "description": "排污水，农田没法耕种。", "pollution_types": ["水", "土壤"], "findings": "未见超标。", "substantiated": None,
     "substantiated_inferred": "不属实", "completion": None, "completion_inferred": "已办结", "responsible_unit": "某区政府"},
    {"case_no": None, "channel": "wechat", "received_date": "2018-11", "region": "醴陵市", "description": "养殖场废水。",
     "pollution_types": ["固废", "扬尘"], "findings": "", "substantiated": "属实", "completion": "阶段性办结",
     "handling": "=HYPERLINK(1)", "accountability": "罚款2万元"},
    {"case_no": "170808530522011789", "channel": "online", "received_date": "2020", "region": "云南省保山市",
     "description": "+86噪声𠮷野扰民", "pollution_types": ["噪声"], "findings": "属实。", "substantiated": "基本属实",
     "completion": "已办结", "accountability": "无", "unheard_of": {"nested": [1]}},
    {"case_no": "访受〔2021〕0517031号", "channel": "letter", "received_date": "2006-11", "region": "株洲市",
     "description": "@粉尘", "pollution_types": ["其他"], "findings": "－未发现。", "substantiated": "不属实", "completion": "未办结"},
    {"case_no": "25-11", "channel": "call", "received_date": "2024-03-15", "region": "天元区", "description": "油烟。",
     "pollution_types": ["大气"], "findings": "'=1", "substantiated": "属实", "completion": "已办结", "accountability": "暂无", "batch": 19},
    {"case_no": "30*", "channel": "call", "received_date": "不详", "region": "", "description": "007",
     "pollution_types": ["辐射"], "findings": "无", "substantiated": None, "completion": None},
)  # fmt: skip
WITHOUT_WORDS = {"case_no": "10批-3", "description": None, "region": "麟游县", "pollution_types": ["大气"]}
CHANNELS = {"call": "来电", "letter": "来信", "online": "网络", "wechat": "网络", None: "未载明"}
FACTS = {
    "交办问题基本情况": "description",
    "行政区域": "region",
    "调查核实情况": "findings",
    "是否属实": "substantiated",
    "处理和整改情况": "handling",
    "是否办结": "completion",
    "问责情况": "accountability",
}


def lines(folder, *rows, name="rows.jsonl"):
    """A file of JSON lines; a row that is text stands as it is."""
    file = folder / name
    written = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(written) + "\n", encoding="utf-8")
    return file


def facts(row) -> dict[str, str]:
    """What the disclosure must print of a row; its number only when it has one."""
    printed = {heading: row.get(key) or "" for heading, key in FACTS.items()}
    printed |= {"受理方式": CHANNELS[row["channel"]], "污染类型": "、".join(row["pollution_types"])}
    return printed | ({"受理编号": row["case_no"]} if row["case_no"] else {})
