"""When somebody is told: at once, at the full hour, the next morning, on Monday; never into his quiet hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from daifuku.foundation.calendar import is_business_day, moment_on
from daifuku.messages.models.sharing import LOUDNESS, Receiving, Timing

MORNING = time(8, 0)
MONDAY = 0


def due(timing: Timing | str, now: datetime, receiving: Receiving) -> datetime | None:
    """When mail and push go out; None where none does."""
    local = timezone.localtime(now)
    if timing in {Timing.APP, Timing.NEVER}:
        return None
    if timing == Timing.HOURLY:
        wanted = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif timing == Timing.MORNING:
        wanted = moment_on(_next_business_day(local), MORNING)
    elif timing == Timing.WEEKLY:
        wanted = moment_on(_next_week(local), MORNING)
    else:
        wanted = local
    return out_of_quiet(wanted, receiving)


def out_of_quiet(moment: datetime, receiving: Receiving) -> datetime:
    """The same moment, or the first one after it at which this person may be disturbed."""
    local = timezone.localtime(moment)
    for _step in range(40):
        if receiving.quiet_days and not is_business_day(local.date()):
            local = moment_on(local.date() + timedelta(days=1))
        elif (ends := _end_of_quiet(local, receiving)) is not None:
            local = ends
        else:
            break
    return local


def quieter(*timings: Timing | str) -> Timing:
    """The quietest of them."""
    return max((Timing(each) for each in timings), key=lambda each: LOUDNESS[each])


def _end_of_quiet(local: datetime, receiving: Receiving) -> datetime | None:
    begins, ends, clock = receiving.quiet_from, receiving.quiet_until, local.time()
    if begins == ends:
        return None
    if begins < ends:
        return moment_on(local.date(), ends) if begins <= clock < ends else None
    if clock >= begins:
        return moment_on(local.date() + timedelta(days=1), ends)
    return moment_on(local.date(), ends) if clock < ends else None


def _next_business_day(local: datetime) -> date:
    """Today's morning while it is not over: what happens at night is told that morning."""
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def _next_week(local: datetime) -> date:
    """The next Monday, or the first business day after it."""
    today_is_it = local.weekday() == MONDAY and local.time() < MORNING
    day = local.date() if today_is_it else local.date() + timedelta(days=7 - local.weekday())
    while not is_business_day(day):
        day += timedelta(days=1)
    return day
