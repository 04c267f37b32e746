"""Laws that hold for every paper: nothing is lost in spreading, tax stays within a yen of the exact one, order is
no matter."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from daifuku.documents.amounts import Kind, Rounding, spread, totals, whole
from daifuku.documents.tests.test_tax_law import Row

AMOUNT = some.integers(-(10**12), 10**12)
CLASS = some.sampled_from(["standard", "reduced", "exempt", "outside", "export"])
LINES = some.lists(some.builds(Row, AMOUNT, CLASS), max_size=30)
MODE = some.sampled_from(list(Rounding))


@given(LINES, MODE, some.booleans())
def test_the_sums_make_the_whole(lines, mode, included) -> None:
    found = totals(lines, mode, included=included)
    entered = sum(line.amount for line in lines)
    assert (found.gross if included else found.net) == entered
    assert found.gross == found.net + found.tax == sum(each.gross for each in found.rates)


@given(LINES, MODE, some.booleans())
def test_tax_is_less_than_a_yen_from_the_exact_one_for_each_rate(lines, mode, included) -> None:
    for each in totals(lines, mode, included=included).rates:
        whole_amount = each.gross if included else each.net
        exact = (
            Fraction(whole_amount) * Fraction(each.rate) / (100 + (Fraction(each.rate) if included else 0))
        )
        assert abs(each.tax - exact) < 1


@given(
    some.permutations([Row(333, "reduced"), Row(105), Row(7, "exempt"), Row(-20, "", Kind.DISCOUNT)]), MODE
)
def test_the_order_of_lines_is_no_matter(lines, mode) -> None:
    ordered = sorted(lines, key=lambda line: line.amount)
    assert totals(lines, mode) == totals(ordered, mode)


@given(LINES, MODE)
def test_a_mirrored_paper_has_mirrored_sums(lines, mode) -> None:
    mirrored = [Row(-line.amount, line.tax_class) for line in lines]
    assert totals(mirrored, mode).gross == -totals(lines, mode).gross


@given(AMOUNT, some.lists(some.integers(0, 10**12), min_size=1, max_size=6))
def test_nothing_is_lost_in_spreading(amount, over) -> None:
    parts = spread(amount, over)
    assert sum(parts) == amount
    if sum(over):
        for part, weight in zip(parts, over, strict=True):
            assert abs(part - Fraction(amount * weight, sum(over))) < 1


@given(some.decimals(-(10**9), 10**9, places=6), MODE)
def test_decimals_and_fractions_round_alike(value, mode) -> None:
    assert whole(Decimal(value), mode) == whole(Fraction(value), mode)
