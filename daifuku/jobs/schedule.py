"""What is done again and again: every few seconds, every night. Two workers never do the same at the same time."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from daifuku.foundation.sql import write_transaction
from daifuku.jobs import leases
from daifuku.jobs.models import Recurring

logger = logging.getLogger(__name__)
PAUSE_AFTER_ERROR = timedelta(seconds=10)


@dataclass(frozen=True)
class Entry:
    """`run()` every so often, or with `at` at this time of the day in Japan.

    `wanted()` only reads and says whether there is anything to do; while it says no, nothing at all is written, so that
    an idle program leaves the disk alone.
    """

    name: str
    every: timedelta
    run: Callable[[], object]
    at: time | None = None
    wanted: Callable[[], bool] | None = None

    def after(self, now: datetime) -> datetime:
        if self.at is None:
            return now + self.every
        today = timezone.localtime(now)
        then = today.replace(hour=self.at.hour, minute=self.at.minute, second=self.at.second, microsecond=0)
        return then if then > today else then + timedelta(days=1)


_entries: dict[str, Entry] = {}
# When this process asks an entry again that had nothing to do.
_ask_again: dict[str, datetime] = {}


def register(
    name: str,
    *,
    every: timedelta,
    run: Callable[[], object],
    at: time | None = None,
    wanted: Callable[[], bool] | None = None,
) -> None:
    _entries[name] = Entry(name, every, run, at, wanted)
    _ask_again.pop(name, None)


def every_entry() -> list[Entry]:
    return [_entries[name] for name in sorted(_entries)]


def prepare() -> None:
    """Gives every entry its row; what is new and not bound to a time of the day is due at once."""
    known = set(Recurring.objects.values_list("name", flat=True))
    now = timezone.now()
    fresh = [
        Recurring(name=entry.name, next_run=now if entry.at is None else entry.after(now))
        for entry in every_entry()
        if entry.name not in known
    ]
    if fresh:
        with write_transaction():
            Recurring.objects.bulk_create(fresh, ignore_conflicts=True)


def run_due() -> bool:
    """Does one thing that is due; False when there was none."""
    now = timezone.now()
    due = Recurring.objects.filter(name__in=list(_entries), next_run__lte=now).order_by("next_run")
    for row in due:
        entry = _entries[row.name]
        if _is_wanted(entry, now) and _claim(row, now):
            _carry_out(entry, row)
            return True
    return False


def _is_wanted(entry: Entry, now: datetime) -> bool:
    if entry.wanted is None:
        return True
    if now < _ask_again.get(entry.name, now):
        return False
    if entry.wanted():
        return True
    _ask_again[entry.name] = now + entry.every
    return False


def _claim(row: Recurring, now: datetime) -> bool:
    """Only one changes the row from what it was."""
    lease = leases.end_of_lease()
    with write_transaction():
        taken = Recurring.objects.filter(name=row.name, next_run=row.next_run).update(
            next_run=lease, last_run=now
        )
    row.next_run = lease
    return taken == 1


def _carry_out(entry: Entry, row: Recurring) -> None:
    error, pause = "", timedelta(0)
    try:
        with leases.kept_alive(lambda: _renew(row)):
            entry.run()
    except Exception:
        logger.exception("the recurring %s failed", entry.name)
        error, pause = traceback.format_exc()[-4000:], PAUSE_AFTER_ERROR
    now = timezone.now()
    next_run = max(entry.after(row.last_run or now), now + pause)
    with write_transaction():
        Recurring.objects.filter(name=row.name, next_run=row.next_run).update(next_run=next_run, error=error)


def _renew(row: Recurring) -> None:
    lease = leases.end_of_lease()
    with write_transaction():
        if Recurring.objects.filter(name=row.name, next_run=row.next_run).update(next_run=lease):
            row.next_run = lease
