"""Which days a schedule shows: one, a week from Monday on, or the whole weeks of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from daifuku.foundation import drawing
from daifuku.foundation.calendar import add_months, last_of_month

DAY, WEEK, MONTH = "day", "week", "month"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Span:
    """`asked` is what the person chose: nothing means the week at the desk and the day on a phone."""

    asked: str
    day: date
    today: date

    @property
    def by(self) -> str:
        return self.asked or WEEK

    @property
    def days(self) -> list[date]:
        if self.by == DAY:
            return [self.day]
        if self.by == WEEK:
            return week_of(self.day)
        first, last = monday_of(self.day.replace(day=1)), monday_of(last_of_month(self.day))
        return [first + timedelta(days=number) for number in range((last - first).days + 7)]

    @property
    def before(self) -> date:
        return self._beside(-1)

    @property
    def after(self) -> date:
        return self._beside(1)

    def _beside(self, way: int) -> date:
        if self.by == MONTH:
            return _within(add_months(self.day.replace(day=1), way))
        return _within(self.day + timedelta(days=way * (1 if self.by == DAY else 7)))

    @property
    def title(self) -> str:
        if self.by == DAY:
            return drawing.in_full(self.day).rpartition(" ")[0]
        if self.by == MONTH:
            return _("%(year)s年%(month)s月") % {"year": self.day.year, "month": self.day.month}
        days = self.days
        return f"{days[0].year}/{days[0].month}/{days[0].day} 〜 {days[-1].month}/{days[-1].day}"


def read(asked: str, day: str, today: date) -> Span:
    """What an address says; where it says nothing that there is, today."""
    try:
        chosen = _within(date.fromisoformat(day)) if day else today
    except ValueError:
        chosen = today
    return Span(asked if asked in {DAY, WEEK, MONTH} else "", chosen, today)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> list[date]:
    return [monday_of(day) + timedelta(days=number) for number in range(7)]


def _within(day: date) -> date:
    return max(FIRST, min(LAST, day))
