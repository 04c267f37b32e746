"""On which days something happens again: every day, every working day, on days of the week, on a day of the month.

A month without a 31st has its last day instead. What falls on a day of rest stays, is left out, or is moved to the
working day before or after. Days are counted from `start`, so that 「every second week」 means the same weeks for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from daifuku.foundation.calendar import (
    add_business_days,
    add_months,
    holiday_name,
    is_business_day,
    last_of_month,
)

DAY, WORKDAY, WEEK, MONTH = "day", "workday", "week", "month"
UNITS = (DAY, WORKDAY, WEEK, MONTH)
LEAVE, SKIP, BEFORE, AFTER = "leave", "skip", "before", "after"
RESTS = (LEAVE, SKIP, BEFORE, AFTER)
LAST_DAY = 0
MOST_EVERY = 99
# Nothing is looked for longer than this: a rule whose days are all left out ends.
PATIENCE = timedelta(days=366 * 12)


@dataclass(frozen=True)
class Rule:
    """`weekdays` (0 is Monday) belong to weeks, `day` (0 is the last one) to months. With `until` nothing is later."""

    unit: str
    start: date
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = LAST_DAY
    rest: str = LEAVE
    until: date | None = None


def days_of(rule: Rule) -> Iterator[date]:
    """All days of the rule in order, none twice, from its start on."""
    last: date | None = None
    for planned in _planned(rule):
        if planned < rule.start:
            continue
        if rule.until is not None and planned > rule.until:
            return
        day = rested(rule, planned)
        if day is not None and (last is None or day > last):
            last = day
            yield day
        elif planned - (last or rule.start) > PATIENCE:
            return


def next_after(rule: Rule, after: date) -> date | None:
    """The first day of the rule later than `after`; None where there is none any more."""
    return next((day for day in days_of(rule) if day > after), None)


def planned_of(rule: Rule, until: date) -> Iterator[date]:
    """The days of the rule as they are before any gives way to a day of rest, from its first week or month on."""
    for day in _planned(rule):
        if day > until:
            return
        yield day


def _planned(rule: Rule) -> Iterator[date]:
    if rule.unit == WORKDAY:
        yield from _workdays(rule)
    elif rule.unit == WEEK:
        yield from _weekdays(rule)
    elif rule.unit == MONTH:
        yield from _days_of_months(rule)
    else:
        day = rule.start
        while day.year < 9000:
            yield day
            day += timedelta(days=rule.every)


def _workdays(rule: Rule) -> Iterator[date]:
    day = add_business_days(rule.start, 0)
    while day.year < 9000:
        yield day
        day = add_business_days(day, rule.every)


def _weekdays(rule: Rule) -> Iterator[date]:
    monday = rule.start - timedelta(days=rule.start.weekday())
    wanted = sorted(set(rule.weekdays)) or [rule.start.weekday()]
    while monday.year < 9000:
        yield from (monday + timedelta(days=number) for number in wanted)
        monday += timedelta(weeks=rule.every)


def _days_of_months(rule: Rule) -> Iterator[date]:
    first = rule.start.replace(day=1)
    while first.year < 9000:
        last = last_of_month(first)
        yield last if rule.day == LAST_DAY else first.replace(day=min(rule.day, last.day))
        first = add_months(first, rule.every)


def rested(rule: Rule, day: date) -> date | None:
    """Where a day of rest goes; a day of the week that was chosen by name rests only on holidays."""
    resting = bool(holiday_name(day)) if rule.unit == WEEK else not is_business_day(day)
    if rule.rest == LEAVE or rule.unit == WORKDAY or not resting:
        return day
    if rule.rest == SKIP:
        return None
    step = timedelta(days=1 if rule.rest == AFTER else -1)
    while not is_business_day(day):
        day += step
    return day
