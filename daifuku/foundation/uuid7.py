"""The name a record carries outside: a UUID that nobody guesses by counting and that sorts by the time of its birth.

RFC 9562, version 7: 48 bits of milliseconds, 12 bits of the fraction of the millisecond (method 3 of section 6.2),
62 random bits. Within one process each is greater than the one before, so that index pages fill in order.
"""

from __future__ import annotations

import os
import threading
import time
import uuid

_VERSION = 7 << 76
_VARIANT = 2 << 62
_RANDOM = (1 << 62) - 1

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A new one. Phones make theirs in the same form, so that a record is born offline with its final name."""
    random = int.from_bytes(os.urandom(8), "big") & _RANDOM
    instant = _next_instant()
    number = (instant >> 12) << 80 | _VERSION | (instant & 0xFFF) << 64 | _VARIANT | random
    return uuid.UUID(int=number)


def _next_instant() -> int:
    """Time in 1/4096 of a millisecond, one step later than the last where the clock stands still or goes back."""
    global _last
    now = time.time_ns() * 4096 // 1_000_000
    with _lock:
        _last = max(now, _last + 1)
        return _last
