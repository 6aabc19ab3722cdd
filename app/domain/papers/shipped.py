"""The templates as they are shipped, for the office to change: two Word documents drawn here, and texts."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from app.domain.papers.paper import TEMPLATES, PaperKind
from app.domain.papers.words import NOTICE
from app.settings import ROOT

BODY, HEAVY, LATIN = "仿宋", "黑体", "Times New Roman"
LARGE, NORMAL, MIDDLE, SMALL, TINY = Pt(22), Pt(16), Pt(14), Pt(12), Pt(11)
CENTER = WD_ALIGN_PARAGRAPH.CENTER
WORD = "{{ %s }}"
TEXTS = ROOT / "templates" / "documents"
KEY = "{{ 重点件 or '否' }}{% if 共同办理 %}（共同办理）{% endif %}"
KEEP_QUIET = "请严格遵守保密纪律，不得打探、泄露举报人信息，严禁打击报复举报人。"


@cache
def shipped(kind: PaperKind) -> bytes:
    """The template of a kind."""
    if TEMPLATES[kind] == "txt":
        return (TEXTS / f"{kind}.txt").read_bytes()
    drawn = {PaperKind.ORDER: _order, PaperKind.LETTER: _letter, PaperKind.STEP_NOTICE: _notice}
    return drawn[kind]() if kind in drawn else _step(kind)


def _order() -> bytes:
    document = _page()
    _line(document, "群众举报转办单", size=LARGE, font=HEAVY, align=CENTER, after=6)
    _line(document, "{{ 督察轮次 }}　{{ 督察组 }}　第{{ 批次 }}批", align=CENTER, size=MIDDLE, after=10)
    table = _table(document, (2.5, 5.6, 2.5, 5))
    pairs = (("受理编号", "涉及区域"), ("污染类型", "重点件"), ("收到日期", "交办日期"), ("责任单位", "反馈期限"))
    for left, right in pairs:
        cells = table.add_row().cells
        for cell, name in ((cells[0], left), (cells[2], right)):
            _write(cell, name, font=HEAVY, align=CENTER)
        for cell, name in ((cells[1], left), (cells[3], right)):
            _write(cell, KEY if name == "重点件" else WORD % name)
    words = table.add_row().cells
    _write(words[0], "转办问题基本情况", font=HEAVY, align=CENTER)
    _write(words[1].merge(words[3]), "{{ 转办问题基本情况 }}")
    _line(document, "", size=SMALL)
    _line(
        document,
        f"办理要求：请责任单位于{{{{ 反馈期限 }}}}前查清事实、依法处理并反馈办理情况。{KEEP_QUIET}",
        size=MIDDLE,
    )
    return _saved(document)


def _letter() -> bytes:
    document = _page()
    _line(
        document,
        "关于交办第{{ 批次 }}批群众举报转办件的函",
        size=LARGE,
        font=HEAVY,
        align=CENTER,
        after=14,
    )
    _line(document, "{{ 被督察地区 }}：")
    _line(
        document,
        "{{ 督察轮次 }}{{ 督察组 }}对{{ 时段起 }}至{{ 时段止 }}受理的群众举报进行了研判。"
        "{% if 分解后 %}现将第{{ 批次 }}批群众举报 {{ 交办 }} 件{% if 分解增加 %}（分解后共 {{ 分解后 }} 件，"
        "+{{ 分解增加 }}）{% endif %}交由{{ 被督察地区 }}办理，其中重点件 {{ 重点件数 }} 件。"
        "请逐件查清事实、依法处理，于{{ 反馈期限 }}前反馈办理情况，并按要求公开。"
        "{% else %}第{{ 批次 }}批没有需要交办的群众举报。{% endif %}",
        indent=True,
    )
    _line(document, KEEP_QUIET, indent=True, after=12)
    _line(document, "{%p if 转办件 %}")
    _line(document, "附：第{{ 批次 }}批转办件目录", after=6)
    headings = ("序号", "受理编号", "涉及区域", "污染类型", "责任单位", "重点件")
    table = _table(document, (1.3, 4.6, 2.2, 2.6, 3.3, 1.8))
    _cells(table.add_row(), headings, font=HEAVY)
    _repeated(table.rows[0])
    _cells(table.add_row(), ("{%tr for 件 in 转办件 %}", *[""] * (len(headings) - 1)))
    _cells(table.add_row(), tuple(WORD % f"件.{name}" for name in headings))
    _cells(table.add_row(), ("{%tr endfor %}", *[""] * (len(headings) - 1)))
    _line(document, "{%p endif %}")
    _line(document, "")
    _line(document, "{{ 督察组 }}", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, "{{ 交办日期 }}", align=WD_ALIGN_PARAGRAPH.RIGHT)
    return _saved(document)


def _step(kind: PaperKind) -> bytes:
    """What a step of a ladder is printed on: the plan, what was signed before and by whom, the evidence."""
    document = _page()
    _line(document, kind.zh, size=LARGE, font=HEAVY, align=CENTER, after=6)
    _line(document, "{{ 督察轮次 }}　{{ 督察组 }}　第{{ 整改轮次 }}轮整改", align=CENTER, size=MIDDLE, after=10)
    table = _table(document, (3, 12.6))
    for name in ("受理编号", "责任单位", "反馈问题", "整改目标", "整改时限", "整改措施", "整改完成情况"):
        _row(table, name, WORD % name)
    _row(table, "{%tr for 一 in 已签 %}", "")
    _row(table, "{{ 一.步骤 }}", "{{ 一.意见 }}\n{{ 一.签署角色 }} {{ 一.签署人 }}　{{ 一.签署时间 }}")
    _row(table, "{%tr endfor %}", "")
    _row(table, "{%tr for 项 in 佐证 %}", "")
    _row(table, "{{ 项.名称 }}", "{{ 项.内容 }}")
    _row(table, "{%tr endfor %}", "")
    _row(table, "{{ 步骤 }}意见", "{{ 结果 }}\n{{ 意见 }}\n附件{{ 佐证数 }}件")
    _row(table, "签署", "{{ 签署角色 }} {{ 签署人 }}　{{ 签署时间 }}")
    _line(document, "签名校验码：{{ 签名 }}", size=TINY)
    return _saved(document)


def _notice() -> bytes:
    """销号公示, under the headings exactly as they are printed."""
    document = _page()
    _line(document, "群众举报问题整改销号公示", size=LARGE, font=HEAVY, align=CENTER, after=6)
    _line(document, "{{ 督察轮次 }}　{{ 督察组 }}　受理编号{{ 受理编号 }}", align=CENTER, size=MIDDLE, after=10)
    table = _table(document, (3, 12.6))
    for name in ("反馈问题", "责任单位", "整改目标", "整改措施", "整改完成情况", *NOTICE):
        _row(table, name, WORD % name)
    _line(document, "对公示内容有异议的，请在公示期内向受理部门反映，署名与否不限。", size=MIDDLE, indent=True)
    return _saved(document)


def _row(table: Any, name: str, text: str) -> None:
    cells = table.add_row().cells
    _write(cells[0], name, font=HEAVY, align=CENTER)
    _write(cells[1], text)


def _page() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.8)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, NORMAL
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    style.element.rPr.append(_element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    style.paragraph_format.space_after = Pt(0)
    return document


def _line(
    document: Any,
    text: str,
    *,
    size: Any = NORMAL,
    font: str = BODY,
    align: Any = None,
    after: int = 0,
    indent: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    _run(paragraph, text, size, font)
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size.pt * 2)


def _run(paragraph: Any, text: str, size: Any, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = size, LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  (no other way to it)


def _table(document: Any, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _write(cell: Any, text: str, *, font: str = BODY, align: Any = None, size: Any = MIDDLE) -> None:
    paragraph = cell.paragraphs[0]
    _run(paragraph, text, size, font)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)


def _cells(row: Any, texts: Sequence[str], font: str = BODY) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        _write(cell, text, font=font, size=TINY)
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001  (no other way to it)


def _repeated(row: Any) -> None:
    """The headings stand on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001  (no other way to it)


def _element(name: str, values: dict[str, str] | None = None) -> Any:
    element = OxmlElement(name)
    for key, value in (values or {}).items():
        element.set(qn(key), value)
    return element


def _saved(document: Any) -> bytes:
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()
