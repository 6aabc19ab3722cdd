"""Drawn pictures for the demonstration: plain shapes, no photograph of anybody's; the same scene before and after."""

from functools import cache
from io import BytesIO
from random import Random
from typing import Protocol

from PIL import Image, ImageDraw, ImageFilter

SIZE = WIDTH, HEIGHT = 960, 640
SKY, GROUND = "#c9d8e0", "#8a8f7a"
Draw = ImageDraw.ImageDraw
CHANCE = 20240314
"""Stones and bubbles fall alike every time."""


class Paint(Protocol):
    def __call__(self, draw: Draw, *, clean: bool) -> None: ...


@cache
def picture(scene: str, *, clean: bool = False) -> bytes:
    """A scene as JPEG; `clean` is how it looks when it has been put right."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 400, WIDTH, HEIGHT), fill=GROUND)
    SCENES[scene](draw, clean=clean)
    out = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1)).save(out, "JPEG", quality=80)
    return out.getvalue()


def _cloud(draw: Draw, at: tuple[int, int], colour: str, puffs: int) -> None:
    (x, y), chance = at, Random(CHANCE)
    for step in range(puffs):
        size = 22 + 5 * step
        left, top = x + 16 * step + chance.randint(-12, 12), y - 14 * step + chance.randint(-8, 8)
        draw.ellipse((left - size, top - size, left + size, top + size), fill=colour)


def _chimney(draw: Draw, *, clean: bool) -> None:
    draw.rectangle((180, 280, 620, 470), fill="#a9795b")
    for window in range(4):
        draw.rectangle((220 + 100 * window, 330, 280 + 100 * window, 400), fill="#5d6f7a")
    draw.rectangle((520, 120, 570, 290), fill="#6b4a3a")
    if not clean:
        _cloud(draw, (545, 110), "#4b4b4b", 13)
    else:
        draw.rectangle((505, 200, 585, 250), fill="#cfd4d6", outline="#5d6f7a", width=4)


def _outfall(draw: Draw, *, clean: bool) -> None:
    draw.polygon(((0, 470), (WIDTH, 430), (WIDTH, HEIGHT), (0, HEIGHT)), fill="#7fa9b5" if clean else "#4a4f3a")
    draw.ellipse((250, 360, 350, 460), fill="#5a5a5a")
    draw.ellipse((265, 375, 335, 445), fill="#9a9a9a" if clean else "#1d1d1d")
    if clean:
        draw.line((270, 380, 330, 440), fill="#5a5a5a", width=10)
        draw.line((330, 380, 270, 440), fill="#5a5a5a", width=10)
    else:
        draw.polygon(((280, 430), (325, 430), (380, 540), (230, 540)), fill="#26281d")


def _heap(draw: Draw, *, clean: bool) -> None:
    chance = Random(CHANCE)
    if not clean:
        draw.polygon(((120, 500), (360, 250), (520, 330), (700, 230), (880, 500)), fill="#5b5148")
        for _ in range(160):
            x, y = chance.randint(200, 800), chance.randint(380, 500)
            draw.rectangle((x, y, x + 12, y + 8), fill=chance.choice(["#7a6a5c", "#3f3832", "#8d8379"]))
        return
    draw.polygon(((120, 500), (360, 430), (520, 450), (700, 425), (880, 500)), fill="#5f8a4c")
    for tree in range(6):
        x = 190 + 110 * tree
        draw.rectangle((x, 410, x + 8, 460), fill="#6b4a3a")
        draw.ellipse((x - 26, 360, x + 34, 420), fill="#3f7a3a")


def _foam(draw: Draw, *, clean: bool) -> None:
    chance = Random(CHANCE)
    draw.rectangle((0, 330, WIDTH, HEIGHT), fill="#7fa9b5" if clean else "#6f7f6a")
    for _ in range(0 if clean else 120):
        x, y, size = chance.randint(0, WIDTH), chance.randint(420, 620), chance.randint(6, 26)
        draw.ellipse((x, y, x + size, y + size // 2), fill="#f2f0e6")


def _fence(draw: Draw, *, clean: bool) -> None:
    for panel in range(8):
        x = 20 + 118 * panel
        if panel in {3, 4} and not clean:
            draw.polygon(((x, 500), (x + 110, 470), (x + 130, 520), (x + 20, 545)), fill="#4f7f9a")
        else:
            draw.rectangle((x, 300, x + 110, 470), fill="#4f7f9a", outline="#33566b", width=4)


def _bare_ground(draw: Draw, *, clean: bool) -> None:
    chance = Random(CHANCE)
    draw.rectangle((0, 360, WIDTH, HEIGHT), fill="#4f7a45" if clean else "#a7744c")
    for _ in range(60):
        x, y = chance.randint(0, WIDTH), chance.randint(370, 620)
        draw.ellipse((x, y, x + 70, y + 14), fill=chance.choice(["#b98a5e", "#d9d0c0", "#8f4f38"]))


SCENES: dict[str, Paint] = {
    "chimney": _chimney,
    "outfall": _outfall,
    "heap": _heap,
    "foam": _foam,
    "fence": _fence,
    "bare_ground": _bare_ground,
}
