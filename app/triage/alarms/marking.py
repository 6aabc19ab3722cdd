"""What a place and a polluter are reduced to, so that two reports of the same are found by an index."""

import re
from collections.abc import Iterable
from math import floor
from typing import Any

from app.domain.alarm import AlarmKind
from app.kernel.text import letters_alone

CELL = 0.01
"""Degrees: about a kilometre; nearness is looked for in a cell and the eight around it."""
SHORTEST = 3
COMPANY = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:公司)$")
ROAD = re.compile(r".*?(?:大道|[路街巷])(?:\d+号)?")
NUMBERED = re.compile(r".*?(?:大道|[路街巷])\d+号")
NAMED = re.compile(
    r"[^\d]*?(?:小区|花园|公寓|家园|家苑|新村|社区|村|工业园|产业园|园区|市场|广场|学校|中学|小学|幼儿园|医院|水库|码头|大厦|酒店|"
    r"公司|厂|矿|港|湖)"
)
BESIDE = re.compile(r"(?:附近|旁边?|对面|门口|里面?|内|边上?|后面?|前面?|处|一带|周边)+$")
CALLED_SO = (
    "工厂 企业 公司 某厂 某公司 某企业 工地 某工地 养猪场 养殖场 养鸡场 饭店 餐馆 餐饮店",
    "烧烤店 夜宵店 砖厂 不详 不清楚 不知道 未知 无 个人 村民 居民 邻居 商户 施工方 开发商",
    "小作坊 作坊 加油站 洗车店 广场舞 化工厂 某化工厂 饲料厂 某饲料厂 搅拌站 采石场 石料厂",
)
VAGUE = frozenset(word for line in CALLED_SO for word in line.split())
"""Whoever is called so is called like many others."""


def marks(report: Any, names: Iterable[str]) -> dict[AlarmKind, str]:
    """The marks of a report. `names`: of the inspection's regions, which say nothing at the beginning of a name."""
    found = {
        AlarmKind.POLLUTER: polluter_mark(report.polluter, names),
        AlarmKind.PLACE: place_mark(report.area_code, f"{report.address}{report.place}", names),
    }
    if report.latitude is not None and report.longitude is not None:
        found[AlarmKind.POINT] = cell(report.latitude, report.longitude)
    return {kind: mark for kind, mark in found.items() if mark}


def polluter_mark(name: str, names: Iterable[str]) -> str:
    """A company's own name, without the county before and 有限公司 after it; "" for what many are called."""
    bare = _without(letters_alone(name), names)
    own = COMPANY.sub("", bare)
    own = own if len(own) > 1 else bare
    return "" if bare in VAGUE or own in VAGUE or len(own) < SHORTEST else own


def place_mark(area_code: str | None, words: str, names: Iterable[str]) -> str:
    """What has a name (天台小区, 栗雨村), or a road with its number; else the words themselves, without 附近, 对面."""
    bare = _without(letters_alone(words), names)
    behind = ROAD.sub("", bare, count=1) if ROAD.match(bare) else bare
    named = NAMED.match(behind)
    numbered = NUMBERED.match(bare)
    core = named[0] if named and len(named[0]) >= SHORTEST else numbered[0] if numbered else BESIDE.sub("", bare)
    return f"{area_code or ''} {core}" if len(core) >= SHORTEST and core not in VAGUE else ""


def cell(latitude: float, longitude: float) -> str:
    return "{}:{}".format(*_counted(latitude, longitude))


def cells_around(latitude: float, longitude: float) -> list[str]:
    north, east = _counted(latitude, longitude)
    return [f"{north + up}:{east + right}" for up in (-1, 0, 1) for right in (-1, 0, 1)]


def _counted(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / CELL), floor(longitude / CELL)


def _without(words: str, names: Iterable[str]) -> str:
    """Without the names of regions at its beginning (湖南省株洲市天元区…), for as long as something is left."""
    longest = sorted({letters_alone(name) for name in names if len(name) > 1}, key=len, reverse=True)
    while True:
        rest = next((words.removeprefix(name) for name in longest if words.startswith(name)), words)
        if rest == words or len(rest) < SHORTEST - 1:
            return words
        words = rest
