"""How often a token may ask: so many requests a minute, in bursts if need be, counted by each web process.

The count is kept in memory: a row that every request writes would make reading as slow as writing. With n web
processes a token gets through at most n times the rate; docs/api.md says so.
"""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass

from daifuku.api.errors import TooMany
from daifuku.foundation import settings

PER_MINUTE = settings.whole_number("DAIFUKU_API_RATE", 600, least=1)
MOST_REMEMBERED = 10_000


@dataclass
class Bucket:
    """Filled with `PER_MINUTE` requests a minute; each request takes one out."""

    left: float
    at: float

    def fill(self, now: float) -> None:
        self.left = min(PER_MINUTE, self.left + (now - self.at) * PER_MINUTE / 60)
        self.at = now


_buckets: dict[str, Bucket] = {}
_lock = threading.Lock()


def spend(who: str, *, now: float | None = None) -> int:
    """Takes one request; returns how many are left. Raises TooMany with the seconds until the next one."""
    now = time.monotonic() if now is None else now
    with _lock:
        bucket = _buckets.setdefault(who, Bucket(PER_MINUTE, now))
        bucket.fill(now)
        if bucket.left < 1:
            raise TooMany(math.ceil((1 - bucket.left) * 60 / PER_MINUTE))
        bucket.left -= 1
        if len(_buckets) > MOST_REMEMBERED:
            _drop_full(now)
        return int(bucket.left)


def _drop_full(now: float) -> None:
    for who, bucket in list(_buckets.items()):
        bucket.fill(now)
        if bucket.left >= PER_MINUTE:
            del _buckets[who]


def forget() -> None:
    """Everybody begins anew (for tests)."""
    with _lock:
        _buckets.clear()
