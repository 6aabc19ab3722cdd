"""Every colour that words are written in can be read on every ground it is written on (WCAG 2.2 AA)."""

import re

import pytest

from app.settings import ROOT

TOKENS = (ROOT / "app" / "static" / "css" / "tokens.css").read_text()
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")
COLOURS = dict(COLOUR.findall(TOKENS))
CONTRAST = COLOURS | dict(COLOUR.findall((ROOT / "app" / "static" / "css" / "modes.css").read_text()))
GROUNDS = ("paper", "ground")
WORDS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "pine", "pine-deep", "seal", "amber", "slate")
        for ground in GROUNDS
    ],
    *[(tone, f"{tone}-wash") for tone in ("pine", "seal", "amber", "slate")],
    *[("ink", f"{tone}-wash") for tone in ("pine", "seal", "amber", "slate")],
    *[("paper", dark) for dark in ("pine", "pine-deep", "seal")],
    ("mist", "pine-deep"),
    ("pine-deep", "pine-wash"),
    ("seal-deep", "seal-wash"),
]
EDGES = [("edge", "paper"), ("focus", "paper"), ("focus", "ground"), ("focus-on-dark", "pine-deep")]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, colours: dict[str, str] = COLOURS) -> float:
    dark, light = sorted((luminance(colours[one]), luminance(colours[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), [pair for pair in WORDS if pair[1] != "pine-deep"])
def test_high_contrast_is_high(ink, ground):
    """AAA, and then some. The dark bar has its own words there, checked in a browser."""
    assert contrast(ink, ground, CONTRAST) >= 10


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_can_be_seen(edge, ground):
    assert contrast(edge, ground) >= 3


def test_no_other_colours_are_mixed_in_the_style_sheets():
    for sheet in sorted((ROOT / "app" / "static" / "css").glob("*.css")):
        strange = set(re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text())) - set(
            COLOURS.values() if sheet.name != "modes.css" else CONTRAST.values()
        )
        assert strange <= {"#000"}, sheet.name
