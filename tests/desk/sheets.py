"""Ledger sheets as offices keep them: made up, as .xlsx and as text."""

import csv
import io
from datetime import datetime, time, timedelta
from typing import Any

from openpyxl import Workbook

from app.kernel import clock

HEADINGS = ("序号", "来电时间", "来电人", "联系电话", "反映问题", "县市区", "详细地址", "被举报单位", "污染类型")


def day(before: int = 1, hour: int = 9, minute: int = 20) -> datetime:
    """A moment of the inspection, as a spreadsheet holds it: without a zone, on the office's wall."""
    return datetime.combine(clock.today() - timedelta(days=before), time(hour, minute))


def row(number: int, **more: Any) -> list[Any]:
    """A good row; `more` by its heading."""
    said = dict(zip(HEADINGS, (
        number, day(1, 9, number % 60), f"毛测试{number}", f"1990000{number:04}", f"第{number}处夜里有黄烟，气味刺鼻。", "天元区",
        f"泰山路{number}号", "某化工厂", "大气、噪声",
    ), strict=True))  # fmt: skip
    return list((said | more).values())


def workbook(*rows: list[Any], headings: tuple[str, ...] = HEADINGS, above: tuple[str, ...] = ()) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in (*([one] for one in above), list(headings), *rows):
        sheet.append(list(line))
    book.save(out)
    return out.getvalue()


def text(*rows: list[Any], headings: tuple[str, ...] = HEADINGS, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode(encoding)
