"""A line as the extractor handles it: its letters in plain form, each with how sure it is and where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from daifuku.cards.reading.extracting import glyphs
from daifuku.cards.reading.extracting.numerals import digits
from daifuku.cards.reading.results import Box, Proposal
from daifuku.foundation.address import lookup

# What one reads as a dash, a stroke or a dot of a number.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－─━ｰ"), "-")
_PLAIN = _DASHES | str.maketrans(
    {"，": ",", "。": "。", "：": ":", "○": "〇", "◯": "〇", "Ｏ": "O", "“": '"', "’": "'"}
)
_WIDE_GAP = 1.45
# What no card says: the engine's word for a speck.
_SPECKS = "`´"
_LIKE_MARK = re.compile(r"[デテ千于干亍〶T下]\s?([0-9]{3})[-ー1lI|丨]([0-9]{4})(?![0-9-])")


@dataclass(frozen=True)
class Letter:
    text: str
    sure: float
    at: float


@dataclass
class Piece:
    """Letters that stand together. `box` is on the card (0 to 1), `size` about the height of a letter in pixels."""

    letters: list[Letter]
    box: Box
    size: float
    down: bool = False
    used: bool = False
    gaps: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)

    @property
    def spaced(self) -> str:
        """With a blank wherever letters stand clearly apart, also where the reader saw none."""
        out = []
        for place, letter in enumerate(self.letters):
            if place in self.gaps and letter.text != " ":
                out.append(" ")
            out.append(letter.text)
        return re.sub(r"\s+", " ", "".join(out)).strip()

    def proposal(self, value: str, start: int = 0, end: int | None = None, doubt: float = 1.0) -> Proposal:
        """The value with its place on the card; confidence is the mean of its letters, pulled down by the worst."""
        letters = self.letters[start:end] or self.letters
        sures = [letter.sure for letter in letters if letter.text.strip()] or [0.0]
        sure = (sum(sures) / len(sures) + min(sures)) / 2
        return Proposal(value, self.part(start, end), round(sure * doubt, 3))

    def part(self, start: int, end: int | None) -> Box:
        """Where some of the letters stand."""
        letters = self.letters[start:end]
        if not letters or len(letters) == len(self.letters):
            return self.box
        half = 0.5 / max(1, len(self.letters))
        low, high = max(0.0, letters[0].at - half), min(1.0, letters[-1].at + half)
        left, top, right, bottom = self.box
        if self.down:
            return Box(
                left, round(top + (bottom - top) * low, 4), right, round(top + (bottom - top) * high, 4)
            )
        return Box(round(left + (right - left) * low, 4), top, round(left + (right - left) * high, 4), bottom)

    def cut(self, start: int, end: int | None) -> Piece:
        """Some of the letters as a piece of their own."""
        end = len(self.letters) if end is None else end
        gaps = {place - start for place in self.gaps if start < place < end}
        return Piece(self.letters[start:end], self.part(start, end), self.size, self.down, gaps=gaps)


def piece(text: str, sure: Iterable[float], at: Iterable[float], box: Box, size: float, down: bool) -> Piece:
    """Half width and full width become one (NFKC), look-alikes what their neighbours are, columns' numbers digits."""
    letters = []
    for letter, likely, place in zip(text, sure, at, strict=False):
        plain = (
            unicodedata.normalize("NFKC", letter.translate(_PLAIN)) if letter not in "㈱㈲" else f"({letter})"
        )
        plain = plain.replace("(㈱)", "(株)").replace("(㈲)", "(有)")
        letters += [Letter(each.translate(_DASHES), likely, place) for each in plain if each not in _SPECKS]
    letters = _whole_name(_marked(_form_closed(letters)))
    mended = glyphs.mended("".join(letter.text for letter in letters), down)
    letters = [Letter(new, old.sure, old.at) for new, old in zip(mended, letters, strict=True)]
    made = Piece(letters, box, size, down)
    made.gaps = _gaps(letters)
    return made


def _form_closed(letters: list[Letter]) -> list[Letter]:
    """㈱ is one small sign and often read as 株 or (株: before or behind a name it can only be (株)."""
    text = "".join(letter.text for letter in letters)
    found = re.match(r"\(?株\)?(?![式主価\s])(?=..)", text) or re.search(r"(?<=..)\(株\)?\Z", text)
    if not found or found[0] == "(株)":
        return letters
    start, end = found.span()
    sign = letters[start]
    return [*letters[:start], *(Letter(each, sign.sure, sign.at) for each in "(株)"), *letters[end:]]


def _marked(letters: list[Letter]) -> list[Letter]:
    """〒 is read as デ or T now and then: before a code that Japan Post knows it can be nothing else."""
    found = _LIKE_MARK.match(digits("".join(letter.text for letter in letters)))
    if not found or not lookup(found[1] + found[2]):
        return letters
    return [Letter("〒", letters[0].sure, letters[0].at), *letters[1:]]


def _whole_name(letters: list[Letter]) -> list[Letter]:
    """No name begins with 纈 but 纐纈 (こうけつ), whose first letter the engine knows too little."""
    if not letters or letters[0].text != "纈":
        return letters
    first = letters[0]
    return [Letter("纐", first.sure / 2, first.at / 2), *letters]


def _gaps(letters: list[Letter]) -> set[int]:
    """Before which letters there is more room than between the others; only wide letters tell."""
    steps = {
        place: letters[place].at - letters[place - 1].at
        for place in range(1, len(letters))
        if _wide(letters[place].text) and _wide(letters[place - 1].text)
    }
    if len(steps) < 2:
        return set()
    usual = median(steps.values()) if len(steps) > 2 else min(steps.values())
    return {place for place, step in steps.items() if step > _WIDE_GAP * usual}


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def joined(parts: list[Piece]) -> Piece:
    """Pieces that belong together, one after another, with a gap between."""
    letters: list[Letter] = []
    gaps: set[int] = set()
    count = len(parts)
    for number, part in enumerate(parts):
        if letters:
            gaps.add(len(letters))
        gaps |= {len(letters) + gap for gap in part.gaps}
        letters += [Letter(each.text, each.sure, (number + each.at) / count) for each in part.letters]
    box = Box(
        min(part.box.left for part in parts), min(part.box.top for part in parts),
        max(part.box.right for part in parts), max(part.box.bottom for part in parts),
    )  # fmt: skip
    return Piece(letters, box, max(part.size for part in parts), parts[0].down, gaps=gaps)
