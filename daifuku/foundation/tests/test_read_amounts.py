"""Amounts as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.money import parse_amount
from daifuku.foundation.unreadable import Unreadable


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("￥1,234-", 1234),
        ("\\1,234", 1234),
        ("¥1,234円", 1234),
        ("金1,234円也", 1234),
        ("１，２３４円", 1234),
        (" 1 234 ", 1234),
        ("1234.00", 1234),
        ("JPY 5,000", 5000),
        ("-5", -5),
        ("▲1,234", -1234),
        ("△ 1,234", -1234),
        ("−1234", -1234),
        ("¥-1,234", -1234),
        ("(1,234)", -1234),
        ("（1,234円）", -1234),
        ("1,234千円", 1_234_000),
        ("3百万円", 3_000_000),
        ("5千万円", 50_000_000),
        ("千円", 1000),
        ("1.5万円", 15_000),
        ("120万", 1_200_000),
        ("1億2,000万円", 120_000_000),
        ("2兆3億4万5", 2_000_300_040_005),
        ("0", 0),
        ("¥0-", 0),
    ],
)
def test_an_amount_is_read(text, yen):
    assert parse_amount(text) == yen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("", "amount"), ("円", "amount"), ("-", "amount"), ("無料", "amount"), ("1.2.3", "amount")),
        *(
            ("12,34", "amount"),
            ("1,2345", "amount"),
            ("--5", "amount"),
            ("(-5)", "amount"),
            ("1e5", "amount"),
        ),
        *(("$100", "amount"), ("1万2億", "amount"), ("万円", "amount"), ("100円(税込)", "amount")),
        *(("1,234.5", "fraction"), ("0.00001万円", "fraction"), ("9" * 41, "too_long")),
    ],
)
def test_what_is_no_amount_is_refused(text, code):
    with pytest.raises(Unreadable) as caught:
        parse_amount(text)
    assert caught.value.code == code


@given(st.integers(-(10**18), 10**18))
def test_an_amount_written_with_commas_comes_back(amount):
    assert parse_amount(f"{amount:,}円") == amount
    assert parse_amount(f"▲{abs(amount):,}") == -abs(amount)
