"""Amounts and quantities as people write them: 350万円, ￥1,200,000, 3千円, 64万8千円, 1億2,000万円, 20ケース, 3本.

The line comes in NFKC form (`lines.clean`), so that full-width figures are figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

FIGURE = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,12}(?:\.[0-9]+)?"
_LARGE = {"億": 100_000_000, "万": 10_000, "千": 1_000, "百万": 1_000_000, "千万": 10_000_000}
_PART = re.compile(rf"({FIGURE})\s?(億|千万|百万|万|千)?")
_AMOUNT = re.compile(
    rf"[¥\\]\s?(?:{FIGURE})(?:億|千万|百万|万|千)?"
    rf"|(?:(?:{FIGURE})億)?\s?(?:(?:{FIGURE})万)?\s?(?:{FIGURE})\s?(?:億|千万|百万|万|千)?\s?円"
    rf"|(?:{FIGURE})(?:億|千万|百万|万)(?!人|名|個|本|件|台)"
)
UNITS = (
    "ケース", "パレット", "ダース", "セット", "メートル", "キロ", "トン", "箱", "本", "個", "台", "枚", "袋", "缶",
    "冊", "式", "束", "樽", "瓶", "丁", "玉", "kg", "g", "L",
)  # fmt: skip
_QUANTITY = re.compile(rf"(?<![0-9.,])({FIGURE})\s?({'|'.join(UNITS)})(?![A-Za-z目分])")


@dataclass(frozen=True)
class Amount:
    start: int
    end: int
    yen: int


@dataclass(frozen=True)
class Quantity:
    start: int
    end: int
    number: Decimal
    unit: str


def amounts_in(line: str) -> list[Amount]:
    """In yen. What is no whole number of yen is none."""
    found = []
    for match in _AMOUNT.finditer(line):
        value = _yen(match.group(0))
        if value is not None:
            found.append(Amount(match.start(), match.end(), value))
    return found


def _yen(text: str) -> int | None:
    total = Decimal(0)
    for figure, unit in _PART.findall(text):
        total += Decimal(figure.replace(",", "")) * _LARGE.get(unit, 1)
    return int(total) if total == int(total) and total > 0 else None


def quantities_in(line: str) -> list[Quantity]:
    return [
        Quantity(match.start(), match.end(), Decimal(match.group(1).replace(",", "")), match.group(2))
        for match in _QUANTITY.finditer(line)
    ]
