"""Spans of days by their everyday names: today, last week, this half, the last 30 days.

Weeks begin on Monday; quarters and halves are those of the firm's fiscal year; the last and the next N days include
today.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from daifuku.foundation.unreadable import Unreadable

Span = tuple[date, date]
_COUNTED = re.compile(r"(last|next)_([1-9][0-9]{0,4})_days")


def period(name: str, today: date, fiscal_start: int = 4) -> Span:
    """First and last day, both inclusive. ValueError for a name that is not known."""
    try:
        if name in PERIODS:
            return PERIODS[name](today, fiscal_start)
        if found := _COUNTED.fullmatch(name):
            days = timedelta(days=int(found[2]) - 1)
            return (today - days, today) if found[1] == "last" else (today, today + days)
    except OverflowError as error:
        raise Unreadable("no_such_day") from error
    raise Unreadable("period")


def _day(shift: int) -> Callable[[date, int], Span]:
    def span(today: date, fiscal_start: int) -> Span:
        day = today + timedelta(days=shift)
        return day, day

    return span


def _week(shift: int) -> Callable[[date, int], Span]:
    def span(today: date, fiscal_start: int) -> Span:
        monday = today - timedelta(days=today.weekday() - 7 * shift)
        return monday, monday + timedelta(days=6)

    return span


def _months(length: int, shift: int, *, fiscal: bool = True) -> Callable[[date, int], Span]:
    """Spans of so many months, counted from the beginning of the fiscal (or calendar) year."""

    def span(today: date, fiscal_start: int) -> Span:
        begin = fiscal_start if fiscal else 1
        month = today.year * 12 + today.month - 1
        into = (today.month - begin) % 12 % length
        first = month - into + shift * length
        return _first_day(first), _first_day(first + length) - timedelta(days=1)

    return span


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


PERIODS: dict[str, Callable[[date, int], Span]] = {
    "today": _day(0),
    "yesterday": _day(-1),
    "tomorrow": _day(1),
    "this_week": _week(0),
    "last_week": _week(-1),
    "next_week": _week(1),
    "this_month": _months(1, 0),
    "last_month": _months(1, -1),
    "next_month": _months(1, 1),
    "this_quarter": _months(3, 0),
    "last_quarter": _months(3, -1),
    "next_quarter": _months(3, 1),
    "this_half": _months(6, 0),
    "last_half": _months(6, -1),
    "next_half": _months(6, 1),
    "this_year": _months(12, 0, fiscal=False),
    "last_year": _months(12, -1, fiscal=False),
    "next_year": _months(12, 1, fiscal=False),
    "this_fiscal_year": _months(12, 0),
    "last_fiscal_year": _months(12, -1),
    "next_fiscal_year": _months(12, 1),
}
