"""From a file to readings: its pictures, the cards on them, their lines, their codes, and what the fields may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daifuku.cards.reading import pictures
from daifuku.cards.reading.engine import available, engine
from daifuku.cards.reading.results import Box, Line, Reading, blank

if TYPE_CHECKING:
    from PIL import Image

    from daifuku.cards.reading.cutting import Cut
    from daifuku.cards.reading.engine import Engine, Pixels, Quad
    from daifuku.cards.reading.lines import Strip

# A card that takes less of the picture's longer side is looked at again by itself.
_LARGE_ENOUGH = 0.55
# Specks and edges are now and then taken for a letter or two; a card says more.
_LEAST, _FEWEST = 0.5, 4


def read(data: bytes, name: str = "") -> list[Reading]:
    """The cards in a file, in the order in which they lie; NotAPicture says what is wrong with it.

    Without the engine every picture is one card without proposals. `name` is only for whoever reads a log.
    """
    readings: list[Reading] = []
    unread = b""
    for page in pictures.one_by_one(data):
        found = _on_page(page)
        readings += found
        if not found and not unread:
            unread = pictures.as_jpeg(page)
    if not readings:
        raise blank(unread)
    return readings


def _on_page(page: Image.Image) -> list[Reading]:
    low, high = page.convert("L").getextrema()
    if int(high) - int(low) < 24:  # type: ignore[arg-type]
        return []
    if not available():
        return [Reading(pictures.as_jpeg(page))]
    import numpy as np

    pixels = np.ascontiguousarray(np.asarray(page)[:, :, ::-1])
    reader = engine()
    readings = []
    for cut, quads in _cards(pixels, reader):
        reading = _of_card(cut.pixels, quads, reader)
        if sum(len(line.text) for line in reading.lines if line.confidence > _LEAST) >= _FEWEST:
            readings.append(reading)
    return readings


def _cards(pixels: Pixels, reader: Engine) -> list[tuple[Cut, list[Quad]]]:
    """Each card with the quads of its text. A single card is cut out only where no text would be left behind."""
    from daifuku.cards.reading import cutting

    quads = reader.find(pixels)
    cuts = [cut for cut in cutting.cards(pixels) if any(cut.holds(quad) for quad in quads)]
    held = sum(any(cut.holds(quad) for cut in cuts) for quad in quads)
    if not cuts or (len(cuts) == 1 and held < 0.9 * len(quads)):
        return [(cutting.whole(pixels), quads)]
    cards = []
    for cut in cuts:
        if max(cut.pixels.shape[:2]) < _LARGE_ENOUGH * max(pixels.shape[:2]):
            cards.append((cut, reader.find(cut.pixels)))
        else:
            cards.append((cut, [cut.moved(quad) for quad in quads if cut.holds(quad)]))
    return cards


def _of_card(pixels: Pixels, quads: list[Quad], reader: Engine) -> Reading:
    from daifuku.cards.reading.codes import on_card
    from daifuku.cards.reading.doubting import doubted, hardly_read
    from daifuku.cards.reading.extracting import propose
    from daifuku.cards.reading.lines import read_lines

    upright, strips = read_lines(pixels, quads, reader)
    height, width = upright.shape[:2]
    lines = [_line(strip, width, height) for strip in strips]
    fields, hard = propose(strips, width, height), hardly_read(quads, strips)
    return Reading(_jpeg(upright), lines, (doubted(fields) if hard else fields) | on_card(upright), hard)


def _line(strip: Strip, width: int, height: int) -> Line:
    return Line(strip.text, box_of(strip.quad, width, height), round(strip.letters.confidence, 3))


def box_of(quad: Any, width: int, height: int) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    parts = (left / width, top / height, right / width, bottom / height)
    return Box(*(round(min(1.0, max(0.0, float(part))), 4) for part in parts))


def _jpeg(pixels: Pixels) -> bytes:
    from PIL import Image

    return pictures.as_jpeg(Image.fromarray(pixels[:, :, ::-1]))
