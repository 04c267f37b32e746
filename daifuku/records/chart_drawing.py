"""A chart as a picture in the page: SVG made here, without a style or a script of its own, as wide as there is room.

Places across are percentages and places down are pixels, so that words keep their size on a phone. What people typed
passes `escape`. The picture repeats the table beneath it, so it says nothing to screen readers and is no stop of Tab.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.records.charting import Bar, Charted
from daifuku.records.look import dated

PALETTE = ("blue", "orange", "teal", "purple", "green", "pink", "indigo", "yellow", "red", "grey")
ROW, BAR, HEIGHT, TOP, FOOT, LABELS = 44, 16, 260, 16, 26, 7
# Beside the lines of the frame stand their figures.
LEFT, RIGHT = 11.0, 99.0
Link = Callable[[int, int | None], str]


def draw(found: Charted, link: Link) -> SafeString:
    """`link(bar, series)` is the address of the records behind a bar or a part of it; empty where there is none."""
    if found.chart.kind == "pie":
        drawn = _pie(found, link)
    elif found.chart.kind == "line":
        drawn = _frame(found, _points(found, link))
    elif dated(found.chart.x):
        drawn = _frame(found, _columns(found, link))
    else:
        drawn = _rows(found, link)
    return SafeString(drawn)


def colour_of(found: Charted, place: int) -> str:
    """Of a part of a stack or of a pie: its own; the last one without takes what is free; else the palette's."""
    parts: Sequence[Any] = found.series or found.bars
    own = [part.colour for part in parts]
    if not all(own[:-1]) or len(set(own)) < len(own):
        return PALETTE[place % len(PALETTE)]
    return own[place] or next((each for each in ("grey", *PALETTE) if each not in own), "grey")


def _svg(height: float, body: str, more: str = "") -> str:
    return f'<svg class="chart-picture" aria-hidden="true" height="{_n(height)}"{more}>{body}</svg>'


def _linked(address: str, words: str, body: str) -> str:
    body = f"<title>{escape(words)}</title>{body}"
    return f'<a href="{escape(address)}" tabindex="-1">{body}</a>' if address else f"<g>{body}</g>"


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _number(value: Any) -> float:
    return float(value) if value is not None else 0.0


def _parts(found: Charted, bar: int) -> list[tuple[float, str, str, int | None]]:
    """(value, class, words, series) of what a bar is made of."""
    name = found.bars[bar].name
    if not found.series:
        value = found.bars[bar].value
        return [(_number(value), "c-one", f"{name} {found.said(value)}", None)]
    return [
        (_number(each.values[bar]), f"c-{colour_of(found, place)}",
         f"{name} {each.name} {found.said(each.values[bar])}", place)
        for place, each in enumerate(found.series)
        if each.values[bar]
    ]  # fmt: skip


def _range(found: Charted) -> tuple[float, float]:
    """From the lowest to the highest end of a bar; zero is always in it."""
    low = high = 0.0
    for bar in range(len(found.bars)):
        values = [part[0] for part in _parts(found, bar)]
        high = max(high, sum(value for value in values if value > 0))
        low = min(low, sum(value for value in values if value < 0))
    return low, high


def _rows(found: Charted, link: Link) -> str:
    """Lying bars, the name above each, the figure behind it; a picture each, so that paper ends between two."""
    low, high = _range(found)
    room = 76.0 / ((high - low) or 1)
    drawn = ""
    for place, bar in enumerate(found.bars):
        name = bar.name if len(bar.name) <= 40 else f"{bar.name[:39]}…"
        body = f'<text class="chart-name" x="0" y="14">{escape(name)}</text>'
        body += f'<rect class="chart-rail" x="0" y="20" width="76%" height="{BAR}"></rect>'
        up = down = -low * room
        for value, kind, words, series in _parts(found, place):
            start = up if value >= 0 else down + value * room
            wide = abs(value) * room
            up, down = (up + wide, down) if value >= 0 else (up, down - wide)
            rect = f'<rect class="{kind}" x="{_n(start)}%" y="20" width="{_n(wide)}%" height="{BAR}"></rect>'
            body += _linked(link(place, series), words, rect)
        body += f'<text class="chart-value" x="77.5%" y="33">{escape(found.said(bar.value))}</text>'
        drawn += _svg(ROW, body)
    return drawn


def _steps(low: float, high: float) -> list[float]:
    """A few round numbers from below the lowest to above the highest."""
    span = (high - low) or 1.0
    size = 10 ** math.floor(math.log10(span / 3))
    step = next(size * each for each in (1, 2, 5, 10) if span / (size * each) <= 4)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _short(value: float) -> str:
    """Beside a line there is room for few letters: 1.2億, 350万."""
    # How great numbers are shortened in this language, the greatest first: 1e9 bn,1e6 m,1e3 k in English.
    for unit in _("1e12 兆,1e8 億,1e4 万").split(","):
        size, _space, word = unit.partition(" ")
        if abs(value) >= float(size):
            return f"{value / float(size):,.4g}{word}"
    return f"{value:,.4g}"


Placed = Callable[[Callable[[float], float], Callable[[int], tuple[float, float]]], str]


def _frame(found: Charted, body: Placed) -> str:
    """Lines across with their figures, and as many names beneath as there is room for."""
    marks = _steps(*_range(found))
    span = (marks[-1] - marks[0]) or 1.0
    wide = (RIGHT - LEFT) / max(len(found.bars), 1)

    def down(value: float) -> float:
        return TOP + (marks[-1] - value) / span * HEIGHT

    def across(place: int) -> tuple[float, float]:
        return LEFT + place * wide, wide

    drawn = "".join(
        f'<line class="chart-line" x1="{LEFT}%" x2="{RIGHT}%" y1="{_n(down(mark))}" y2="{_n(down(mark))}"></line>'
        f'<text class="chart-mark" x="{LEFT - 1}%" y="{_n(down(mark) + 4)}">{_short(mark)}</text>'
        for mark in marks
    )
    every = max(1, math.ceil(len(found.bars) / LABELS))
    for place, bar in enumerate(found.bars):
        if place % every == 0:
            start, width = across(place)
            drawn += (
                f'<text class="chart-under" x="{_n(start + width / 2)}%" y="{TOP + HEIGHT + 18}">'
                f"{escape(_under(bar))}</text>"
            )
    return _svg(TOP + HEIGHT + FOOT, drawn + body(down, across))


def _under(bar: Bar) -> str:
    """Seven of them stand side by side on a phone."""
    name = bar.short or bar.name
    return name if len(name) <= 7 else f"{name[:6]}…"


def _columns(found: Charted, link: Link) -> Placed:
    def body(down: Callable[[float], float], across: Callable[[int], tuple[float, float]]) -> str:
        drawn = ""
        for place in range(len(found.bars)):
            start, wide = across(place)
            up = low = 0.0
            for value, kind, words, series in _parts(found, place):
                top = up + value if value >= 0 else low
                up, low = (up + value, low) if value >= 0 else (up, low + value)
                tall = abs(down(0) - down(value))
                rect = (
                    f'<rect class="{kind}" x="{_n(start + wide * 0.12)}%" y="{_n(down(top))}" '
                    f'width="{_n(wide * 0.76)}%" height="{_n(tall)}"></rect>'
                )
                drawn += _linked(link(place, series), words, rect)
        return drawn

    return body


def _points(found: Charted, link: Link) -> Placed:
    def body(down: Callable[[float], float], across: Callable[[int], tuple[float, float]]) -> str:
        spots = []
        for place, bar in enumerate(found.bars):
            start, wide = across(place)
            spots.append((start + wide / 2, down(_number(bar.value))))
        drawn = "".join(
            f'<line class="chart-way" x1="{_n(x)}%" y1="{_n(y)}" x2="{_n(to_x)}%" y2="{_n(to_y)}"></line>'
            for (x, y), (to_x, to_y) in zip(spots, spots[1:], strict=False)
        )
        for place, (x, y) in enumerate(spots):
            words = f"{found.bars[place].name} {found.said(found.bars[place].value)}"
            dot = f'<circle class="chart-dot" cx="{_n(x)}%" cy="{_n(y)}" r="5"></circle>'
            drawn += _linked(link(place, None), words, dot)
        return drawn

    return body


def _pie(found: Charted, link: Link) -> str:
    """Slices from the top on, to the right; what is less than nothing has no slice."""
    values = [max(_number(bar.value), 0.0) for bar in found.bars]
    total, at, body = sum(values) or 1.0, 0.0, ""
    for place, value in enumerate(values):
        if not value:
            continue
        words = f"{found.bars[place].name} {found.said(found.bars[place].value)}"
        body += _linked(link(place, None), words, _slice(at / total, value / total, colour_of(found, place)))
        at += value
    return _svg(240, body, ' width="240" viewBox="-100 -100 200 200"')


def _slice(start: float, part: float, colour: str) -> str:
    if part > 0.9999:
        return f'<circle class="c-{colour}" r="98"></circle>'
    ends = []
    for turn in (start, start + part):
        angle = 2 * math.pi * turn
        ends.append(f"{_n(98 * math.sin(angle))} {_n(-98 * math.cos(angle))}")
    return f'<path class="c-{colour}" d="M0 0L{ends[0]}A98 98 0 {int(part > 0.5)} 1 {ends[1]}Z"></path>'
