"""Until when something must be entered: after a call at once, after a visit before moving on to the next one.

Pure: no clock, no database. The minutes are settings; the defaults are those of the rule book that comes with the
program (a call 15 minutes, a visit 3 hours or the start of the next planned visit, whichever comes first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from daifuku.foundation.calendar import moment_on

CALL, VISIT = timedelta(minutes=15), timedelta(hours=3)
USUAL = timedelta(hours=1)
# Where one visit follows upon another without a break there is still this much.
LEAST = CALL
VISITS = frozenset({"visit", "online"})
CALLS = frozenset({"phone", ""})
NOON, BEGIN, END = time(13, 0), time(9, 0), time(18, 0)
# Whoever was away has so long after coming back.
BACK = timedelta(hours=3)
IsOff = Callable[[date], str]
MOST_DAYS = 400


def deadline(
    method: str,
    ended_at: datetime,
    next_visits: Iterable[datetime] = (),
    *,
    call: timedelta = CALL,
    visit: timedelta = VISIT,
) -> datetime:
    """`next_visits` are the starts of this person's planned visits, in any order; only those after the end count.

    What is neither a call nor a visit (a mail) is entered by the end of the working day.
    """
    if method in VISITS:
        after = min((start for start in next_visits if start >= ended_at), default=ended_at + visit)
        return max(min(after, ended_at + visit), ended_at + min(LEAST, visit))
    if method in CALLS:
        return ended_at + call
    closing = timezone.localtime(ended_at).replace(hour=END.hour, minute=0, second=0, microsecond=0)
    return max(closing, ended_at + call)


def of_rule(
    kind: str,
    amount: int,
    start: datetime,
    works: Callable[[date], bool],
    next_visits: Iterable[datetime] = (),
) -> datetime:
    """The deadline of a rule (運用ルール), counted from `start`: when it happened, or when the record was made.

    `kind` is "gate" (at once), "minutes", "visit" (so many minutes or the next planned visit), "day" (the same day) or
    "workdays" (so many working days later, by the end of the day; `works(day)` knows the firm's days). That the person
    himself is away comes on top of it: `at_work`.
    """
    if kind == "minutes":
        return start + timedelta(minutes=amount)
    if kind == "visit":
        return deadline("visit", start, next_visits, visit=timedelta(minutes=amount))
    if kind == "day":
        return max(end_of_day(timezone.localtime(start).date()), start + CALL)
    if kind == "workdays":
        day = timezone.localtime(start).date()
        left, tries = amount, 0
        while left > 0 and tries < MOST_DAYS:
            day, tries = day + timedelta(days=1), tries + 1
            left -= works(day)
        return end_of_day(day)
    return start


def end_of(method: str, started: datetime, ended: datetime | None) -> datetime:
    """When a plan is over that says only when it begins: a visit takes an hour."""
    if ended is not None:
        return ended
    return started + (USUAL if method in VISITS else CALL)


def end_of_day(day: date) -> datetime:
    return moment_on(day, END)


def at_work(due: datetime, off: IsOff) -> datetime | None:
    """The deadline, put off where it falls into time off: to three hours after work begins again.

    `off(day)` is "", "whole", "morning" or "afternoon". None where the person does not come back within a year.
    """
    local = timezone.localtime(due)
    part = off(local.date())
    if not part or (part == "morning" and local.time() >= _plus(NOON)):
        return due
    if part == "afternoon" and local.time() < NOON:
        return due
    if part == "morning":
        return moment_on(local.date(), _plus(NOON))
    day = local.date()
    for _each in range(MOST_DAYS):
        day += timedelta(days=1)
        part = off(day)
        if part != "whole":
            return moment_on(day, _plus(NOON if part == "morning" else BEGIN))
    return None


def _plus(clock: time) -> time:
    return time(clock.hour + int(BACK.total_seconds() // 3600), clock.minute)
