"""From a card's picture to its lines: finds where text stands, turns the card upright, reads lines and columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import cv2
import numpy as np

from daifuku.cards.reading import cutting
from daifuku.cards.reading.columns import Row, laid_out, parted
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
# So many columns with words of cards show that the card is vertical.
_MAKES_SENSE = 2
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
        wide, high = extent(self.quad)
        return wide if self.down else high


def read_lines(pixels: Pixels, quads: list[Quad], engine: Engine) -> tuple[Pixels, list[Strip]]:
    """The upright picture and its strips, in the order in which they were found."""
    if not quads:
        return pixels, []
    quads = [part for quad in quads for part in _parts(pixels, quad)]
    pixels, quads, known = _on_its_feet(pixels, quads, engine)
    strips = _read(pixels, quads, engine, known)
    if sureness(strips) < _DOUBTFUL:
        height, width = pixels.shape[:2]
        other = cutting.turned(pixels, 2)
        over = _read(other, [cutting.turned_quad(quad, width, height, 2) for quad in quads], engine)
        if sureness(over) > sureness(strips) + 0.1:
            return other, over
    return pixels, strips


def _parts(pixels: Pixels, quad: Quad) -> list[Quad]:
    """A column is taken apart where the size of its letters changes."""
    if not _is_tall(quad):
        return [quad]
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    return [
        np.array(
            [quad[0] + left * start, quad[1] + right * start, quad[1] + right * end, quad[0] + left * end],
            np.float32,
        )
        for start, end in parted(_crop(pixels, quad))
    ]


def _on_its_feet(
    pixels: Pixels, quads: list[Quad], engine: Engine
) -> tuple[Pixels, list[Quad], dict[int, Letters]]:
    """A card whose lines all run down is vertical, or lies on its side: the longest lines tell which.

    What was read for that of a vertical card is answered by place, so that it is not read again.
    """
    tall = [place for place, quad in enumerate(quads) if _is_tall(quad)]
    if len(tall) * 2 <= len(quads):
        return pixels, quads, {}
    longest = sorted(tall, key=lambda place: -extent(quads[place])[1])[:6]
    crops = [_crop(pixels, quads[place]) for place in longest]
    columns = _upright(crops, range(len(crops)), _STRETCHES[0], engine)
    known = dict(zip(longest, columns, strict=True))
    if _sense([columns])[0] >= _MAKES_SENSE:
        return pixels, quads, known
    lying = [engine.recognise([cutting.turned(crop, quarters) for crop in crops]) for quarters in (1, 3)]
    upright, left, right = _sense([columns, *lying])
    # A card on its side makes no sense upright; a vertical one does, with a strip or two misread.
    if max(left, right) < 2 * upright + 1:
        return pixels, quads, known
    quarters = 1 if left >= right else 3
    height, width = pixels.shape[:2]
    turned = [cutting.turned_quad(quad, width, height, quarters) for quad in quads]
    return cutting.turned(pixels, quarters), turned, {}


def _sense(ways: list[list[Letters]]) -> list[float]:
    """How many strips say what cards say, each way. How sure the engine is tells nothing: it reads lying letters too.

    Mail addresses lie in vertical cards too and count for nothing.
    """
    surest = [max(answers, key=lambda each: each.confidence).text for answers in zip(*ways, strict=True)]
    told = [place for place, text in enumerate(surest) if _latin_share(text) < 0.7]
    words = [sum(bool(_USUAL.search(way[place].text.replace(" ", ""))) for place in told) for way in ways]
    return [float(count) for count in words]


def _read(
    pixels: Pixels, quads: list[Quad], engine: Engine, known: Mapping[int, Letters] = MappingProxyType({})
) -> list[Strip]:
    """Lines as they are; columns set upright, and where that is not sure lying as well and with higher letters."""
    crops = [_crop(pixels, quad) for quad in quads]
    tall = [place for place, quad in enumerate(quads) if _is_tall(quad)]
    left = [place for place in range(len(quads)) if place not in known]
    columns = [number for number, place in enumerate(left) if place in tall]
    read = _upright([crops[place] for place in left], columns, _STRETCHES[0], engine)
    best = [letters for _place, letters in sorted((dict(zip(left, read, strict=True)) | dict(known)).items())]
    unsure = [place for place in tall if best[place].confidence < _SURE]
    for place, letters in zip(
        unsure, engine.recognise([cutting.turned(crops[each], 1) for each in unsure]), strict=True
    ):
        best[place] = max((best[place], True), (letters, False), key=_worth)[0]
    unsure = [place for place in unsure if best[place].confidence < _SURE]
    for place, letters in zip(
        unsure,
        _upright([crops[each] for each in unsure], range(len(unsure)), _STRETCHES[1], engine),
        strict=True,
    ):
        best[place] = max((best[place], True), (letters, True), key=_worth)[0]
    return [
        Strip(quad, _closed(letters) if place in tall else letters, place in tall)
        for place, (quad, letters) in enumerate(zip(quads, best, strict=True))
        if letters.text.strip()
    ]


def _upright(crops: list[Pixels], tall: Collection[int], stretch: float, engine: Engine) -> list[Letters]:
    """What lines say, and columns set across."""
    rows = [laid_out(crop, stretch) if place in tall else Row(crop) for place, crop in enumerate(crops)]
    return [
        row.settled(letters)
        for row, letters in zip(rows, engine.recognise([row.pixels for row in rows]), strict=True)
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
    wide, high = extent(quad)
    return high >= _TALL * wide


def extent(quad: Quad) -> tuple[float, float]:
    wide = max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))
    return float(wide), float(high)


def _crop(pixels: Pixels, quad: Quad) -> Pixels:
    wide, high = (max(4, round(each)) for each in extent(quad))
    flat = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, flat)
    out = cv2.warpPerspective(
        pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(out, np.uint8)


def sureness(strips: list[Strip]) -> float:
    """Weighed by length, so that a speck does not turn the card over."""
    letters = sum(len(strip.text) for strip in strips)
    return sum(strip.letters.confidence * len(strip.text) for strip in strips) / letters if letters else 0.0
