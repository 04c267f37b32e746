"""Lines as an engine would read them, for tests of the rules: text, where it stands in millimetres, how large."""

from __future__ import annotations

from daifuku.cards.reading.extracting import fields_of
from daifuku.cards.reading.extracting.pieces import Piece, piece
from daifuku.cards.reading.results import Box

WIDTH, HEIGHT = 91.0, 55.0


def across(text: str, y: float, size: float = 2.4, x: float = 8.0, sure: float = 0.99) -> Piece:
    """A line from x to the right; a blank in it takes its place and is not seen, as engines do."""
    width = sum(size if ord(letter) > 255 else size / 2 for letter in text)
    box = Box(x / WIDTH, y / HEIGHT, min(1.0, (x + width) / WIDTH), (y + size) / HEIGHT)
    return _piece(text, box, size * 12, sure, down=False)


def down(text: str, x: float, y: float = 5.0, size: float = 2.4, sure: float = 0.99) -> Piece:
    """A column on a standing card; x is counted from the right edge."""
    wide, high = 55.0, 91.0
    box = Box(1 - (x + size) / wide, y / high, 1 - x / wide, min(1.0, (y + size * len(text)) / high))
    return _piece(text, box, size * 12, sure, down=True)


def _piece(text: str, box: Box, size: float, sure: float, *, down: bool) -> Piece:
    steps, at = [], 0.0
    for letter in text:
        step = 1.0 if ord(letter) > 255 else 0.5
        steps.append(at + step / 2)
        at += step
    seen = [(letter, step / at) for letter, step in zip(text, steps, strict=True) if letter not in "　"]
    letters = "".join(letter for letter, _step in seen)
    return piece(letters, [sure] * len(seen), [step for _letter, step in seen], box, size, down)


def stacked(*lines: str) -> dict[str, str]:
    """A usual card, read: small lines one below another; the one that begins with ! is set large, as names are."""
    pieces, y = [], 4.0
    for line in lines:
        size = 5.5 if line.startswith("!") else 3.4 if "会社" in line else 2.4
        pieces.append(across(line.lstrip("!"), y, size))
        y += size * 1.35
    return values(pieces)


def values(pieces: list[Piece]) -> dict[str, str]:
    """What stands on the card; kana that were only worked out are left out."""
    return {key: each.value for key, each in fields_of(pieces).items() if each.box is not None}
