"""A ledger sheet of ten thousand rows: brought, checked, taken, and brought again; and a call taken down meanwhile."""

import csv
import io
import statistics
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from openpyxl import Workbook

from app.db import db
from app.desk.commands import TakeDown
from app.desk.services import take_down
from app.desk.sheets import queries, services, taking
from app.desk.sheets.columns import SheetField
from app.desk.sheets.commands import BringSheet, NameColumns
from app.domain.installation import Installation
from app.domain.receiving import Statement
from app.domain.report import Channel
from app.domain.reporter import Reporter
from app.domain.scope import load
from app.domain.sheet import Sheet
from app.kernel import clock, crypto
from bench.installations import Bench

ROWS = 10_000
HEADINGS = ("序号", "来电时间", "举报人", "联系电话", "反映问题", "县市区", "问题地址", "被举报单位", "污染类型")
MILLI = 1000.0
Say = Callable[[str], None]


def measure_sheets(made: Bench, say: Say) -> None:
    """Seconds and rows a second for both kinds of file; the calls are taken down while the second one is taken."""
    say(f"\n{made.database}, ledger sheets of {ROWS} rows; seconds (rows a second)")
    with made.app.app_context():
        house: Installation = made.app.extensions["installation"]
        for name, content in (("sheet.xlsx", _workbook()), ("sheet.csv", _text())):
            brought, sheet_id = _timed(_bring, house, made, name, content)
            checked, _ = _timed(_check, house, made, sheet_id)
            calls, cpu = _Calls(made), time.thread_time()
            taken, _ = _timed(_take, house, made, sheet_id, calls)
            cpu = time.thread_time() - cpu
            again, _ = _timed(_again, house, made, name, content)
            page = queries.sheet_page(house, made.cast["clerk"], sheet_id)
            say(
                f"{name:12} brought {brought:6.2f}   checked {checked:6.2f}   taken {taken:6.1f} "
                f"({page.taken / taken:,.0f}/s; {cpu:.0f} of CPU)   brought and checked again {again:6.2f}   "
                f"{calls.told()}"
            )
        db.session.remove()


class _Calls:
    """A clerk takes calls down while a sheet is being taken."""

    def __init__(self, made: Bench) -> None:
        self.made, self.over, self.waits = made, threading.Event(), list[float]()
        self.thread = threading.Thread(target=self._call)

    def _call(self) -> None:
        with self.made.app.app_context():
            house: Installation = self.made.app.extensions["installation"]
            while not self.over.wait(0.3):
                words = TakeDown(Statement(Channel.CALL, "夜里有黄烟，气味刺鼻。"), Reporter(), crypto.random_token())
                spent, _ = _timed(take_down, house, self.made.cast["clerk2"], self.made.cast.ours, words)
                self.waits.append(spent * MILLI)
            db.session.remove()

    def told(self) -> str:
        if len(self.waits) < 2:
            return "too quick for a call"
        p95 = statistics.quantiles(self.waits, n=20)[-1]
        p50 = statistics.median(self.waits)
        return f"a call meanwhile: p50 {p50:.0f} ms, p95 {p95:.0f} ms ({len(self.waits)} calls)"


def _timed(work: Callable[..., Any], *words: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work(*words)
    return time.perf_counter() - began, found


def _bring(house: Installation, made: Bench, name: str, content: bytes) -> int:
    return services.bring(house, made.cast["clerk"], BringSheet(made.cast.ours, name, content))


def _again(house: Installation, made: Bench, name: str, content: bytes) -> None:
    _check(house, made, _bring(house, made, name, content))


def _check(house: Installation, made: Bench, sheet_id: int) -> None:
    sheet = load(db.session(), made.cast["clerk"], Sheet, sheet_id)
    columns = {SheetField(code): at for code, at in sheet.columns.items()}
    words = NameColumns(sheet_id, sheet.heading_row, columns, Channel.CALL)
    services.name_columns(house, made.cast["clerk"], words)
    db.session().expire_all()
    assert queries.sheet_page(house, made.cast["clerk"], sheet_id).good == ROWS


def _take(house: Installation, made: Bench, sheet_id: int, calls: _Calls) -> None:
    calls.thread.start()
    services.take_rows(house, made.cast["clerk"], sheet_id, whole=True)
    taking.catch_up(house)
    db.session().expire_all()
    calls.over.set()
    calls.thread.join()


def _rows(kind: str) -> list[list[Any]]:
    """Spread over nine days; each kind of file its own, so that the second is not known by the first."""
    first = clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0) - timedelta(days=9)
    return [
        [
            number, first + timedelta(minutes=1.25 * number), f"某{number}", f"139{number:08}",
            f"{kind}：第{number}号地块附近夜间有刺激性气味，持续多日，关窗也闻得到，希望尽快处理并答复。" * 2,
            "天元区", f"泰山路{number % 400}号", f"某化工厂{number % 97}", "大气、噪声",
        ]
        for number in range(1, ROWS + 1)
    ]  # fmt: skip


def _workbook() -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for line in (HEADINGS, *_rows("表格")):
        sheet.append(list(line))
    book.save(out)
    return out.getvalue()


def _text() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *_rows("文本")])
    return out.getvalue().encode("gb18030")
