"""Text that a spreadsheet would not leave alone: formulas, and figures that it would round or turn into dates.

In a workbook a cell says of itself that it is text. A text file cannot, so there such a cell begins with an
apostrophe; reading takes it off again, and what began with apostrophes of its own gets one more, so nothing is lost.
"""

import re

FORMULA = r"[\s]*[=+\-@＝＋－＠\t\r\n]"
SIGNS = r"[\d\s.,:/eE+\-%()$¥￥]"
FIGURES = rf"(?={SIGNS}*\d){SIGNS}+\Z"
ALONE = re.compile(rf"'*(?:{FORMULA}|{FIGURES})")
GUARDED = re.compile(rf"'+(?:{FORMULA}|{FIGURES})")
LONGEST_CELL = 32_000
"""Excel takes 32,767 characters; what is longer is cut and says so."""


def guarded(text: str) -> str:
    """A text for a cell of a text file (CSV)."""
    return f"'{text}" if ALONE.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded; any other as it is."""
    return text[1:] if GUARDED.match(text) else text


def fitting(text: str) -> str:
    """A text for a cell of a workbook: one that is too long says how much of it is missing."""
    if len(text) <= LONGEST_CELL:
        return text
    return f"{text[:LONGEST_CELL]}……（原文 {len(text)} 字，表格单元格放不下，此处截断）"
