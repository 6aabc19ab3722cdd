"""Self-identifying words in free text: found before a text is handed over, so that a person resolves each."""

import re
from dataclasses import dataclass

from app.domain.workflow.terms import Term


class Mark(Term):
    PHONE = "phone", "电话号码", "Telephone number"
    IDENTITY = "identity", "身份证号", "Identity number"
    PLATE = "plate", "车牌号", "Number plate"
    HOUSE = "house", "门牌号", "House or flat number"
    KIN = "kin", "家人称呼", "Words for family"
    OWN = "own", "自称", "Words for oneself"


PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.IDENTITY, re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    (Mark.PHONE, re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    (Mark.PHONE, re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)")),
    (
        Mark.PLATE,
        re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}"),
    ),
    (
        Mark.HOUSE,
        re.compile(r"[\d一二三四五六七八九十]+(?:栋|幢|单元|号楼|室|号门)[\d一二三四五六七八九十单元栋室号楼]*"),
    ),
    (
        Mark.KIN,
        re.compile(
            r"我(?:的)?(?:老公|老婆|丈夫|妻子|爸爸?|妈妈?|父亲|母亲|儿子|女儿|孩子|小孩|爷爷|奶奶|岳父|岳母|孙子|孙女)"
        ),
    ),
    (Mark.OWN, re.compile(r"(?:我家|我们家|本人|我叫|我姓|我是)")),
)


@dataclass(frozen=True)
class Found:
    """A self-identifying word: what it is and where it stands (`text[start:end]`)."""

    mark: Mark
    start: int
    end: int
    words: str


def find(text: str) -> list[Found]:
    """Every self-identifying word, in order, none overlapping an earlier find."""
    hits = [Found(mark, m.start(), m.end(), m.group()) for mark, pattern in PATTERNS for m in pattern.finditer(text)]
    kept: list[Found] = []
    for hit in sorted(hits, key=lambda found: (found.start, -found.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
