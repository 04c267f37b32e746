"""The pay period (一賃金支払期) in which a day lies: the law's cap of a tenth is counted in it (労働基準法91条).

A period is named by the month in which it ends: closed on the 20th, 11月分 lasts from October 21 to November 20.
"""

from __future__ import annotations

from datetime import date, timedelta

from daifuku.foundation.calendar import add_months, last_of_month

# As the day of closing: the last of each month, however long it is.
LAST = 31
CLOSING_DAYS = (*range(1, 29), LAST)


def month_of(day: date, closing: int) -> date:
    """The first of the month by which the period of this day is called."""
    first = day.replace(day=1)
    return first if day <= _end(first, closing) else add_months(first, 1)


def bounds(month: date, closing: int) -> tuple[date, date]:
    """First and last day of the period that is called by this month."""
    first = month.replace(day=1)
    return _end(add_months(first, -1), closing) + timedelta(days=1), _end(first, closing)


def _end(first: date, closing: int) -> date:
    return last_of_month(first) if closing == LAST else first.replace(day=closing)
