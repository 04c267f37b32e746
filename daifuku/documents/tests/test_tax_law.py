"""The law of 消費税 as a table: rates by day, one rounding per rate and paper, 内税, discounts over several rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from daifuku.documents import tax
from daifuku.documents.amounts import Kind, Rounding, line_amount, subtotals, totals
from daifuku.foundation.errors import Invalid


@dataclass
class Row:
    amount: int
    tax_class: str = tax.STANDARD
    kind: str = Kind.GOODS

    @property
    def rate(self) -> Decimal:
        return {"standard": Decimal(10), "reduced": Decimal(8)}.get(self.tax_class, Decimal(0))


def standard(*amounts: int) -> list[Row]:
    return [Row(amount) for amount in amounts]


def reduced(*amounts: int) -> list[Row]:
    return [Row(amount, tax.REDUCED) for amount in amounts]


# 国税庁 インボイスQ&A, 端数処理: トマト 83×167, ピーマン 197×67 (8 %), 花 57×77, 肥料 57×417 (10 %).
VEGETABLES = [*reduced(83 * 167, 197 * 67), *standard(57 * 77, 57 * 417)]

PUBLISHED = (
    # lines, rounding, included, {(class): (net, tax)}, gross
    (VEGETABLES, "down", False, {"standard": (28_158, 2_815), "reduced": (27_060, 2_164)}, 60_197),
    (VEGETABLES, "half", False, {"standard": (28_158, 2_816), "reduced": (27_060, 2_165)}, 60_199),
    (VEGETABLES, "up", False, {"standard": (28_158, 2_816), "reduced": (27_060, 2_165)}, 60_199),
    # Three lines of 333 yen at 8 %: 79, line by line it would be 78; three of 105: 25, line by line 24.
    (reduced(333, 333, 333), "down", False, {"reduced": (999, 79)}, 1_078),
    (reduced(105, 105, 105), "down", False, {"reduced": (315, 25)}, 340),
    # 同Q&A, 一括値引き: 雑貨 3,300 (10 %) と牛肉 2,160 (8 %) の税込みから 1,000 を引く。604 と 396 に分ける。
    (
        [*standard(3_300), *reduced(2_160), Row(-1_000, "", Kind.DISCOUNT)], "down", True,
        {"standard": (2_451, 245), "reduced": (1_634, 130)}, 4_460,
    ),
    # 内税: 110 yen hold 10, 108 hold 8; 1 yen holds none.
    (standard(110), "down", True, {"standard": (100, 10)}, 110),
    (reduced(108), "down", True, {"reduced": (100, 8)}, 108),
    (standard(1), "down", True, {"standard": (1, 0)}, 1),
    # A correction mirrors what it corrects.
    (standard(-105), "down", False, {"standard": (-105, -10)}, -115),
    (standard(-105), "up", False, {"standard": (-105, -11)}, -116),
    (standard(-105), "half", False, {"standard": (-105, -11)}, -116),
    # What is not taxed bears none.
    ([Row(1_000, tax.EXEMPT), Row(500, tax.OUTSIDE), Row(300, tax.EXPORT)], "up", False,
     {"exempt": (1_000, 0), "outside": (500, 0), "export": (300, 0)}, 1_800),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "rounding", "included", "rates", "gross"), PUBLISHED)
def test_tax_is_rounded_once_for_each_rate(lines, rounding, included, rates, gross) -> None:
    found = totals(lines, rounding, included=included)
    assert {each.tax_class: (each.net, each.tax) for each in found.rates} == rates
    assert found.gross == gross == found.net + found.tax


IN_FORCE = (
    (tax.STANDARD, date(1989, 3, 31), None),
    (tax.STANDARD, date(1989, 4, 1), 3),
    (tax.STANDARD, date(1997, 3, 31), 3),
    (tax.STANDARD, date(1997, 4, 1), 5),
    (tax.STANDARD, date(2014, 3, 31), 5),
    (tax.STANDARD, date(2014, 4, 1), 8),
    (tax.STANDARD, date(2019, 9, 30), 8),
    (tax.STANDARD, date(2019, 10, 1), 10),
    (tax.REDUCED, date(2019, 9, 30), None),
    (tax.REDUCED, date(2019, 10, 1), 8),
    (tax.EXEMPT, date(1980, 1, 1), 0),
    (tax.OUTSIDE, date(2026, 11, 27), 0),
)


@pytest.mark.parametrize(("tax_class", "day", "rate"), IN_FORCE)
def test_each_day_has_its_rate(tax_class: str, day: date, rate: int | None) -> None:
    assert tax.rate_on(tax_class, day) == (None if rate is None else Decimal(rate))


REFUSED = (
    (tax.STANDARD, date(2026, 11, 27), Decimal(8), "この日の税率は10%です"),
    (tax.STANDARD, date(2019, 9, 30), Decimal(10), "この日の税率は8%です"),
    (tax.REDUCED, date(2019, 9, 30), None, "「課税（軽減税率）」はありませんでした"),
    (tax.EXEMPT, date(2026, 11, 27), Decimal(10), "この日の税率は0%です"),
    ("luxury", date(2026, 11, 27), None, "税区分を選んでください"),
)


@pytest.mark.parametrize(("tax_class", "day", "rate", "words"), REFUSED)
def test_a_rate_not_in_force_is_refused_with_a_sentence(tax_class, day, rate, words) -> None:
    with pytest.raises(Invalid) as refusal:
        tax.checked_rate(tax_class, day, rate, field="lines.2.rate")
    assert words in refusal.value.message
    assert refusal.value.field == "lines.2.rate"


def test_the_rate_of_the_day_is_taken_where_none_is_said() -> None:
    assert tax.checked_rate(tax.STANDARD, date(2015, 1, 1)) == Decimal(8)


AMOUNTS = (
    ("3", "333", "0", "down", 999),
    ("1.5", "333", "0", "down", 499),
    ("1.5", "333", "0", "half", 500),
    ("0.001", "1", "0", "up", 1),
    ("2", "1000", "12.5", "down", 1_750),
    ("-1", "333.33", "0", "down", -333),
    ("-1", "333.33", "0", "up", -334),
    ("9999999999.999", "99999.99", "0", "down", 999_999_899_999_900),
)


@pytest.mark.parametrize(("quantity", "price", "discount", "rounding", "amount"), AMOUNTS)
def test_a_line_is_quantity_times_price(quantity, price, discount, rounding, amount) -> None:
    assert line_amount(Decimal(quantity), Decimal(price), Decimal(discount), rounding) == amount


def test_a_subtotal_adds_what_stands_since_the_last() -> None:
    lines = [
        Row(0, kind=Kind.HEADING), *standard(100, 200), Row(0, kind=Kind.SUBTOTAL), *reduced(50),
        Row(-10, "", Kind.DISCOUNT), Row(0, kind=Kind.NOTE), Row(0, kind=Kind.SUBTOTAL), Row(0, kind=Kind.SUBTOTAL),
    ]  # fmt: skip
    assert [found for found in subtotals(lines) if found is not None] == [300, 40, 0]


def test_headings_and_notes_count_nothing() -> None:
    assert totals([Row(5_000, kind=Kind.HEADING), Row(7, kind=Kind.NOTE)], Rounding.UP).gross == 0
