"""How many working days lie between two days, by the firm's calendar of holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from daifuku.foundation.calendar import is_business_day


def between(start: date, end: date) -> int:
    """The working days after `start` up to and including `end`; 0 where it does not lie before."""
    if start >= end:
        return 0
    whole = sum(_of(year)[-1] for year in range(start.year, end.year))
    return whole + _up_to(end) - _up_to(start)


def since(moment: datetime, today: date) -> int:
    return between(timezone.localtime(moment).date(), today)


def _up_to(day: date) -> int:
    return _of(day.year)[day.timetuple().tm_yday - 1]


@lru_cache(maxsize=512)
def _of(year: int) -> tuple[int, ...]:
    """For every day of the year how many working days there were up to it."""
    count, found, day = 0, [], date(year, 1, 1)
    while day.year == year:
        count += is_business_day(day)
        found.append(count)
        day += timedelta(days=1)
    return tuple(found)
