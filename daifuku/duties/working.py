"""Who is at work when: weekends, holidays, the firm's closed days, absence and half days, for many people at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from daifuku.duties import deadlines
from daifuku.duties.models.day_off import DayOff
from daifuku.duties.models.policy import Policy, policy
from daifuku.foundation.calendar import is_business_day
from daifuku.staff.models import Person

BACK_TO, AHEAD = timedelta(days=120), timedelta(days=120)


class Calendar:
    """Three questions, for however many people."""

    def __init__(self, people: Iterable[int], today: date, rules: Policy | None = None) -> None:
        self.rules = rules or policy()
        self.closed = frozenset(self.rules.closed_days)
        keys = list(people)
        away = Person.objects.filter(pk__in=keys).values_list(
            "pk", "absent_from", "absent_until", "is_active"
        )
        self._away: dict[int, tuple[Any, Any, bool]] = {key: (start, end, on) for key, start, end, on in away}
        days = DayOff.objects.filter(
            person__in=keys, day__gte=today - BACK_TO, day__lte=today + AHEAD
        ).values_list("person_id", "day", "part")
        self._off = {(person, day): part for person, day, part in days}
        self._open: dict[date, bool] = {}

    def works(self, day: date) -> bool:
        """Whether the firm works on this day."""
        if day not in self._open:
            self._open[day] = is_business_day(day) and day.isoformat() not in self.closed
        return self._open[day]

    def off(self, person: int, day: date) -> str:
        """ "whole", "morning", "afternoon", or "" where he is at work all day."""
        if not self.works(day) or self.absent(person, day):
            return "whole"
        return self._off.get((person, day), "")

    def absent(self, person: int, day: date) -> bool:
        start, end, active = self._away.get(person, (None, None, True))
        if not active:
            return True
        if start is None and end is None:
            return False
        return bool((start or day) <= day <= (end or day))

    def due(self, person: int, first_due: datetime) -> datetime | None:
        """The deadline that counts for this person; None where he is away and nobody knows until when."""
        return deadlines.at_work(first_due, lambda day: self.off(person, day))

    def working_days(self, until: date, number: int) -> date:
        """The first of the last so many working days that end with `until`."""
        day, left = until, number
        while left > 0:
            if self.works(day):
                left -= 1
                if left == 0:
                    break
            day -= timedelta(days=1)
        return day

    def after(self, day: date, number: int) -> date:
        """So many working days later."""
        while number > 0:
            day += timedelta(days=1)
            number -= self.works(day)
        return day


def window(today: date, rules: Policy | None = None) -> tuple[date, date]:
    """First and last day of the last so many working days, with today."""
    calendar = Calendar([], today, rules)
    return calendar.working_days(today, calendar.rules.window_days), today
