"""Prints words on an invented card: lines across and columns down, at 24 points a millimetre (610 dpi)."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DOTS = 24
POINT = DOTS * 0.3528
# Debian's fonts-morisawa-bizud-gothic, -mincho, fonts-ipaexfont, fonts-noto-cjk, fonts-vlgothic.
_FOLDERS = "/usr/share/fonts/"
FONTS = [
    "truetype/bizud-gothic/BIZUDPGothic-Regular.ttf",
    "truetype/bizud-mincho/BIZUDPMincho-Regular.ttf",
    "opentype/ipaexfont-gothic/ipaexg.ttf",
    "opentype/ipaexfont-mincho/ipaexm.ttf",
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "opentype/noto/NotoSerifCJK-Regular.ttc",
    "truetype/vlgothic/VL-PGothic-Regular.ttf",
]
# What lies down in a column; the rest stands upright.
_TURNED = "ー－―-（）()〜～:："
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

Colour = tuple[int, int, int]


def missing_fonts() -> list[str]:
    return [name for name in FONTS if not Path(_FOLDERS + name).exists()]


@lru_cache(maxsize=256)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FOLDERS + name, size)


class Paper:
    """A blank card of so many millimetres, and the ink it is printed with."""

    def __init__(self, width: float, height: float, colour: Colour, ink: Colour, font_name: str) -> None:
        self.picture = Image.new("RGB", (round(width * DOTS), round(height * DOTS)), colour)
        self.width, self.height, self.ink, self.font_name = width, height, ink, font_name
        self._draw = ImageDraw.Draw(self.picture)
        self.fits = True

    def _within(self, left: float, top: float, right: float, bottom: float) -> None:
        """A firm would not print over the edge: two millimetres stay free."""
        if min(left, top) < 2 or right > self.width - 2 or bottom > self.height - 1.5:
            self.fits = False

    def band(self, box: tuple[float, float, float, float], colour: Colour) -> None:
        self._draw.rectangle([each * DOTS for each in box], fill=colour)

    def length(self, text: str, points: float, tracking: float = 0.0) -> float:
        """How many millimetres a line takes; tracking is space after each letter in parts of its size."""
        used = font(self.font_name, round(points * POINT))
        return (used.getlength(text) + tracking * points * POINT * len(text)) / DOTS

    def line(self, text: str, x: float, y: float, points: float, *, tracking: float = 0.0, align: str = "left",
             ink: Colour | None = None) -> float:  # fmt: skip
        """Prints across from (x, y) in millimetres; answers the y under it."""
        taken = self.length(text, points, tracking)
        x = x - taken if align == "right" else x - taken / 2 if align == "middle" else x
        self._within(x, y, x + taken, y + points * 0.3528)
        used = font(self.font_name, round(points * POINT))
        if not tracking:
            self._draw.text((x * DOTS, y * DOTS), text, font=used, fill=ink or self.ink)
        at = x * DOTS
        for letter in text if tracking else "":
            self._draw.text((at, y * DOTS), letter, font=used, fill=ink or self.ink)
            at += used.getlength(letter) + tracking * points * POINT
        return y + points * 0.3528 * 1.45

    def column(self, text: str, x: float, y: float, points: float, *, tracking: float = 0.0,
               ink: Colour | None = None) -> float:  # fmt: skip
        """Prints down, the column's middle at x; answers the y below it."""
        size = round(points * POINT)
        used = font(self.font_name, size)
        at = y * DOTS
        for letter in text:
            if letter in " 　":
                at += size * 0.5
                continue
            cell = Image.new("L", (size * 2, size * 2))
            ImageDraw.Draw(cell).text((size, size), _standing(letter), font=used, fill=255, anchor="mm")
            if letter in _TURNED:
                cell = cell.rotate(-90)
            self.picture.paste(ink or self.ink, (round(x * DOTS - size), round(at - size / 2)), cell)
            at += size * (1.02 + tracking)
        half = points * 0.3528 / 2
        self._within(x - half, y, x + half, at / DOTS)
        return at / DOTS

    def lying(self, text: str, x: float, y: float, points: float) -> float:
        """Prints across and turns the line clockwise, as mail addresses stand in columns; answers the y below it."""
        size = round(points * POINT)
        used = font(self.font_name, size)
        strip = Image.new("L", (round(used.getlength(text)) + 4, size * 2))
        ImageDraw.Draw(strip).text((2, size), text, font=used, fill=255, anchor="lm")
        strip = strip.rotate(-90, expand=True)
        self.picture.paste(self.ink, (round(x * DOTS - size), round(y * DOTS)), strip)
        below = y + strip.height / DOTS
        self._within(x - points * 0.1764, y, x + points * 0.1764, below)
        return below


def _standing(letter: str) -> str:
    return letter.translate(_FULL_WIDTH) if letter not in _TURNED else letter


def spaced_name(name: tuple[str, str], chance: random.Random) -> tuple[str, float]:
    """Names are set wide: the words, with a gap between them in two cards of three, and the space between letters."""
    gap = chance.choices(["", " ", "　", "　　"], [3, 3, 3, 1])[0]
    return gap.join(name), chance.choices([0.0, 0.08, 0.2, 0.4], [5, 3, 2, 1])[0]
