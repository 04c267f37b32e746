"""Sets a column upright beside one another, letter by letter, so that a reader of lines can read it.

Japanese columns have one height for every letter. The cuts between letters are those for which the heights are most
alike and the least ink is cut. A dash stands in a column and a bracket lies: both are turned back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Pixels

_WIDTH = 40
# On both sides of a letter, in parts of its height.
_ROOM = 0.16


def laid_out(column: Pixels, stretch: float = 1.0) -> Pixels:
    """The column's letters in one line; stretch is how much higher than wide a letter's place is taken to be."""
    height = max(_WIDTH, round(column.shape[0] * _WIDTH / column.shape[1]))
    small = cv2.resize(column, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    ink = _ink(small)
    across = np.flatnonzero(ink.sum(axis=0) > 0)
    down = np.flatnonzero(ink.sum(axis=1) > 0)
    if not len(across) or not len(down):
        return column
    wide = max(12, int(across[-1] - across[0]) + 1)
    cuts = _cuts(ink.sum(axis=1), int(down[0]), int(down[-1]) + 1, wide * stretch)
    factor = column.shape[0] / height
    side = max(_WIDTH, column.shape[1])
    ground = _ground(column)
    cells = []
    for top, bottom in zip(cuts, cuts[1:], strict=False):
        cell = column[round(top * factor) : round(bottom * factor)]
        if cell.shape[0] > 1:
            cells.append(_square(_turned(cell, ink[top:bottom]), side, ground))
    return _with_room(cells, ground) if cells else column


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
    cut = np.concatenate([ink, [0.0]]) / _WIDTH * 16
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


def _turned(cell: Pixels, ink: np.ndarray) -> Pixels:
    """A standing dash lies down, a lying bracket stands up; every other letter stays."""
    rows, places = np.nonzero(ink)
    if len(rows) < 4:
        return cell
    high, wide = rows.max() - rows.min() + 1, places.max() - places.min() + 1
    if wide <= _WIDTH * 0.2 and high >= ink.shape[0] * 0.45:
        return _short_dash(np.ascontiguousarray(np.rot90(cell)))
    if high <= ink.shape[0] * 0.4 and wide >= _WIDTH * 0.5:
        edges = rows[(places < places.min() + wide * 0.15) | (places > places.max() - wide * 0.15)]
        middles = rows[abs(places - (places.min() + places.max()) / 2) < wide * 0.15]
        if len(middles) and abs(edges.mean() - middles.mean()) > max(1.5, _WIDTH * 0.06):
            return np.ascontiguousarray(np.rot90(cell))
    return cell


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
