"""How often somebody may ask: so many requests a minute, in bursts if need be, counted by each web process.

The count is kept in memory: a row that every request writes would make reading as slow as writing. With n web
processes somebody gets through at most n times the rate.
"""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass

MOST_REMEMBERED = 10_000


@dataclass
class _Bucket:
    left: float
    at: float


class Buckets:
    """A bucket for each who asks, filled with so many requests a minute; each request takes one out."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, who: str, per_minute: int, *, now: float | None = None) -> tuple[int, int]:
        """How many requests are left after this one, and 0; where there was none left, the seconds until the next."""
        now = time.monotonic() if now is None else now
        with self._lock:
            bucket = self._buckets.setdefault(who, _Bucket(per_minute, now))
            self._fill(bucket, per_minute, now)
            if bucket.left < 1:
                return 0, math.ceil((1 - bucket.left) * 60 / per_minute)
            bucket.left -= 1
            if len(self._buckets) > MOST_REMEMBERED:
                self._drop_full(per_minute, now)
            return int(bucket.left), 0

    def _fill(self, bucket: _Bucket, per_minute: int, now: float) -> None:
        bucket.left = min(per_minute, bucket.left + (now - bucket.at) * per_minute / 60)
        bucket.at = now

    def _drop_full(self, per_minute: int, now: float) -> None:
        for who, bucket in list(self._buckets.items()):
            self._fill(bucket, per_minute, now)
            if bucket.left >= per_minute:
                del self._buckets[who]

    def forget(self) -> None:
        """Everybody begins anew (for tests)."""
        with self._lock:
            self._buckets.clear()
