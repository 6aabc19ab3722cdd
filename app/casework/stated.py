"""What a reply's texts say of the enforcement figures: numbers read off the words beside which they stand.

A machine reads badly between the lines: what it finds is pointed out, never decided. Read are the ways in which such
texts are written: 「罚款2万元」, 「责令整改3家」, 「约谈企业负责人两人」, 「对1名干部问责」.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

DIGITS = "一二三四五六七八九十"
NUMBER = rf"(?P<number>\d[\d,，]*(?:\.\d+)?|[{DIGITS}两]+)"
BETWEEN = rf"[^，。；：、,;.\d{DIGITS}两\n]{{0,10}}?"
SUMS = {"亿": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}
WORDS: dict[str, tuple[str, str]] = {
    "rectify_orders": (r"责令(?:限期|立即|其)?(?:整改|改正|停产整改)|责改", "家户起个"),
    "penalty_cases": (r"立案处罚|行政处罚|立案查处|(?<!刑事)立案(?!侦查)", "家户起件宗"),
    "fines": (r"罚款|处罚金额|罚没", ""),
    "seized": (r"查封扣押|查封|扣押", "家处台"),
    "halted": (r"停产限产|限产停产|停产|限产", "家户"),
    "criminal_cases": (r"立案侦查|刑事立案", "件起宗"),
    "admin_detained": (r"行政拘留", "人名"),
    "criminal_detained": (r"刑事拘留", "人名"),
    "interviewed": (r"约谈", "人名家"),
    "held_accountable": (r"问责|追责", "人名"),
    "clues": (r"移送问题线索|移送线索|移交问题线索|移送", "件条"),
}
"""By figure: the words that speak of it, and what it is counted in (sums of money in 元)."""
ROOTS = {"penalty_cases": r"处罚|立案|罚", "fines": r"罚", "rectify_orders": r"责令|整改", "halted": r"停产|限产|停业"}
"""What has to occur at least, where a looser word is enough."""


def numbers_in(figure: str, text: str) -> list[Decimal]:
    """The numbers that a text states for a figure, in the order in which they stand; fines in 元."""
    return [_value(found) for found in _finds(figure, text)]


def speaks_of(figure: str, texts: Iterable[str]) -> bool:
    return any(re.search(ROOTS.get(figure, WORDS[figure][0]), text) for text in texts)


def fits(figure: str, amount: Decimal, text: str) -> bool:
    """Whether a text states just this much, at one place or added up over all; or states nothing at all."""
    stated = numbers_in(figure, text)
    return not stated or amount in stated or amount == sum(stated, Decimal(0))


def _finds(figure: str, text: str) -> Iterator[re.Match[str]]:
    words, units = WORDS[figure]
    if figure == "fines":
        yield from re.finditer(rf"(?:{words}){BETWEEN}{NUMBER}\s*(?P<times>[万亿]?)元", text)
        return
    after = rf"(?:{words}){BETWEEN}{NUMBER}\s*(?P<times>)[{units}]"
    ahead = rf"对{NUMBER}\s*(?P<times>)[{units}]{BETWEEN}(?:{words})"
    yield from sorted([*re.finditer(after, text), *re.finditer(ahead, text)], key=lambda found: found.start())


def _value(found: re.Match[str]) -> Decimal:
    number = re.sub("[,，]", "", found["number"])
    amount = Decimal(number) if number[0].isdigit() else Decimal(_spelt(number))
    return amount * SUMS[found["times"]]


def _spelt(words: str) -> int:
    """A number up to 99 as it is written out: 两, 十二, 三十."""
    tens, has_ten, ones = words.replace("两", "二").rpartition("十")
    count = (DIGITS.index(tens[-1]) + 1 if tens else 1) if has_ten else 0
    return count * 10 + (DIGITS.index(ones[-1]) + 1 if ones else 0)
