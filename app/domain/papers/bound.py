"""PDF: the orders of a whole batch set by typst; what comes in as data is never read as markup."""

import json
import re
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from app.domain.papers.facts import Facts, told, told_of_all
from app.domain.papers.paper import PaperKind
from app.domain.papers.plain import Plain, filled_in
from app.domain.papers.words import made_up
from app.domain.typesetting import chinese_fonts, typeset
from app.settings import ROOT

SOURCES = ROOT / "templates" / "documents"
PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


def orders(facts: Facts, template: str) -> bytes:
    """Every order of the batch, each worded by the template. Raises Refused where there is no Chinese font."""
    batch = told_of_all(facts)
    pages = [filled_in(template, batch | told(facts, row)) for row in facts.rows]
    data = {
        "title": f"第{facts.label}批群众举报转办单",
        "team": facts.team,
        "fonts": chinese_fonts(),
        "pages": [_page(page) for page in pages] or [_none(template, batch)],
    }
    return typeset(SOURCES / "orders.typ", SOURCES, {"data": json.dumps(data, ensure_ascii=False)})


def dossier(told: dict[str, str], sections: Sequence[dict[str, Any]]) -> bytes:
    """Sections of pairs and tables, its copy's mark at the foot of each page; `told`: title, below, mark, number."""
    data = told | {"fonts": chinese_fonts(), "sections": sections}
    return typeset(SOURCES / "dossier.typ", SOURCES, {"data": json.dumps(data, ensure_ascii=False)})


def _page(page: Plain) -> dict[str, Any]:
    """Rows that follow each other are one table."""
    blocks = [
        {"rows": [*rows]} if is_table else {"words": [one for (one,) in rows]}
        for is_table, rows in groupby(page.blocks, key=lambda block: len(block) > 1)
    ]
    return {"title": page.title, "below": page.below, "blocks": blocks}


def _none(template: str, batch: dict[str, str]) -> dict[str, Any]:
    """The one page of a batch without cases, under the template's own title."""
    blank = filled_in(template, dict.fromkeys(made_up(PaperKind.ORDERS), "") | batch)
    return {"title": blank.title, "below": blank.below, "blocks": [{"words": ["本批没有转办件。"]}]}


def marked(content: bytes, mark: str, copy_number: str, title: str) -> bytes:
    """A copy, its mark at the foot of every page and in the properties of the file."""
    with tempfile.TemporaryDirectory(prefix="hotline-copy-") as folder:
        work = Path(folder)
        (work / "made.pdf").write_bytes(content)
        (work / "copy.typ").write_bytes((SOURCES / "copy.typ").read_bytes())
        told_of_it = {
            "title": title,
            "number": copy_number,
            "mark": mark,
            "pages": str(pages_of(content)),
            "fonts": json.dumps(chinese_fonts(), ensure_ascii=False),
        }
        return typeset(work / "copy.typ", work, told_of_it)


def pages_of(content: bytes) -> int:
    """How many pages a document has that typst made: the root of its page tree counts them all."""
    return max((int(one or other) for one, other in PAGES.findall(content)), default=1)
