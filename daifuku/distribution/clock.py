"""Working hours: whether leads are given now, and how long one has been lying with somebody who was at work."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from daifuku.distribution.models import Setup
from daifuku.duties.deadlines import NOON
from daifuku.duties.working import Calendar
from daifuku.foundation.calendar import moment_on

LONGEST = 120


def is_open(rules: Setup, calendar: Calendar, now: datetime) -> bool:
    local = timezone.localtime(now)
    return calendar.works(local.date()) and rules.opens <= local.time() < rules.closes


def is_away(calendar: Calendar, person: int, now: datetime) -> bool:
    local = timezone.localtime(now)
    part = calendar.off(person, local.date())
    return part == "whole" or (part == "morning") == (local.time() < NOON) and bool(part)


def worked(rules: Setup, calendar: Calendar, person: int | None, since: datetime, now: datetime) -> timedelta:
    """How much of the firm's working time has passed, without what this person was away; None is the firm."""
    day, last, whole = timezone.localdate(since), timezone.localdate(now), timedelta()
    day = max(day, last - timedelta(days=LONGEST))
    while day <= last:
        for begin, end in _at_work(rules, calendar, person, day):
            whole += max(min(end, now) - max(begin, since), timedelta())
        day += timedelta(days=1)
    return whole


def _at_work(
    rules: Setup, calendar: Calendar, person: int | None, day: date
) -> list[tuple[datetime, datetime]]:
    part = "" if person is None else calendar.off(person, day)
    if not calendar.works(day) or part == "whole":
        return []
    opens = max(rules.opens, NOON) if part == "morning" else rules.opens
    closes = min(rules.closes, NOON) if part == "afternoon" else rules.closes
    return [(moment_on(day, opens), moment_on(day, closes))] if opens < closes else []
