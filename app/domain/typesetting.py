"""PDF set by typst: the fonts of this machine that have the characters of Chinese names, and the setting itself."""

from functools import cache
from pathlib import Path

import typst

from app.kernel.errors import N_, Refused

CHINESE = (
    "FangSong",
    "仿宋",
    "SimSun",
    "宋体",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
)
"""Fonts that have the characters of Chinese names and rivers, the office's own first."""
NO_FONT = N_("There is no Chinese font on this machine. Please install one, for example Debian's fonts-noto-cjk.")


@cache
def fonts() -> typst.Fonts:
    """Those of this machine; looked through once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def chinese_fonts() -> list[str]:
    """Those that are here, in the order in which they are to be used. Raises Refused when there is none."""
    here = {family.casefold() for family in fonts().families()}
    found = [family for family in CHINESE if family.casefold() in here]
    if not found:
        raise Refused(NO_FONT)
    return found


def typeset(source: Path, root: Path, inputs: dict[str, str]) -> bytes:
    """A document of typst as PDF; `inputs` are data, and never read as markup."""
    made: bytes = typst.compile(source, root=root, font_paths=fonts(), sys_inputs=inputs)
    return made
