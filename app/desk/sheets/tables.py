"""The sheets that the desk hands out itself: an empty one, the wrong cells of one, and the numbers its rows got."""

from collections.abc import Callable, Sequence

from app.desk.sheets.columns import NEEDED, SheetField, letters_of
from app.desk.sheets.understanding import WrongCell
from app.domain import catalogue
from app.domain.inspection import Inspection
from app.domain.tables.table import Column, PrintedTable
from app.kernel import clock

F = SheetField
LEFT_OUT = (F.HOUR,)
"""Known, but not offered: the time of receipt holds it."""
WIDTHS = {F.RECEIVED: 18, F.WORDS: 60, F.PLACE: 30, F.POLLUTER: 24, F.HOME: 24, F.EARLIER: 24, F.PHONE: 16}
EXPLAINED = (
    "填写说明：“来件时间”“反映问题”两列必填，其余可空；表头不要改动，列的顺序可以调整，本说明不会被导入。",
    "来件时间写作 2024-03-15 09:20，应在督察进驻期间；只写日期的，按当日收件登记。",
    "来件方式填来电、来信、网络、走访或上级转来；污染类型可填多项，用顿号隔开；姓名、电话、住址导入后即加密封存。",
)


def template_table(inspection: Inspection) -> PrintedTable:
    """Headings without rows. What is said below them stands in a column that is not read."""
    known = catalogue.types()
    types = "、".join(known[code].zh for code in inspection.settings.types if code in known)
    columns = [Column(one.zh, WIDTHS.get(one, 14)) for one in SheetField if one not in LEFT_OUT]
    return PrintedTable(
        name="sheet",
        title="来件台账",
        subtitle=inspection.title,
        columns=(Column("序号", 6), *columns),
        rows=lambda: (),
        total=0,
        moment=clock.now(),
        notes=(*EXPLAINED, f"本次督察的污染类型：{types}。必填列：{'、'.join(one.zh for one in NEEDED)}。"),
    )


def wrong_table(inspection: Inspection, cells: Sequence[WrongCell], told: Callable[[WrongCell], str]) -> PrintedTable:
    """`told` gives the reason in the reader's language."""
    return PrintedTable(
        name="wrong",
        title="台账待更正清单",
        subtitle=inspection.title,
        columns=(
            Column("行号", 8, number=True),
            Column("单元格", 10),
            Column("列名", 14),
            Column("填写内容", 36),
            Column("问题", 60),
        ),
        rows=lambda: ((cell.row, cell_name(cell), cell.field.zh, cell.said, told(cell)) for cell in cells),
        total=len(cells),
        moment=clock.now(),
        notes=("举报人姓名、电话、住址不在本表中显示，请对照原表更正。",),
    )


def numbers_table(inspection: Inspection, numbers: Sequence[tuple[int, str]]) -> PrintedTable:
    return PrintedTable(
        name="numbers",
        title="台账导入编号对照表",
        subtitle=inspection.title,
        columns=(Column("行号", 8, number=True), Column("受理编号", 24)),
        rows=lambda: iter(numbers),
        total=len(numbers),
        moment=clock.now(),
    )


def cell_name(cell: WrongCell) -> str:
    """As the spreadsheet calls it: G17; the row alone where there is no such column."""
    return f"{letters_of(cell.column)}{cell.row}" if cell.column >= 0 else str(cell.row)
