"""Until when something must be entered: cases with known answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.duties.deadlines import at_work, deadline, of_rule
from daifuku.duties.tests.conftest import TOKYO, at
from daifuku.foundation.calendar import is_business_day

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


@pytest.mark.parametrize(
    ("kind", "amount", "start", "expected"),
    [
        ("gate", 0, at(24, 11), at(24, 11)),
        ("minutes", 15, at(24, 11), at(24, 11, 15)),
        ("visit", 180, at(24, 11), at(24, 13)),
        ("visit", 60, at(24, 11), at(24, 12)),
        ("day", 0, at(24, 11), at(24, 18)),
        ("day", 0, at(24, 20), at(24, 20, 15)),
        ("workdays", 1, at(24, 11), at(25, 18)),
        ("workdays", 1, at(20, 11), at(24, 18)),
        ("workdays", 0, at(24, 11), at(24, 18)),
    ],
)
def test_the_deadline_of_a_rule(kind: str, amount: int, start: datetime, expected: datetime) -> None:
    """The 20th is a Friday; the Monday after it is a holiday."""
    assert of_rule(kind, amount, start, is_business_day, [at(24, 13)]) == expected


@given(ENDS, st.integers(0, 20))
def test_so_many_working_days_lie_between(start: datetime, amount: int) -> None:
    due = of_rule("workdays", amount, start, is_business_day)
    days = (due.date() - start.date()).days
    between = [start.date() + timedelta(days=each) for each in range(1, days + 1)]
    assert sum(is_business_day(day) for day in between) == amount
    assert amount == 0 or is_business_day(due.date())


@given(ENDS, st.sampled_from(["minutes", "visit", "workdays"]), st.integers(1, 300), st.integers(1, 300))
def test_more_time_is_never_an_earlier_deadline(start: datetime, kind: str, one: int, other: int) -> None:
    less, more = sorted((min(one, 90), min(other, 90)))
    first, second = (of_rule(kind, amount, start, is_business_day) for amount in (less, more))
    assert start.date() <= first.date()
    assert first <= second


def test_a_firm_that_never_works_still_gets_an_answer() -> None:
    assert of_rule("workdays", 3, at(24, 11), lambda day: False).date() > date(2026, 11, 24)
