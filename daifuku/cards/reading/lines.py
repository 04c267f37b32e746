"""From a card's picture to its lines: finds where text stands, turns the card upright, reads lines and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from daifuku.cards.reading import cutting
from daifuku.cards.reading.columns import laid_out
from daifuku.cards.reading.engine import Letters

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Engine, Pixels, Quad

_TALL = 1.5
# Below this a card is looked at upside down too.
_DOUBTFUL = 0.72
_STRETCHES = (1.04, 1.3)


@dataclass
class Strip:
    """A line or column with its corners on the card, what it says, and whether it runs down."""

    quad: Quad
    letters: Letters
    down: bool = False

    @property
    def text(self) -> str:
        return self.letters.text

    @property
    def size(self) -> float:
        """About as high as its letters."""
        wide, high = _extent(self.quad)
        return wide if self.down else high


def read_lines(pixels: Pixels, quads: list[Quad], engine: Engine) -> tuple[Pixels, list[Strip]]:
    """The upright picture and its strips, in the order in which they were found."""
    if not quads:
        return pixels, []
    pixels, quads = _on_its_feet(pixels, quads, engine)
    strips = _read(pixels, quads, engine)
    if _sureness(strips) < _DOUBTFUL:
        height, width = pixels.shape[:2]
        other = cutting.turned(pixels, 2)
        over = _read(other, [cutting.turned_quad(quad, width, height, 2) for quad in quads], engine)
        if _sureness(over) > _sureness(strips) + 0.1:
            return other, over
    return pixels, strips


def _on_its_feet(pixels: Pixels, quads: list[Quad], engine: Engine) -> tuple[Pixels, list[Quad]]:
    """A card whose lines all run down is vertical, or lies on its side: the longest lines tell which."""
    tall = [quad for quad in quads if _is_tall(quad)]
    if len(tall) * 2 <= len(quads):
        return pixels, quads
    longest = sorted(tall, key=lambda quad: -_extent(quad)[1])[:6]
    crops = [_crop(pixels, quad) for quad in longest]
    ways = [
        engine.recognise([laid_out(crop, _STRETCHES[0]) for crop in crops]),
        engine.recognise([cutting.turned(crop, 1) for crop in crops]),
        engine.recognise([cutting.turned(crop, 3) for crop in crops]),
    ]
    upright, left, right = _without_latin(ways)
    if max(left, right) < upright + 0.05:
        return pixels, quads
    quarters = 1 if left >= right else 3
    height, width = pixels.shape[:2]
    return cutting.turned(pixels, quarters), [
        cutting.turned_quad(quad, width, height, quarters) for quad in quads
    ]


def _without_latin(ways: list[list[Letters]]) -> list[float]:
    """How sure each way is in the middle; mail addresses lie in vertical cards too and tell nothing."""
    surest = [max(answers, key=lambda each: each.confidence).text for answers in zip(*ways, strict=True)]
    told = [place for place, text in enumerate(surest) if _latin_share(text) < 0.7] or list(
        range(len(surest))
    )
    return [sum(way[place].confidence for place in told) / len(told) for way in ways]


def _read(pixels: Pixels, quads: list[Quad], engine: Engine) -> list[Strip]:
    """Lines as they are; columns set upright, with two heights of a letter, and lying, whichever is surest."""
    strips: list[Pixels] = []
    whose: list[tuple[int, bool]] = []
    for place, quad in enumerate(quads):
        crop = _crop(pixels, quad)
        if not _is_tall(quad):
            strips.append(crop)
            whose.append((place, False))
            continue
        for stretch in _STRETCHES:
            strips.append(laid_out(crop, stretch))
            whose.append((place, True))
        strips.append(cutting.turned(crop, 1))
        whose.append((place, False))
    best: dict[int, Letters] = {}
    for (place, upright), letters in zip(whose, engine.recognise(strips), strict=True):
        if place not in best or _worth(letters, upright) > _worth(best[place], True):
            best[place] = letters
    return [
        Strip(quad, best[place], _is_tall(quad))
        for place, quad in enumerate(quads)
        if best[place].text.strip()
    ]


def _worth(letters: Letters, upright: bool) -> float:
    """How good an answer is. A lying strip is meant to be so when it is Latin; else columns are better set upright."""
    if upright or not letters.text:
        return letters.confidence
    latin = _latin_share(letters.text) > 0.8 and len(letters.text) > 5
    return letters.confidence + (0.1 if latin else -0.15)


def _latin_share(text: str) -> float:
    return sum(letter.isascii() for letter in text) / len(text) if text else 1.0


def _is_tall(quad: Quad) -> bool:
    wide, high = _extent(quad)
    return high >= _TALL * wide


def _extent(quad: Quad) -> tuple[float, float]:
    wide = max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))
    return float(wide), float(high)


def _crop(pixels: Pixels, quad: Quad) -> Pixels:
    wide, high = (max(4, round(each)) for each in _extent(quad))
    flat = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, flat)
    out = cv2.warpPerspective(
        pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(out, np.uint8)


def _sureness(strips: list[Strip]) -> float:
    """Weighed by length, so that a speck does not turn the card over."""
    letters = sum(len(strip.text) for strip in strips)
    return sum(strip.letters.confidence * len(strip.text) for strip in strips) / letters if letters else 0.0
