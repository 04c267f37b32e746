"""What the index is asked and what it answers, the same for both engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

BETWEEN = "|"  # Folding removes it, so it parts words without ever being looked for.


class Columns(NamedTuple):
    """A row: all texts are folded; `reading`, `romaji` and `others` may hold several, parted by `|`."""

    object: str
    record_id: int
    name: str
    reading: str
    romaji: str
    others: str


class Found(NamedTuple):
    id: int
    object: str
    record_id: int
    name: str
    reading: str
    romaji: str
    others: str


@dataclass(frozen=True)
class Word:
    """A word that is looked for, folded; `romaji` lists its keys if it was typed in Latin letters."""

    folded: str
    romaji: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """`how` is "exact" (the whole name or reading) or "starts" (how it begins), both of one word, or "anywhere": all
    words somewhere in the row."""

    how: str
    words: tuple[Word, ...]


def pairs(text: str) -> list[str]:
    """高橋製作所: 高橋 橋製 製作 作所 所."""
    return [text[at : at + 2] for at in range(len(text))]


def inner_pairs(text: str) -> list[str]:
    """Those that a longer text also has: without the last character alone."""
    return pairs(text)[:-1] if len(text) > 1 else [text]


def parted(text: str) -> Iterable[str]:
    return (part for part in text.split(BETWEEN) if part)
