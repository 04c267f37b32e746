"""A clock that a story moves: program, jobs and browsers read the same time, and it goes on by itself from there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Page


class Clock:
    """Always ahead of the machine's own: what reads that one (signatures, limits of sessions) takes nothing for old."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._ahead = timedelta(0)
        self._pages: list[Page] = []
        patch.setattr(timezone, "datetime", _read_from(self))

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def at(self, day: date, clock: str) -> datetime:
        """Makes it "16:40" on this day in Japan, in the program and on every page that follows it."""
        there = datetime.combine(day, time.fromisoformat(clock), timezone.get_default_timezone())
        self._ahead = there - datetime.now(UTC)
        assert self._ahead > timedelta(0), "a story is played in days to come"
        for page in self._pages:
            page.clock.set_fixed_time(there)
        return there

    def follow(self, page: Page) -> None:
        """The page's clock is this one from now on; its timers run as ever."""
        self._pages.append(page)
        page.clock.set_fixed_time(self.now())


def _read_from(clock: Clock) -> Any:
    """What `django.utils.timezone` takes for the class `datetime`."""

    class Instances(type):
        def __instancecheck__(cls, each: object) -> bool:
            return isinstance(each, datetime)

    class Moved(metaclass=Instances):
        @staticmethod
        def now(tz: tzinfo | None = None) -> datetime:
            return clock.now().astimezone(tz)

    return Moved
