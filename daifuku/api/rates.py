"""How often a token may ask: so many requests a minute, counted by each web process; docs/api.md says so."""

from __future__ import annotations

from daifuku.api.errors import TooMany
from daifuku.foundation import settings
from daifuku.foundation.buckets import Buckets

PER_MINUTE = settings.whole_number("DAIFUKU_API_RATE", 600, least=1)
_buckets = Buckets()


def spend(who: str, *, now: float | None = None) -> int:
    """Takes one request; returns how many are left. Raises TooMany with the seconds until the next one."""
    left, wait = _buckets.take(who, PER_MINUTE, now=now)
    if wait:
        raise TooMany(wait)
    return left


def forget() -> None:
    """Everybody begins anew (for tests)."""
    _buckets.forget()
