"""On which days something happens again: laws that hold for every rule, and the days that people ask about."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.calendar import is_business_day, last_of_month
from daifuku.foundation.repeating import RESTS, UNITS, Rule, days_of, next_after

STARTS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
RULES = st.builds(
    Rule,
    unit=st.sampled_from(UNITS), start=STARTS, every=st.integers(1, 5),
    weekdays=st.lists(st.integers(0, 6), max_size=4).map(tuple), day=st.integers(0, 31),
    rest=st.sampled_from(RESTS), until=st.none() | STARTS,
)  # fmt: skip


def first(rule: Rule, number: int = 12) -> list[date]:
    return list(islice(days_of(rule), number))


@given(RULES)
def test_days_come_in_order_and_none_twice(rule: Rule) -> None:
    days = first(rule)
    assert days == sorted(set(days))


@given(RULES)
def test_nothing_is_before_the_start_or_after_the_end(rule: Rule) -> None:
    for day in first(rule):
        moved = timedelta(days=12 if rule.rest in {"before", "after"} else 0)
        assert day >= rule.start - moved
        assert rule.until is None or day <= rule.until + moved


@given(RULES)
def test_moved_and_skipped_days_are_working_days(rule: Rule) -> None:
    if rule.unit == "workday" or (rule.unit != "week" and rule.rest != "leave"):
        assert all(is_business_day(day) for day in first(rule))


@given(RULES, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_the_next_day_is_the_first_one_later(rule: Rule, after: date) -> None:
    found = next_after(rule, after)
    if found is not None:
        assert found > after
        assert not [day for day in first(rule, 40) if after < day < found]


@given(RULES)
def test_a_rule_without_end_goes_on(rule: Rule) -> None:
    if rule.until is None and rule.rest != "skip":
        assert len(first(rule)) == 12


@given(STARTS, st.integers(1, 31))
def test_every_month_has_its_day_or_its_last_one(start: date, day: int) -> None:
    for found in first(Rule("month", start, day=day)):
        assert found.day == min(day, last_of_month(found).day)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule("month", date(2026, 1, 31), day=31), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (Rule("month", date(2027, 12, 1)), ["2027-12-31", "2028-01-31", "2028-02-29"]),
        (Rule("month", date(2026, 11, 20), 3, day=15), ["2027-02-15", "2027-05-15"]),
        (Rule("week", date(2026, 11, 26), 2, (0, 3)), ["2026-11-26", "2026-12-07", "2026-12-10", "2026-12-21"]),
        (Rule("week", date(2026, 11, 16), 1, (0,), rest="skip"), ["2026-11-16", "2026-11-30"]),
        (Rule("week", date(2026, 11, 16), 1, (0,), rest="after"), ["2026-11-16", "2026-11-24", "2026-11-30"]),
        (Rule("week", date(2026, 11, 16), 1, (0,), rest="before"), ["2026-11-16", "2026-11-20", "2026-11-30"]),
        (Rule("week", date(2026, 11, 28), 1, (5,), rest="skip"), ["2026-11-28", "2026-12-05"]),
        (Rule("workday", date(2026, 11, 20)), ["2026-11-20", "2026-11-24", "2026-11-25"]),
        (Rule("workday", date(2026, 12, 28), 1), ["2026-12-28", "2027-01-04"]),
        (Rule("day", date(2026, 11, 20), 1, rest="after"), ["2026-11-20", "2026-11-24", "2026-11-25"]),
        (Rule("month", date(2026, 10, 1), rest="before"), ["2026-10-30", "2026-11-30", "2026-12-28"]),
    ],
)  # fmt: skip
def test_the_days_that_people_ask_about(rule: Rule, expected: list[str]) -> None:
    assert [day.isoformat() for day in first(rule, len(expected))] == expected
