"""From a card's picture to its lines: finds where text stands, turns the card upright, reads lines and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from daifuku.cards.reading import cutting
from daifuku.cards.reading.columns import laid_out
from daifuku.cards.reading.engine import Letters
from daifuku.cards.reading.extracting.phones import plausible

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Engine, Pixels, Quad

_TALL = 1.5
# Below this a card is looked at upside down too.
_DOUBTFUL = 0.72
_USUAL = re.compile(
    r"会社|法人|[都道府県].{1,5}[市区郡町]|電話|携帯|TEL|FAX|丁目|番地|[営業総務技術]{2}部|部長|課長|取締役|[0-9]{2,4}[-)][0-9]{2,4}[-)]?[0-9]{3}"
)
_STRETCHES = (1.04, 1.3)
# A column that is read so surely is not tried with more room between its letters.
_SURE = 0.85


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
    upright, left, right = _sense(ways)
    # A card on its side makes no sense upright; a vertical one does, with a strip or two misread.
    if max(left, right) < 2 * upright + 1:
        return pixels, quads
    quarters = 1 if left >= right else 3
    height, width = pixels.shape[:2]
    return cutting.turned(pixels, quarters), [
        cutting.turned_quad(quad, width, height, quarters) for quad in quads
    ]


def _sense(ways: list[list[Letters]]) -> list[float]:
    """How many strips say what cards say, each way. How sure the engine is tells nothing: it reads lying letters too.

    Mail addresses lie in vertical cards too and count for nothing.
    """
    surest = [max(answers, key=lambda each: each.confidence).text for answers in zip(*ways, strict=True)]
    told = [place for place, text in enumerate(surest) if _latin_share(text) < 0.7]
    words = [sum(bool(_USUAL.search(way[place].text.replace(" ", ""))) for place in told) for way in ways]
    return [float(count) for count in words]


def _read(pixels: Pixels, quads: list[Quad], engine: Engine) -> list[Strip]:
    """Lines as they are; columns set upright, and lying as well, and where neither is sure with higher letters."""
    crops = [_crop(pixels, quad) for quad in quads]
    tall = [place for place, quad in enumerate(quads) if _is_tall(quad)]
    best = engine.recognise(
        [laid_out(crop, _STRETCHES[0]) if place in tall else crop for place, crop in enumerate(crops)]
    )
    lying = engine.recognise([cutting.turned(crops[place], 1) for place in tall])
    for place, letters in zip(tall, lying, strict=True):
        best[place] = max((best[place], True), (letters, False), key=_worth)[0]
    unsure = [place for place in tall if best[place].confidence < _SURE]
    higher = engine.recognise([laid_out(crops[place], _STRETCHES[1]) for place in unsure])
    for place, letters in zip(unsure, higher, strict=True):
        best[place] = max((best[place], True), (letters, True), key=_worth)[0]
    return [
        Strip(quad, _closed(letters) if place in tall else letters, place in tall)
        for place, (quad, letters) in enumerate(zip(quads, best, strict=True))
        if letters.text.strip()
    ]


def _closed(letters: Letters) -> Letters:
    """Blanks of a column are the room that was put between its letters."""
    if _latin_share(letters.text) > 0.7:
        return letters
    kept = [place for place, letter in enumerate(letters.text) if letter != " "]
    return Letters(
        "".join(letters.text[place] for place in kept),
        tuple(letters.sure[place] for place in kept),
        tuple(letters.at[place] for place in kept),
    )


def _worth(way: tuple[Letters, bool]) -> float:
    """How sure an answer is; for numbers, which are read better upright, whether a phone or a postal code comes out."""
    letters, upright = way
    text = letters.text.replace(" ", "")
    if _latin_share(text) > 0.8:
        return letters.confidence + (0.1 if not upright and len(text) > 5 else -0.2)
    if sum(letter in "〇一二三四五六七八九" for letter in text) < 2:
        return letters.confidence
    return letters.confidence + (0.05 if upright else 0) + (0.25 if plausible(text) else 0)


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
