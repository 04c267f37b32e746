"""The stage on which the demo's two years are played: who is there, what is told when, by whom, through which door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from daifuku.staff.models import Person, Team

TOKYO = ZoneInfo("Asia/Tokyo")
YEARS = 730


@dataclass
class Stage:
    """`people` and `teams` by a short word; `saved` holds what later steps speak of."""

    today: date
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    saved: dict[str, Any] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: datetime.now(TOKYO))


@dataclass(frozen=True)
class Step:
    """What somebody does so many days ago, at this minute of the day; steps are played in the order of time."""

    days_ago: int
    minute: int
    do: Callable[[Stage], None]
    via: str = "page"

    def moment(self, today: date) -> datetime:
        """On the working day before, where the day itself is none."""
        day = today - timedelta(days=self.days_ago)
        while day.weekday() >= 5:
            day -= timedelta(days=1)
        return datetime.combine(day, time(self.minute // 60, self.minute % 60), TOKYO)


Chapter = Callable[[Random], Iterator[Step]]


def working_minute(random: Random) -> int:
    return int(random.choice((*range(8 * 60 + 40, 12 * 60), *range(13 * 60, 18 * 60 + 20))))


def weighted(random: Random, choices: tuple[tuple[Any, int], ...]) -> Any:
    values, weights = zip(*choices, strict=True)
    return random.choices(values, weights)[0]
