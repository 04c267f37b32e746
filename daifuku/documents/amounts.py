"""The arithmetic of papers: amounts of lines, sums per rate, tax rounded once per rate and paper. Pure, no database.

適格請求書 (消費税法 第57条の4 第1項, 消費税法施行令 第70条の10; 国税庁 インボイスQ&A
「適格請求書に記載する消費税額等の端数処理」):
the tax is worked out from the sum of each rate and rounded once there, by whichever way the firm has chosen,
never line by
line. A discount over all lines is spread over the rates by their sums (同Q&A 「一括値引きがある場合」) unless it
names its class.

All amounts are whole yen (`int`); quantities, prices and rates are `Decimal`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from daifuku.documents import tax

HUNDRED = Decimal(100)
# What a column of 64 bits and a page can hold: just under 1,000兆円.
MOST = 10**15 - 1


class Rounding(StrEnum):
    """Toward zero, half away from zero, away from zero, so that a correction mirrors what it corrects."""

    DOWN = "down"
    HALF = "half"
    UP = "up"


MODES = {Rounding.DOWN: ROUND_DOWN, Rounding.HALF: ROUND_HALF_UP, Rounding.UP: ROUND_UP}


class Kind(StrEnum):
    """What a line is. Headings and notes have words alone; a subtotal is worked out from the lines since the last
    one."""

    GOODS = "goods"
    DISCOUNT = "discount"
    HEADING = "heading"
    SUBTOTAL = "subtotal"
    NOTE = "note"


COUNTED = frozenset({Kind.GOODS, Kind.DISCOUNT})


class Counted(Protocol):
    """What the sums want of a line; models, forms and tests all have it. An empty class on a discount: spread it."""

    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> int: ...
    @property
    def tax_class(self) -> str: ...
    @property
    def rate(self) -> Decimal: ...


@dataclass(frozen=True)
class RateSum:
    """One rate of a paper: `net` without tax, `tax`, `gross` with it."""

    tax_class: str
    rate: Decimal
    net: int
    tax: int

    @property
    def gross(self) -> int:
        return self.net + self.tax

    @property
    def mark(self) -> str:
        return tax.CLASSES[self.tax_class].mark


@dataclass(frozen=True)
class Totals:
    rates: tuple[RateSum, ...]

    @property
    def net(self) -> int:
        return sum(each.net for each in self.rates)

    @property
    def tax(self) -> int:
        return sum(each.tax for each in self.rates)

    @property
    def gross(self) -> int:
        return self.net + self.tax


def whole(value: Decimal | Fraction, rounding: str) -> int:
    """Whole yen, whatever the number of digits before."""
    if isinstance(value, Fraction):
        down, rest = divmod(abs(value.numerator), value.denominator)
        up = rounding == Rounding.UP and rest or rounding == Rounding.HALF and 2 * rest >= value.denominator
        size = down + bool(up)
        return -size if value < 0 else size
    with localcontext() as context:
        context.prec = 60
        return int(value.quantize(Decimal(1), rounding=MODES[Rounding(rounding)]))


def line_amount(
    quantity: Decimal, unit_price: Decimal, discount: Decimal = Decimal(0), rounding: str = Rounding.DOWN
) -> int:
    """Quantity times price, less a discount in percent; a fraction of a yen is rounded here, its tax is not."""
    with localcontext() as context:
        context.prec = 60
        return whole(quantity * unit_price * (HUNDRED - discount) / HUNDRED, rounding)


def totals(lines: Iterable[Counted], rounding: str = Rounding.DOWN, *, included: bool = False) -> Totals:
    """Sums per class and rate, the taxed ones first, the higher rate first. `included`: prices hold the tax (内税)."""
    sums: dict[tuple[str, Decimal], int] = {}
    to_spread = 0
    for line in lines:
        if line.kind not in COUNTED:
            continue
        if line.kind == Kind.DISCOUNT and not line.tax_class:
            to_spread += line.amount
            continue
        key = (line.tax_class, Decimal(line.rate))
        sums[key] = sums.get(key, 0) + line.amount
    keys = sorted(sums, key=lambda key: (not tax.CLASSES[key[0]].taxed, -key[1], key[0]))
    parts = spread(to_spread, [sums[key] for key in keys])
    rates = [
        _rate_sum(*key, sums[key] + part, rounding, included) for key, part in zip(keys, parts, strict=True)
    ]
    return Totals(tuple(rates))


def spread(amount: int, over: Sequence[int]) -> list[int]:
    """Divides an amount in proportion so that the parts make exactly the whole: 1,000 over 3,300 and 2,160 is 604 and
    396. What rounding leaves goes to the largest fractions, of equal ones to the first."""
    whole_sum = sum(over)
    if not amount or not over:
        return [0] * len(over)
    if not whole_sum:
        return [amount] + [0] * (len(over) - 1)
    shares = [Fraction(amount * part, whole_sum) for part in over]
    parts = [int(share // 1) for share in shares]
    by_fraction = sorted(range(len(over)), key=lambda place: (parts[place] - shares[place], place))
    for place in by_fraction[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def subtotals(lines: Sequence[Counted]) -> list[int | None]:
    """Beside each line: for a subtotal the sum of what stands since the last one, else None."""
    found: list[int | None] = []
    running = 0
    for line in lines:
        if line.kind == Kind.SUBTOTAL:
            found.append(running)
            running = 0
            continue
        if line.kind in COUNTED:
            running += line.amount
        found.append(None)
    return found


def _rate_sum(tax_class: str, rate: Decimal, amount: int, rounding: str, included: bool) -> RateSum:
    points = Fraction(rate)
    if included:
        held = whole(amount * points / (100 + points), rounding)
        return RateSum(tax_class, rate, amount - held, held)
    return RateSum(tax_class, rate, amount, whole(amount * points / 100, rounding))
