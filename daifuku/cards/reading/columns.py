"""Sets a column upright beside one another, letter by letter, so that a reader of lines can read it.

Japanese columns have one height for every letter. The cuts between letters are those for which the heights are most
alike and the least ink is cut. A dash stands in a column and a bracket lies: both are turned back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from daifuku.cards.reading.engine import Letters

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Pixels

_WIDTH = 40
# How much the rows above, at and below a cut count.
_NEAR = (0.15, 0.7, 0.15)
# On both sides of a letter, in parts of its height.
_ROOM = 0.16
# Parts of a column with letters of two sizes: the room between them in small letters, how much smaller the small ones
# are, and how many there are at least.
_APART, _SMALLER, _LETTERS = 0.5, 0.68, 1.5
_NUMBERS = "〇○零一二三四五六七八九十"
_BAR, _SURE_OF_A_BAR = "ー", 0.95
# What lies in a column is the number.
_ONE = dict.fromkeys("ー-－—―─", "一")


@dataclass(frozen=True)
class Row:
    """A column set across: as many places of one width as it has letters, and which of them hold a standing dash."""

    pixels: Pixels
    bars: tuple[bool, ...] = ()

    def settled(self, letters: Letters) -> Letters:
        """One letter for each place, and a dash where one stands: a standing stroke is never the number one (一)."""
        if not self.bars:
            return letters
        found: list[list[int]] = [[] for _ in self.bars]
        for number, at in enumerate(letters.at):
            if letters.text[number] != " ":
                found[min(int(at * len(self.bars)), len(self.bars) - 1)].append(number)
        kept: list[tuple[str, float, float]] = []
        for place, (bar, numbers) in enumerate(zip(self.bars, found, strict=True)):
            at = (place + 0.5) / len(self.bars)
            if bar:
                kept.append((_BAR, _SURE_OF_A_BAR, at))
            elif numbers:
                best = max(numbers, key=lambda each: letters.sure[each])
                said = "".join(letters.text[each] for each in numbers)
                letter = _sign(said) or _ONE.get(letters.text[best], letters.text[best])
                kept.append((letter, letters.sure[best], at))
        text = _with_ones("".join(text for text, _sure, _at in kept))
        return Letters(text, tuple(sure for _text, sure, _at in kept), tuple(at for _text, _sure, at in kept))


def _sign(said: str) -> str:
    """㈱ stands in one place and is read as three letters, or as two of them."""
    return next(
        (sign for form, sign in (("株", "㈱"), ("有", "㈲")) if form in said and set("()（）") & set(said)),
        "",
    )


def _with_ones(text: str) -> str:
    """A stroke before a section is its number (営業1課): a dash stands between numbers or behind katakana."""
    return re.sub(rf"(?<=[\u3400-\u9fff])(?<![{_NUMBERS}]){_BAR}(?=[課係部班科グチ])", "1", text)


def laid_out(column: Pixels, stretch: float = 1.0) -> Row:
    """The column's letters in one line; stretch is how much higher than wide a letter's place is taken to be."""
    height = max(_WIDTH, round(column.shape[0] * _WIDTH / column.shape[1]))
    small = cv2.resize(column, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    ink = _ink(small)
    across = np.flatnonzero(ink.sum(axis=0) > 0)
    down = np.flatnonzero(ink.sum(axis=1) > 0)
    if not len(across) or not len(down):
        return Row(column)
    wide = max(12, int(across[-1] - across[0]) + 1)
    cuts = _cuts(ink.sum(axis=1), int(down[0]), int(down[-1]) + 1, wide * stretch)
    factor = column.shape[0] / height
    side = max(_WIDTH, column.shape[1])
    ground = _ground(column)
    cells, bars = [], []
    for top, bottom in zip(cuts, cuts[1:], strict=False):
        cell = column[round(top * factor) : round(bottom * factor)]
        if cell.shape[0] > 1:
            upright, bar = _turned(cell, ink[top:bottom])
            cells.append(_square(upright, side, ground))
            bars.append(bar)
    return Row(_with_room(cells, ground), tuple(bars)) if cells else Row(column)


def parted(column: Pixels) -> list[tuple[float, float]]:
    """Where parts of a column begin and end (0 to 1) whose letters are of quite another size: a title above a name."""
    height = max(_WIDTH, round(column.shape[0] * _WIDTH / column.shape[1]))
    ink = _ink(cv2.resize(column, (_WIDTH, height), interpolation=cv2.INTER_AREA))
    rows = np.flatnonzero(ink.sum(axis=1) > 0)
    if len(rows) < _WIDTH:
        return [(0.0, 1.0)]
    place = int(np.diff(rows).argmax())
    end, start = int(rows[place]) + 1, int(rows[place + 1])
    parts = ink[rows[0] : end], ink[start : rows[-1] + 1]
    small, large = sorted(_breadth(part) for part in parts)
    long = all(len(part) > _LETTERS * _breadth(part) for part in parts)
    if not long or small > _SMALLER * large or start - end < _APART * small:
        return [(0.0, 1.0)]
    middle = (end + start) / 2 / height
    return [(0.0, middle), (middle, 1.0)]


def _breadth(ink: np.ndarray) -> int:
    across = np.flatnonzero(ink.sum(axis=0) > 0)
    return int(across[-1] - across[0]) + 1 if len(across) else 0


def _with_room(cells: list[Pixels], ground: list[float]) -> Pixels:
    """Room between the letters, or a reader of lines takes 一一 for 二 and 〇〇 for 〇."""
    room = round(cells[0].shape[0] * _ROOM)
    apart = [cv2.copyMakeBorder(cell, 0, 0, room, room, cv2.BORDER_CONSTANT, value=ground) for cell in cells]
    return np.ascontiguousarray(np.concatenate(apart, axis=1))


def _ground(column: Pixels) -> list[float]:
    """The colour of the paper, which is most of any column."""
    return [float(each) for each in np.median(column.reshape(-1, 3), axis=0)]


def _ink(picture: Pixels) -> np.ndarray:
    """1 where something is printed, dark on light or light on dark."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ground = cv2.medianBlur(cv2.copyMakeBorder(grey, 0, 0, 20, 20, cv2.BORDER_REPLICATE), 61)[:, 20:-20]
    apart = cv2.absdiff(grey, ground)
    limit, _mask = cv2.threshold(apart, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = (apart > max(18.0, limit * 0.8)).astype(np.uint8)
    ink[:, :2] = ink[:, -2:] = 0
    return ink


def _cuts(ink: np.ndarray, top: int, bottom: int, pitch: float) -> list[int]:
    """The rows between letters: of all ways from above the first letter to below the last, the cheapest."""
    start, end = max(0, round(top - pitch * 0.5)), min(len(ink), round(bottom + pitch * 0.5))
    cost = np.full(end + 1, np.inf)
    before = np.full(end + 1, -1)
    # Ink near a cut counts as well: between the parts of one letter there is less room than between two letters.
    cut = np.convolve(np.concatenate([ink, [0.0]]), _NEAR, mode="same") / _WIDTH * 16
    cost[start : top + 1] = 0.0
    steps = np.arange(max(4, round(pitch * 0.75)), round(pitch * 1.6))
    price = np.where(steps > pitch, (steps / pitch - 1) * 1.8, (steps / pitch - 1) * 3.0) ** 2
    for row in range(start + len(steps[:1]), end + 1):
        back = row - steps
        ok = back >= start
        if not ok.any() or row <= top:
            continue
        ways = cost[back[ok]] + price[ok]
        best = int(ways.argmin())
        if ways[best] + cut[row] < cost[row]:
            cost[row] = ways[best] + cut[row]
            before[row] = back[ok][best]
    last = range(bottom, end + 1)
    row = min(last, key=lambda each: cost[each])
    if not np.isfinite(cost[row]):
        return [top, bottom]
    rows = [row]
    while before[rows[-1]] >= 0:
        rows.append(int(before[rows[-1]]))
    return rows[::-1]


def _turned(cell: Pixels, ink: np.ndarray) -> tuple[Pixels, bool]:
    """A standing dash lies down, a lying bracket stands up, every other letter stays; and whether it is a dash."""
    rows, places = np.nonzero(ink)
    if len(rows) < 4:
        return cell, False
    high, wide = rows.max() - rows.min() + 1, places.max() - places.min() + 1
    if wide <= _WIDTH * 0.2 and high >= ink.shape[0] * 0.45:
        return _short_dash(np.ascontiguousarray(np.rot90(cell))), True
    if high <= ink.shape[0] * 0.4 and wide >= _WIDTH * 0.5:
        edges = rows[(places < places.min() + wide * 0.15) | (places > places.max() - wide * 0.15)]
        middles = rows[abs(places - (places.min() + places.max()) / 2) < wide * 0.15]
        if len(middles) and abs(edges.mean() - middles.mean()) > max(1.5, _WIDTH * 0.06):
            return np.ascontiguousarray(np.rot90(cell)), False
    return cell, False


def _short_dash(cell: Pixels) -> Pixels:
    """Half as long as the number one (一), so that nobody takes it for that."""
    ground = np.median(cell.reshape(-1, 3), axis=0)
    wide = max(2, cell.shape[1] // 2)
    out = np.empty((cell.shape[0], cell.shape[1], 3), np.uint8)
    out[:] = ground
    left = (cell.shape[1] - wide) // 2
    out[:, left : left + wide] = cv2.resize(cell, (wide, cell.shape[0]), interpolation=cv2.INTER_AREA)
    return out


def _square(cell: Pixels, side: int, ground: list[float]) -> Pixels:
    """In the middle of a square of the strip's height."""
    factor = min(side / cell.shape[0], side / cell.shape[1], 3.0)
    size = (max(1, round(cell.shape[1] * factor)), max(1, round(cell.shape[0] * factor)))
    small = cv2.resize(cell, size)
    above, left = (side - small.shape[0]) // 2, (side - small.shape[1]) // 2
    return np.asarray(
        cv2.copyMakeBorder(
            small,
            above,
            side - small.shape[0] - above,
            left,
            side - small.shape[1] - left,
            cv2.BORDER_CONSTANT,
            value=ground,
        ),
        np.uint8,
    )
