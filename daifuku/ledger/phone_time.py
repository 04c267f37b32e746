"""When something was typed into a phone, as the phone tells it: within what can be, and whatever its clock shows.

`Phone-Time` is when it was typed, `Phone-Clock` what the phone's clock shows while it sends. Only the time between the
two is believed, so that a wrong clock does no harm; without the second the first is taken as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

TIME, CLOCK = "Phone-Time", "Phone-Clock"
# Nobody carries an entry about for longer; what says so has a broken clock, and our own time counts.
OLDEST = timedelta(days=60)


def told(headers: Mapping[str, str], now: datetime) -> datetime | None:
    entered, clock = _read(headers.get(TIME)), _read(headers.get(CLOCK))
    if entered is None:
        return None
    try:
        entered += now - clock if clock is not None else timedelta()
    except OverflowError:
        return None
    if entered > now:
        return now
    return entered if now - entered <= OLDEST else None


def _read(text: str | None) -> datetime | None:
    """None for what is no instant; one without its zone tells nothing."""
    try:
        found = datetime.fromisoformat(text or "")
        return found.astimezone(timezone.get_default_timezone()) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
