"""When a customer's deliveries are closed and when he pays, as the terms say that people write down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daifuku.billing.closing import LAST, ON_REST_DAYS, Terms, read_terms
from daifuku.foundation.calendar import is_business_day


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("月末締め翌月末払い", Terms(LAST, 1, LAST)),
        ("末締め翌々月10日払い", Terms(LAST, 2, 10)),
        ("20日〆 翌月20日", Terms(20, 1, 20)),
        ("１５日締、翌々月５日払", Terms(15, 2, 5)),
        ("毎月25日締め当月末払い", Terms(25, 0, LAST)),
        ("翌月末振込", Terms(LAST, 1, LAST)),
        ("請求書発行後30日以内", Terms(None, 0, None, 30)),
        ("納品後14日以内", Terms(None, 0, None, 14)),
    ],
)
def test_terms_are_read_as_people_write_them(written: str, terms: Terms) -> None:
    assert read_terms(written) == terms


@pytest.mark.parametrize("written", ["", "現金", "手形120日", "99日締め翌月末", "要相談"])
def test_what_says_no_day_is_not_guessed(written: str) -> None:
    assert read_terms(written) is None


@pytest.mark.parametrize(
    ("terms", "delivered", "closed", "due"),
    [
        (
            Terms(LAST, 1, LAST, on_rest_day="same"),
            date(2026, 11, 30),
            date(2026, 11, 30),
            date(2026, 12, 31),
        ),
        (Terms(LAST, 1, LAST, on_rest_day="same"), date(2027, 1, 31), date(2027, 1, 31), date(2027, 2, 28)),
        (Terms(20, 1, 10, on_rest_day="same"), date(2026, 11, 20), date(2026, 11, 20), date(2026, 12, 10)),
        (Terms(20, 1, 10, on_rest_day="same"), date(2026, 11, 21), date(2026, 12, 20), date(2027, 1, 10)),
        (Terms(30, 1, 30, on_rest_day="same"), date(2028, 2, 10), date(2028, 2, 29), date(2028, 3, 30)),
    ],
)
def test_a_delivery_is_closed_and_due(terms: Terms, delivered: date, closed: date, due: date) -> None:
    assert terms.closes(delivered) == closed
    assert terms.due(closed) == due


def test_a_due_day_on_a_holiday_moves_as_agreed() -> None:
    """2026-12-31 to 2027-01-03 the banks rest, and the 2nd and 3rd are a weekend."""
    closed = date(2026, 11, 30)
    assert Terms(on_rest_day="before").due(closed) == date(2026, 12, 28)
    assert Terms(on_rest_day="after").due(closed) == date(2027, 1, 4)


days = some.dates(date(2020, 1, 1), date(2035, 12, 31))
terms = some.builds(
    Terms, some.integers(1, LAST), some.integers(0, 3), some.integers(1, LAST), some.just(30),
    some.sampled_from(ON_REST_DAYS),
)  # fmt: skip


@given(terms, days)
def test_every_day_lies_in_the_period_of_its_closing_alone(terms: Terms, day: date) -> None:
    first, last = terms.period(terms.closes(day))
    assert first <= day <= last
    assert terms.period(terms.closes(last + timedelta(days=1)))[0] == last + timedelta(days=1)


@given(terms, days)
def test_closings_follow_one_another_month_by_month(terms: Terms, day: date) -> None:
    closings = list(terms.closings(day, day + timedelta(days=400)))
    assert 13 <= len(closings) <= 14
    assert closings == sorted(set(closings))


@given(terms, days)
def test_money_is_due_on_a_day_on_which_banks_work(terms: Terms, day: date) -> None:
    assert terms.on_rest_day == "same" or is_business_day(terms.due(day))
