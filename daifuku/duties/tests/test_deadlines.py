"""Until when something must be entered: cases with known answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.duties.deadlines import at_work, deadline
from daifuku.duties.tests.conftest import TOKYO, at

ENDS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda d: d.replace(tzinfo=TOKYO))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("method", "ended", "next_visits", "expected"),
    [
        ("phone", at(24, 11), [], at(24, 11, 15)),
        ("visit", at(24, 11), [], at(24, 14)),
        ("visit", at(24, 11), [at(24, 13)], at(24, 13)),
        ("visit", at(24, 11), [at(24, 16), at(24, 13)], at(24, 13)),
        ("visit", at(24, 11), [at(24, 15)], at(24, 14)),
        ("visit", at(24, 11), [at(24, 10)], at(24, 14)),
        ("visit", at(24, 11), [at(24, 11)], at(24, 11, 15)),
        ("visit", at(24, 11), [at(25, 9)], at(24, 14)),
        ("mail", at(24, 11), [], at(24, 18)),
        ("mail", at(24, 20), [], at(24, 20, 15)),
    ],
)
def test_the_rule_book(method: str, ended: datetime, next_visits: list[datetime], expected: datetime) -> None:
    assert deadline(method, ended, next_visits) == expected


@given(ENDS, st.lists(ENDS, max_size=3), st.sampled_from(["phone", "visit", "mail", "online", "other", ""]))
def test_nobody_has_less_than_a_quarter_of_an_hour(
    ended: datetime, visits: list[datetime], method: str
) -> None:
    due = deadline(method, ended, visits)
    assert due >= ended + timedelta(minutes=15)
    assert method != "visit" or due <= ended + timedelta(hours=3)


@pytest.mark.parametrize(
    ("due", "parts", "expected"),
    [
        (at(24, 10), {}, at(24, 10)),
        (at(24, 10), {24: "whole"}, at(25, 12)),
        (at(24, 10), {24: "whole", 25: "morning"}, at(25, 16)),
        (at(24, 10), {24: "morning"}, at(24, 16)),
        (at(24, 17), {24: "morning"}, at(24, 17)),
        (at(24, 14), {24: "morning"}, at(24, 16)),
        (at(24, 15), {24: "afternoon"}, at(25, 12)),
        (at(24, 11), {24: "afternoon"}, at(24, 11)),
    ],
)
def test_time_off_puts_it_off(due: datetime, parts: dict[int, str], expected: datetime) -> None:
    assert at_work(due, lambda day: parts.get(day.day, "")) == expected


def test_who_does_not_come_back_owes_nothing() -> None:
    assert at_work(at(24, 10), lambda day: "whole") is None
