"""A payment is set off against the oldest, against those that it fits, and what is over stays an advance."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from daifuku.billing.setting_off import Owed, Set, meant, oldest_first

MAY, JUNE, JULY = (date(2026, month, 28) for month in (5, 6, 7))


def test_the_oldest_is_paid_first_and_the_rest_in_part() -> None:
    owed = [Owed(3, JULY, 30_000), Owed(1, MAY, 10_000), Owed(2, JUNE, 20_000)]
    assert oldest_first(25_000, owed) == ([Set(1, 10_000), Set(2, 15_000)], 0)


def test_what_is_paid_beyond_all_stays_an_advance() -> None:
    assert oldest_first(15_000, [Owed(1, MAY, 10_000)]) == ([Set(1, 10_000)], 5_000)


def test_an_amount_that_fits_an_invoice_means_that_one_and_not_the_oldest() -> None:
    owed = [Owed(1, MAY, 10_000), Owed(2, JUNE, 20_000)]
    assert meant(20_000, owed) == ([Set(2, 20_000)], 0)


def test_an_amount_that_fits_two_together_means_both() -> None:
    owed = [Owed(1, MAY, 10_000), Owed(2, JUNE, 21_500), Owed(3, JULY, 8_500)]
    assert meant(30_000, owed) == ([Set(2, 21_500), Set(3, 8_500)], 0)


def test_a_fee_that_the_payer_took_off_is_recognised() -> None:
    assert meant(10_000 - 440, [Owed(1, MAY, 10_000)], fees=(110, 330, 440, 660)) == ([Set(1, 10_000)], 440)


owed_lists = some.lists(some.integers(1, 5_000_000), min_size=0, max_size=14).map(
    lambda amounts: [
        Owed(number, MAY + timedelta(days=number % 5), amount) for number, amount in enumerate(amounts)
    ]
)


@given(some.integers(1, 40_000_000), owed_lists)
def test_no_yen_is_lost_and_no_invoice_is_paid_twice(amount: int, owed: list[Owed]) -> None:
    parts, advance = oldest_first(amount, owed)
    open_of = {each.key: each.open for each in owed}
    assert sum(part.amount for part in parts) + advance == amount
    assert len({part.key for part in parts}) == len(parts)
    assert all(0 < part.amount <= open_of[part.key] for part in parts)


@given(some.integers(1, 40_000_000), owed_lists)
def test_what_is_meant_never_exceeds_payment_and_fee(amount: int, owed: list[Owed]) -> None:
    parts, fee = meant(amount, owed, fees=(110, 330))
    assert sum(part.amount for part in parts) <= amount + fee
