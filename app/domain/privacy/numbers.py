"""Numbers that lead to a person: telephones, identity numbers, cards, plates, accounts, earlier complaints."""

import re
from collections.abc import Callable

from app.domain.privacy.marks import Mark

SAID = "零〇幺一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LABEL = r"(?:(?:我的)?(?:电话|手机|联系方式)(?:号码?)?[:：是为]?\s*)?"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
BIRTH = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
OLD_BIRTH = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"


def is_identity(number: str) -> bool:
    """Whether the check character of an 18-digit identity number (GB 11643) is right."""
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return number[-1].upper() == CHECKS[total % len(CHECKS)]


def is_card(written: str) -> bool:
    """Whether the check digit of a bank card (Luhn) is right."""
    digits = [int(one) for one in written if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) if place % 2 else one for place, one in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def whatever(_written: str) -> bool:
    return True


NUMBERS: tuple[tuple[Mark, str, Callable[[str], bool]], ...] = (
    (Mark.IDENTITY, rf"(?<![\dA-Za-z])[1-9]\d{{5}}{BIRTH}\d{{3}}[\dXx](?![\dA-Za-z])", whatever),
    (Mark.IDENTITY, r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])", is_identity),
    (Mark.IDENTITY, rf"(?<![\dA-Za-z])[1-9]\d{{5}}{OLD_BIRTH}\d{{3}}(?![\dA-Za-z])", whatever),
    (Mark.IDENTITY, r"身份证(?:号码?)?[:：是为]?\s*\d[\d*xX]{13,17}", whatever),
    (Mark.PHONE, rf"{LABEL}(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- .·]?[\d*xX×]){{8}}(?![\d.])", whatever),
    (Mark.PHONE, rf"{LABEL}(?<![\d.])[(（]?0\d{{2,3}}[)）]?[-— ]?[2-9]\d{{2,3}}[- ]?\d{{4}}(?!\d)", whatever),
    (Mark.PHONE, r"(?:电话|手机|联系方式|致电|座机)(?:号码?)?[:：是为]?\s*[2-9]\d{2,3}[- ]?\d{4}(?!\d)", whatever),
    (
        Mark.PHONE,
        rf"[幺一壹1][- 、]?[三四五六七八九叁肆伍陆柒捌玖3-9](?:[- 、]?[{SAID}\d]){{9}}(?![{SAID}\d])",
        whatever,
    ),
    (Mark.BANK, r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)", is_card),
    (Mark.ACCOUNT, r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z]{2,})+", whatever),
    (
        Mark.ACCOUNT,
        r"(?:微信|QQ|qq|扣扣|VX|vx|Vx|威信|抖音)(?:号码?|同号)?[:：是为]?\s*[A-Za-z0-9_-]{5,20}",
        lambda written: any(one.isdigit() for one in written),
    ),
    (Mark.PLATE, rf"[{PROVINCES}][A-HJ-NP-Z][·•. -]?(?:[A-HJ-NP-Z0-9]{{4,6}}[挂学警港澳]?)(?![A-Za-z0-9])", whatever),
    (
        Mark.EARLIER,
        r"(?:工单|受理|信访|投诉|举报|登记|回执|流水|查询)(?:编?号码?|单号|序号|码)[:：是为]?\s*[A-Za-z]{0,4}\d[\dA-Za-z-]{5,24}",
        whatever,
    ),
)


def compiled() -> list[tuple[Mark, re.Pattern[str], Callable[[str], bool]]]:
    return [(mark, re.compile(pattern), holds) for mark, pattern, holds in NUMBERS]
