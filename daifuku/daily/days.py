"""Business days: which one it is now, from when to when one lasts, and the last one on which the firm worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from daifuku.daily.models.habit import Habits
from daifuku.duties.working import Calendar
from daifuku.foundation.calendar import moment_on

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A business day: from the hour at which it begins to the same hour of the next one."""

    day: date
    start: datetime
    end: datetime


def span(day: date, rules: Habits) -> Span:
    return Span(day, moment_on(day, time(rules.switches_at)), moment_on(day + ONE, time(rules.switches_at)))


def business_day(now: datetime, rules: Habits) -> date:
    """Before the switch it is still yesterday's."""
    local = timezone.localtime(now)
    return local.date() - ONE if local.hour < rules.switches_at else local.date()


def last_working(before: date, calendar: Calendar) -> date:
    """The last day before this one on which the firm worked."""
    return calendar.working_days(before - ONE, 1)


def next_working(after: date, calendar: Calendar) -> date:
    return calendar.after(after, 1)


def due(day: date, rules: Habits) -> datetime:
    return moment_on(day, rules.due_at)


def over(day: date, rules: Habits) -> datetime:
    """From then on a report of this day is missing: night work still counts for its business day."""
    return max(due(day, rules), span(day, rules).end)
