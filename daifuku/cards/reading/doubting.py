"""A card of which much could not be read: its letters are neither Japanese nor Latin, or the picture is a bad one.

Where an engine does not know the letters it answers too few for the room they take, or answers without being sure. Of
Japanese cards, hard photographs too, nearly all room is read (docs/dev/cards.md).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from daifuku.cards.reading.lines import extent, sureness
from daifuku.cards.reading.results import Proposal

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Quad
    from daifuku.cards.reading.lines import Strip

# A line is read where its letters fill this part of its room, and are so sure.
_FILLED, _SURE = 0.4, 0.6
# Less of all room, or less sure on the whole, and the card is hardly read.
_READ, _SURELY = 0.85, 0.85
# What such a card says in Japanese is never surer than this, and proposed from here on.
_MOST, _LEAST = 0.5, 0.5


def hardly_read(quads: list[Quad], strips: list[Strip]) -> bool:
    """`quads` are the places where letters were found, `strips` what they say."""
    room = sum(_room(quad) for quad in quads)
    read = sum(_room(strip.quad) for strip in strips if _is_read(strip))
    return read < _READ * room or sureness(strips) < _SURELY


def doubted(fields: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """Numbers and addresses of the Internet have a shape that holds; of other words little is left."""
    return {
        key: each if each.value.isascii() else replace(each, confidence=min(each.confidence, _MOST))
        for key, each in fields.items()
        if each.value.isascii() or each.confidence >= _LEAST
    }


def _is_read(strip: Strip) -> bool:
    wide = sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.5 for letter in strip.text.strip())
    return wide >= _FILLED * _room(strip.quad) and strip.letters.confidence >= _SURE


def _room(quad: Quad) -> float:
    """How many letters as wide as high stand there."""
    wide, high = extent(quad)
    return max(wide, high) / max(1.0, min(wide, high))
